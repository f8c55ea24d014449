import type { KubeObject } from '../domain/kubernetes/object.ts';
import { type Kind, resourceType } from '../domain/kubernetes/resource-type.ts';
import type { Lookup } from '../domain/lookup.ts';
import type { ClusterReader, Listing } from './reader.ts';
import { wrappedReader } from './wrapped-reader.ts';

/** Each is a request. */
const MOST_NAMESPACES = 5;

/** A cluster of which somebody may see these namespaces, and what is of none: what is of others is forbidden, and says so. */
export function scopedReader(reader: ClusterReader, namespaces: readonly string[]): ClusterReader {
  const refusal = (kind: Kind, namespace: string | undefined): Lookup<never> | undefined => {
    const { namespaced, plural } = resourceType(kind);
    // Of other namespaces not even the name is told.
    if ((!namespaced && kind !== 'Namespace') || (namespace !== undefined && namespaces.includes(namespace))) return undefined;
    return { status: 'forbidden', needs: `a key for ${namespace === undefined ? 'all namespaces' : `namespace ${namespace}`}, to read ${plural}` };
  };
  /** Their labels decide which policies hold in them. */
  const ownNamespaces: ClusterReader['list'] = async <T extends KubeObject>(...[, { project }, signal]: Parameters<ClusterReader['list']>) => {
    const lookups = await Promise.all(namespaces.slice(0, MOST_NAMESPACES).map((name) => reader.get<KubeObject>('Namespace', undefined, name, signal)));
    const items = lookups.flatMap((lookup) => (lookup.status === 'found' ? [(project?.(lookup.value) ?? lookup.value) as T] : []));
    const problems = ['those of others need a key for all namespaces'];
    return { status: 'found', value: { items, truncated: false, bytes: 0, problems }, readAt: reader.asOf } satisfies Lookup<Listing<T>>;
  };
  return wrappedReader(reader, {
    within: namespaces,
    ...(reader.namespaces === undefined ? {} : { namespaces: reader.namespaces.filter((each) => namespaces.includes(each)) }),
    list: async <T extends KubeObject>(...[kind, options, signal]: Parameters<ClusterReader['list']>) => {
      if (kind === 'Namespace' && options.metadataOnly !== true) return ownNamespaces<T>(kind, options, signal);
      return refusal(kind, options.namespace) ?? reader.list<T>(kind, options, signal);
    },
    get: async (kind, namespace, name, signal) => refusal(kind, kind === 'Namespace' ? name : namespace) ?? reader.get(kind, namespace, name, signal),
    logs: async (options, signal) => refusal('Pod', options.namespace) ?? reader.logs(options, signal),
    // Alerts and metrics beside a dump are those of all namespaces.
    attachment: async () => undefined,
  });
}
