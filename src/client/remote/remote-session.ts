import type * as z from 'zod';
import { graphAnswerSchema, listLookupSchema, logLookupSchema, objectLookupSchema, placeSchema } from '../../protocol/reads.ts';
import type { GraphAnswer } from '../../topology/queries/graph-query.ts';
import { type ClusterQuestion, readsOver } from '../cluster-question.ts';
import type { SessionClient } from '../session-client.ts';
import { questionPath } from './question-path.ts';
import { remoteClient } from './remote-client.ts';
import type { ServerApi } from './server-api.ts';

const ANSWERS: Readonly<Record<ClusterQuestion['ask'], z.ZodType>> = {
  place: placeSchema,
  list: listLookupSchema,
  get: objectLookupSchema,
  logs: logLookupSchema,
  graph: graphAnswerSchema,
};

/** A session with the engine of a server, and with the cluster that it looks at. */
export function remoteSession(api: ServerApi): SessionClient {
  const ask = (question: ClusterQuestion, signal: AbortSignal): Promise<unknown> => api.get(questionPath(question), ANSWERS[question.ask], signal);
  const place = (signal: AbortSignal): Promise<z.infer<typeof placeSchema>> => api.get(questionPath({ ask: 'place' }), placeSchema, signal);
  return {
    ...remoteClient(api),
    async place(signal) {
      const { target, default_namespace: namespace } = await place(signal);
      return { target, defaultNamespace: namespace ?? undefined };
    },
    async read(work, signal) {
      return work(readsOver(ask, (await place(signal)).as_of));
    },
    graph: async (question, signal) => (await ask({ ask: 'graph', question }, signal)) as GraphAnswer,
    async [Symbol.asyncDispose]() {},
  };
}
