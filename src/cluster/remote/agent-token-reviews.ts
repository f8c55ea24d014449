import { setTimeout as sleep } from 'node:timers/promises';
import { type TokenReviewAnswer, tokenReviewAnswerSchema } from '../../protocol/agent.ts';
import { type ApiAnswer, type Connection, exchange } from '../live/http/exchange.ts';
import { isHandshakeFailure } from '../live/http/failure.ts';
import { isPassingError } from '../live/http/retry.ts';
import { openTransport } from '../live/http/transport.ts';
import { parseJson } from '../parse-json.ts';
import { agentAccess } from './agent-access.ts';
import { AgentRefusal } from './agent-refusal.ts';
import type { AgentEntry } from './agents-file.ts';
import { ONCE_MORE } from './once-more.ts';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 2 ** 20;
const OK = 200;

/** Asks an agent whose token one is, for whoever may ask the cluster nothing. Throws AgentRefusal, or what the network throws. */
export async function openAgentTokenReviews(agent: AgentEntry, audiences: readonly string[]): Promise<{ review(token: string): Promise<TokenReviewAnswer> }> {
  let connection = await connectTo(await agentAccess(agent));
  return {
    review: async (token) => {
      const sent = { method: 'POST' as const, path: '/api/v1/tokenreviews', body: { token, audiences } };
      const limits = { accept: 'application/json', maxBytes: MAX_BYTES, keepEnd: MAX_BYTES };
      const ask = (): Promise<ApiAnswer> => exchange(connection, { ...sent, ...limits }, AbortSignal.timeout(TIMEOUT_MS));
      const answer = await ask().catch(async (error: unknown) => {
        connection = await after(error, connection);
        return ask();
      });
      if (answer.status !== OK) throw new AgentRefusal(answer);
      return tokenReviewAnswerSchema.parse(parseJson(answer.body));
    },
  };
}

async function connectTo(access: Connection['access']): Promise<Connection> {
  return { access, transport: await openTransport(access) };
}

/** What to ask by once more: with the certificates that the files hold now, or where another agent may have taken its place. Throws the error again. */
async function after(error: unknown, connection: Connection): Promise<Connection> {
  if (isPassingError(error, ONCE_MORE.passingErrors)) {
    await sleep(ONCE_MORE.firstWaitMs);
    return connection;
  }
  const access = isHandshakeFailure(error) ? await connection.access.renew?.('handshake') : undefined;
  if (access === undefined) throw error;
  return connectTo(access);
}
