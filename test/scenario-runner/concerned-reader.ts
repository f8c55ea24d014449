import type { ClusterReader, Listing, ListOptions } from '../../src/cluster/reader.ts';
import { wrappedReader } from '../../src/cluster/wrapped-reader.ts';
import type { KubeObject } from '../../src/domain/kubernetes/object.ts';
import type { Kind } from '../../src/domain/kubernetes/resource-type.ts';
import type { Lookup } from '../../src/domain/lookup.ts';

/** Of a shared cluster, only what a run has to do with: other runs' namespaces and nodes that are not real stay outside a recording. */
export function concernedReader(reader: ClusterReader, namespaces: readonly string[]): ClusterReader {
  const concerns = (item: KubeObject): boolean => isConcerned(item, namespaces);
  return wrappedReader(reader, {
    target: { ...reader.target, cluster: 'recorded', context: null },
    defaultNamespace: namespaces[0],
    async list<T extends KubeObject>(kind: Kind, options: ListOptions, signal: AbortSignal): Promise<Lookup<Listing<T>>> {
      const lookup = await reader.list<T>(kind, options, signal);
      return lookup.status === 'found' ? { ...lookup, value: { ...lookup.value, items: lookup.value.items.filter(concerns) } } : lookup;
    },
  });
}

const SYSTEM: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-node-lease', 'kube-public']);

function isConcerned(item: KubeObject, namespaces: readonly string[]): boolean {
  const { kind, metadata } = item;
  const known = (namespace: string | undefined): boolean => namespace === undefined || namespaces.includes(namespace) || SYSTEM.has(namespace);
  if (metadata.annotations?.['kwok.x-k8s.io/node'] !== undefined || metadata.name.startsWith('fake-')) return false;
  switch (kind) {
    case 'Namespace':
      return known(metadata.name);
    case 'PersistentVolume':
      return known(claimNamespace(item));
    case 'Event':
      return !(item as { involvedObject?: { name?: string } }).involvedObject?.name?.startsWith('fake-');
    default:
      return known(metadata.namespace);
  }
}

function claimNamespace(volume: KubeObject): string | undefined {
  return (volume as { spec?: { claimRef?: { namespace?: string } } }).spec?.claimRef?.namespace;
}
