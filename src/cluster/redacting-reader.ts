import type { Lookup } from '../domain/lookup.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { ClusterReader } from './reader.ts';
import { wrappedReader } from './wrapped-reader.ts';

/** The same cluster, for reads whose answers are shown as they are: every one of them passes the redactor. */
export function redactingReader(reader: ClusterReader, redactor: Redactor): ClusterReader {
  const clean = <T>(lookup: Lookup<T>): Lookup<T> => (lookup.status === 'found' ? { ...lookup, value: redactor.object(lookup.value) } : lookup);
  return wrappedReader(reader, {
    list: async (kind, options, signal) => clean(await reader.list(kind, options, signal)),
    get: async (kind, namespace, name, signal) => clean(await reader.get(kind, namespace, name, signal)),
    logs: async (options, signal) => clean(await reader.logs(options, signal)),
  });
}
