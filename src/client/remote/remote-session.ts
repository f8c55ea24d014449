import type * as z from 'zod';
import { graphAnswerSchema, listLookupSchema, logLookupSchema, namesSchema, objectLookupSchema, placeSchema } from '../../protocol/reads.ts';
import { askedSession } from '../asked-session.ts';
import type { ClusterQuestion } from '../cluster-question.ts';
import type { SessionClient } from '../session-client.ts';
import { askThere } from './ask-there.ts';
import { namesPath, questionPath } from './question-path.ts';
import { remoteClient } from './remote-client.ts';
import type { ServerApi } from './server-api.ts';

const ANSWERS: Readonly<Record<ClusterQuestion['ask'], z.ZodType>> = {
  place: placeSchema,
  list: listLookupSchema,
  get: objectLookupSchema,
  logs: logLookupSchema,
  graph: graphAnswerSchema,
};

/** A session with the engine of a server, and with the cluster that it looks at. `asksModel` false: the server's model is not asked. */
export function remoteSession(api: ServerApi, { asksModel = true }: { readonly asksModel?: boolean } = {}): SessionClient {
  const client = remoteClient(api);
  return {
    ...client,
    ...askedSession((question, signal) => api.get(questionPath(question), ANSWERS[question.ask], signal)),
    ...(asksModel ? { askOn: (followUp, signal) => askThere(api, followUp, signal) } : {}),
    investigate: (request, signal) => client.investigate(asksModel ? request : { ...request, llm: false }, signal),
    names: async (namespace, signal) => (await api.get(namesPath(namespace), namesSchema, signal)).items,
  };
}
