import type { ClusterReader } from '../../cluster/reader.ts';
import { refOf } from '../../domain/kubernetes/object.ts';
import type { Kind } from '../../domain/kubernetes/resource-type.ts';
import type { ObjectRef } from '../../domain/object-ref.ts';

export type Reads = Pick<ClusterReader, 'list' | 'get' | 'logs' | 'asOf'>;

/** Kinds whose objects people name, the likeliest first. */
const NAMED = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Service',
  'CronJob',
  'Job',
  'Ingress',
  'PersistentVolumeClaim',
  'ConfigMap',
  'HorizontalPodAutoscaler',
  'NetworkPolicy',
  'ResourceQuota',
  'Pod',
] as const satisfies readonly Kind[];

const MAX_NAMES = 5_000;

/** What there is in a namespace (undefined: all) and among the nodes, by name alone. What may not be listed is left out. */
export async function namedObjects(reads: Reads, namespace: string | undefined, signal: AbortSignal): Promise<ObjectRef[]> {
  const where = namespace === undefined ? {} : { namespace };
  const lists = await Promise.all([
    ...NAMED.map((kind) => reads.list(kind, { ...where, metadataOnly: true, maxItems: MAX_NAMES }, signal)),
    reads.list('Node', { metadataOnly: true, maxItems: MAX_NAMES }, signal),
  ]);
  return lists.flatMap((lookup) => (lookup.status === 'found' ? lookup.value.items.map(refOf) : []));
}

/** undefined: they may not be listed. */
export async function namespaceNames(reads: Reads, signal: AbortSignal): Promise<string[] | undefined> {
  const lookup = await reads.list('Namespace', { metadataOnly: true }, signal);
  return lookup.status === 'found' ? lookup.value.items.map(({ metadata }) => metadata.name).sort() : undefined;
}
