import type { z } from 'zod';
import type { placeSchema } from '../protocol/reads.ts';
import type { GraphAnswer } from '../topology/queries/graph-query.ts';
import { type ClusterQuestion, readsOver } from './cluster-question.ts';
import type { SessionClient } from './session-client.ts';

/** The reads of a session whose cluster somebody else asks; `ask` answers as the API does. */
export function askedSession(
  ask: (question: ClusterQuestion, signal: AbortSignal) => Promise<unknown>,
): Pick<SessionClient, 'place' | 'read' | 'graph' | typeof Symbol.asyncDispose> {
  const placed = async (signal: AbortSignal) => (await ask({ ask: 'place' }, signal)) as z.infer<typeof placeSchema>;
  return {
    async place(signal) {
      const { target, default_namespace: namespace, namespaces } = await placed(signal);
      return { target, defaultNamespace: namespace ?? undefined, namespaces: namespaces ?? undefined };
    },
    read: async (work, signal) => work(readsOver(ask, (await placed(signal)).as_of)),
    graph: async (question, signal) => (await ask({ ask: 'graph', question }, signal)) as GraphAnswer,
    async [Symbol.asyncDispose]() {},
  };
}
