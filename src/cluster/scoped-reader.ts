import { type Kind, resourceType } from '../domain/kubernetes/resource-type.ts';
import type { Lookup } from '../domain/lookup.ts';
import type { ClusterReader } from './reader.ts';
import { wrappedReader } from './wrapped-reader.ts';

/** A cluster of which somebody may see these namespaces, and what is of none: what is of others is forbidden, and says so. */
export function scopedReader(reader: ClusterReader, namespaces: readonly string[]): ClusterReader {
  const refusal = (kind: Kind, namespace: string | undefined): Lookup<never> | undefined => {
    const { namespaced, plural } = resourceType(kind);
    // Of other namespaces not even the name is told.
    if ((!namespaced && kind !== 'Namespace') || (namespace !== undefined && namespaces.includes(namespace))) return undefined;
    return { status: 'forbidden', needs: `a key for ${namespace === undefined ? 'all namespaces' : `namespace ${namespace}`}, to read ${plural}` };
  };
  return wrappedReader(reader, {
    within: namespaces,
    ...(reader.namespaces === undefined ? {} : { namespaces: reader.namespaces.filter((each) => namespaces.includes(each)) }),
    list: async (kind, options, signal) => refusal(kind, options.namespace) ?? reader.list(kind, options, signal),
    get: async (kind, namespace, name, signal) => refusal(kind, kind === 'Namespace' ? name : namespace) ?? reader.get(kind, namespace, name, signal),
    logs: async (options, signal) => refusal('Pod', options.namespace) ?? reader.logs(options, signal),
    // Alerts and metrics beside a dump are those of all namespaces.
    attachment: async () => undefined,
  });
}
