import type { ClusterQuestion } from '../../client/cluster-question.ts';
import type { SessionClient } from '../../client/session-client.ts';
import { wireLookup } from '../../protocol/reads.ts';

/** What a list may weigh: more than a screen can show, less than would stop the server. */
const MAX_BYTES = 8 * 1024 * 1024;

/** One question to a cluster, answered as JSON. Throws what the session throws. */
export async function answerQuestion(question: ClusterQuestion, session: SessionClient, signal: AbortSignal): Promise<string> {
  return JSON.stringify(await answerOf(question, session, signal));
}

async function answerOf(question: ClusterQuestion, session: SessionClient, signal: AbortSignal): Promise<unknown> {
  switch (question.ask) {
    case 'place': {
      const place = await session.place(signal);
      const as_of = await session.read(async ({ asOf }) => asOf, signal);
      return { target: place.target, default_namespace: place.defaultNamespace ?? null, namespaces: place.namespaces ?? null, as_of };
    }
    case 'list': {
      const { kind, options } = question;
      const maxBytes = Math.min(options.maxBytes ?? MAX_BYTES, MAX_BYTES);
      return wireLookup(await session.read((reads) => reads.list(kind, { ...options, maxBytes }, signal), signal));
    }
    case 'get':
      return wireLookup(await session.read((reads) => reads.get(question.kind, question.namespace, question.name, signal), signal));
    case 'logs':
      return wireLookup(await session.read((reads) => reads.logs(question.options, signal), signal));
    case 'graph':
      return session.graph(question.question, signal);
  }
}
