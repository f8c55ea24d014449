import type { Inventory } from '../domain/inventory.ts';
import { eventFirstTime } from '../domain/kubernetes/event.ts';
import { controllerOf, type KubeObject } from '../domain/kubernetes/object.ts';
import type { PodTemplate, Workload } from '../domain/kubernetes/workload.ts';
import { lastWritten } from './last-written.ts';

/** A pod template that a workload had, or has. */
export interface Revision {
  readonly number: number;
  /** Of the ReplicaSet or ControllerRevision that keeps it. */
  readonly name: string;
  readonly createdAt: string | undefined;
  readonly template: PodTemplate | undefined;
  /** Ready pods of it; zero where that is not told. */
  readonly ready: number;
}

/** ControllerRevision keeps the template of a StatefulSet or DaemonSet as a patch (apps/v1 ControllerRevision.data). */
interface ControllerRevision extends KubeObject {
  readonly revision?: number;
  readonly data?: { readonly spec?: { readonly template?: PodTemplate } };
}

const REVISION = 'deployment.kubernetes.io/revision';

/** The revisions of a Deployment, StatefulSet or DaemonSet that were read, the newest first. */
export function revisionsOf(inventory: Inventory, workload: Workload): Revision[] {
  const { namespace, name } = workload.metadata;
  const isOwn = (object: KubeObject): boolean => {
    const owner = controllerOf(object);
    return owner?.kind === workload.kind && owner.name === name;
  };
  const revisions =
    workload.kind === 'Deployment'
      ? inventory.list<Workload>('ReplicaSet', namespace).filter(isOwn).map(ofReplicaSet)
      : inventory.list<ControllerRevision>('ControllerRevision', namespace).filter(isOwn).map(ofControllerRevision);
  return revisions.sort((a, b) => b.number - a.number);
}

function ofReplicaSet({ metadata, spec, status }: Workload): Revision {
  const { name, annotations, creationTimestamp } = metadata;
  return { number: Number(annotations?.[REVISION] ?? 0), name, createdAt: creationTimestamp, template: spec?.template, ready: status?.readyReplicas ?? 0 };
}

function ofControllerRevision({ metadata, revision, data }: ControllerRevision): Revision {
  return { number: revision ?? 0, name: metadata.name, createdAt: metadata.creationTimestamp, template: data?.spec?.template, ready: 0 };
}

/**
 * When the workload went over to a revision. A template that it had once before keeps its old ReplicaSet, with a new number:
 * then the first scaling up after `before` was made tells, or the last write of the workload.
 */
export function takenAt(inventory: Inventory, workload: Workload, revision: Revision, before: Revision): string | undefined {
  if (isLater(revision.createdAt, before.createdAt)) return revision.createdAt;
  const scaled = inventory
    .eventsOf(workload)
    .filter(({ reason, message }) => reason === 'ScalingReplicaSet' && message?.startsWith(`Scaled up replica set ${revision.name} `))
    .flatMap((event) => eventFirstTime(event) ?? [])
    .filter((time) => isLater(time, before.createdAt))
    .sort();
  const written = lastWritten(workload);
  return scaled[0] ?? (isLater(written, before.createdAt) ? written : undefined);
}

function isLater(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && Date.parse(a) > Date.parse(b);
}
