import type { SessionClient } from '../../client/session-client.ts';
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

/** In one answer where the client can be given that. */
export function namesSeen(client: SessionClient, namespace: string | undefined, signal: AbortSignal): Promise<readonly ObjectRef[]> {
  return client.names?.(namespace, signal) ?? client.read((reads) => namedObjects(reads, namespace, signal), signal);
}

/** Those that a dump holds or a key is for, else what the cluster lists; undefined: they may not be listed. */
export async function namespacesSeen(client: SessionClient, signal: AbortSignal): Promise<readonly string[] | undefined> {
  return (await client.place(signal)).namespaces ?? client.read((reads) => namespaceNames(reads, signal), signal);
}

/** undefined: they may not be listed. */
export async function namespaceNames(reads: Reads, signal: AbortSignal): Promise<string[] | undefined> {
  const lookup = await reads.list('Namespace', { metadataOnly: true }, signal);
  return lookup.status === 'found' ? lookup.value.items.map(({ metadata }) => metadata.name).sort() : undefined;
}
