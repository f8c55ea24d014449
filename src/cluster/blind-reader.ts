import { resourceType } from '../domain/kubernetes/resource-type.ts';
import type { Lookup } from '../domain/lookup.ts';
import type { Sight } from '../domain/sight.ts';
import type { ClusterReader } from './reader.ts';
import { wrappedReader } from './wrapped-reader.ts';

export interface BlindReader extends ClusterReader {
  /** The permissions that were asked for and refused. */
  readonly refused: ReadonlySet<string>;
}

/** A cluster on which one may not read some kinds; every refusal names the permission that is missing. */
export function blindReader(reader: ClusterReader, forbidden: readonly Sight[]): BlindReader {
  const refused = new Set<string>();
  const refuse = (needs: string): Lookup<never> => {
    refused.add(needs);
    return { status: 'forbidden', needs };
  };
  const where = (namespace: string | undefined): string => (namespace === undefined ? '' : ` in ${namespace}`);
  const over: Partial<ClusterReader> = {
    list: async (kind, options, signal) =>
      forbidden.includes(kind) ? refuse(`list ${resourceType(kind).plural}${where(options.namespace)}`) : reader.list(kind, options, signal),
    get: async (kind, namespace, name, signal) =>
      forbidden.includes(kind) ? refuse(`get ${resourceType(kind).plural}${where(namespace)}`) : reader.get(kind, namespace, name, signal),
    logs: async (options, signal) => (forbidden.includes('logs') ? refuse(`get pods/log in ${options.namespace}`) : reader.logs(options, signal)),
  };
  return Object.assign(wrappedReader(reader, over), { refused });
}
