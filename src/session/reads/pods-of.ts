import type { LabelSelector, Labels } from '../../domain/kubernetes/label-selector.ts';
import { matchesLabels, selects } from '../../domain/kubernetes/label-selector.ts';
import { controllerOf, type KubeObject } from '../../domain/kubernetes/object.ts';
import type { ContainerStatus, Pod } from '../../domain/kubernetes/pod.ts';
import { isKind } from '../../domain/kubernetes/resource-type.ts';
import type { Lookup } from '../../domain/lookup.ts';
import type { ObjectRef } from '../../domain/object-ref.ts';
import type { Reads } from './names.ts';

interface Selecting extends KubeObject {
  readonly spec?: { readonly selector?: LabelSelector | Labels; readonly template?: unknown };
}

/** The pods that an object stands for, those in trouble first. What could not be read is handed on. */
export async function podsOf(reads: Reads, ref: ObjectRef, signal: AbortSignal): Promise<Lookup<readonly Pod[]>> {
  if (!isKind(ref.kind)) return { status: 'not-found', readAt: reads.asOf };
  if (ref.kind === 'Pod') {
    const pod = await reads.get<Pod>('Pod', ref.namespace, ref.name, signal);
    return pod.status === 'found' ? { ...pod, value: [pod.value] } : pod;
  }
  const object = await reads.get<Selecting>(ref.kind, ref.namespace, ref.name, signal);
  if (object.status !== 'found') return object;
  const pods = await reads.list<Pod>('Pod', ref.namespace === undefined ? {} : { namespace: ref.namespace }, signal);
  if (pods.status !== 'found') return pods;
  return { ...pods, value: pods.value.items.filter(belongsTo(object.value)).sort((a, b) => trouble(b) - trouble(a)) };
}

function belongsTo(object: Selecting): (pod: Pod) => boolean {
  const { kind, metadata, spec } = object;
  if (kind === 'Node') return (pod) => pod.spec.nodeName === metadata.name;
  if (kind === 'CronJob') return (pod) => controllerOf(pod)?.kind === 'Job' && controllerOf(pod)?.name.startsWith(`${metadata.name}-`) === true;
  if (kind === 'PersistentVolumeClaim')
    return (pod) => pod.spec.volumes?.some(({ persistentVolumeClaim: claim }) => claim?.claimName === metadata.name) === true;
  if (kind === 'ConfigMap') return (pod) => pod.spec.volumes?.some(({ configMap }) => configMap?.name === metadata.name) === true;
  if (kind === 'Service') return (pod) => selects(spec?.selector as Labels | undefined, pod.metadata.labels);
  return (pod) => matchesLabels(spec?.selector as LabelSelector | undefined, pod.metadata.labels);
}

/** Not ready weighs more than any number of restarts. */
function trouble(pod: Pod): number {
  const statuses = pod.status?.containerStatuses ?? [];
  const unready = statuses.some(({ ready }) => ready !== true) || pod.status?.phase === 'Pending' ? 1_000_000 : 0;
  return (pod.status?.phase === 'Succeeded' ? -1 : unready) + Math.max(0, ...statuses.map(({ restartCount = 0 }) => restartCount));
}

/** The container whose log tells most: one that is asked for, else one that waits or restarts, else the first. */
export function tellingContainer(pod: Pod, asked: string | undefined): { name: string; status: ContainerStatus | undefined } | undefined {
  const statuses = [
    ...(pod.status?.initContainerStatuses ?? []).filter(({ state }) => state?.terminated?.exitCode !== 0),
    ...(pod.status?.containerStatuses ?? []),
  ];
  const names = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map(({ name }) => name);
  if (asked !== undefined) return names.includes(asked) ? { name: asked, status: statuses.find(({ name }) => name === asked) } : undefined;
  const worst = [...statuses].sort((a, b) => Number(a.ready === true) - Number(b.ready === true) || (b.restartCount ?? 0) - (a.restartCount ?? 0))[0];
  const name = worst?.name ?? pod.spec.containers[0]?.name;
  return name === undefined ? undefined : { name, status: worst };
}
