import { controllerOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { desiredReplicas, readyReplicas, type Workload } from '../domain/kubernetes/workload.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import type { FactContext } from './context.ts';
import { jobSucceededSince } from './pod-context.ts';

const REPLACING = ['Deployment', 'StatefulSet', 'ReplicaSet', 'DaemonSet'] as const;

/** Whether the pod's work is done without it. */
export function isReplaced(context: FactContext, pod: Pod, owner: ObjectRef): boolean {
  const kind = REPLACING.find((it) => it === owner.kind);
  if (kind === undefined) return jobSucceededSince(context, pod);
  const workload = context.inventory.lookup<Workload>(kind, owner.namespace, owner.name);
  return workload.status === 'found' && readyReplicas(workload.value) >= desiredReplicas(workload.value);
}

/** Whether its owner goes on making pods from the very template that this one is of. */
export function isStillMade(context: FactContext, pod: Pod): boolean {
  const owner = controllerOf(pod);
  const kind = REPLACING.find((it) => it === owner?.kind);
  if (owner === undefined || kind === undefined) return false;
  const lookup = context.inventory.lookup<Workload>(kind, pod.metadata.namespace, owner.name);
  if (lookup.status !== 'found' || desiredReplicas(lookup.value) === 0) return false;
  const { updateRevision } = lookup.value.status ?? {};
  const made = pod.metadata.labels?.['controller-revision-hash'];
  return updateRevision === undefined || made === undefined || made === updateRevision;
}
