import type { Lookup } from '../domain/lookup.ts';
import type { ClusterReader } from './reader.ts';

/** A cluster that nothing can be read of now: every answer says why, so that a report can name what it did not see. */
export function absentReader(reason: string, needs: string, now: Date): ClusterReader {
  const absent = async (): Promise<Lookup<never>> => ({ status: 'not-collected', needs, reason });
  return {
    target: { reader: 'live', cluster: null, context: null, server_version: null },
    defaultNamespace: undefined,
    asOf: now.toISOString(),
    requests: 0,
    list: absent,
    get: absent,
    logs: absent,
    attachment: async () => undefined,
    async [Symbol.asyncDispose]() {},
  };
}
