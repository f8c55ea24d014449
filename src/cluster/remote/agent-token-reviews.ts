import { type TokenReviewAnswer, tokenReviewAnswerSchema } from '../../protocol/agent.ts';
import { exchange } from '../live/http/exchange.ts';
import { parseJson } from '../live/http/status.ts';
import { openTransport } from '../live/http/transport.ts';
import { agentAccess } from './agent-access.ts';
import { AgentRefusal } from './agent-refusal.ts';
import type { AgentEntry } from './agents-file.ts';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 2 ** 20;
const OK = 200;

/** Asks an agent whose token one is, for whoever may ask the cluster nothing. Throws AgentRefusal, or what the network throws. */
export async function openAgentTokenReviews(agent: AgentEntry, audiences: readonly string[]): Promise<{ review(token: string): Promise<TokenReviewAnswer> }> {
  const access = await agentAccess(agent);
  const transport = await openTransport(access);
  return {
    review: async (token) => {
      const sent = { method: 'POST' as const, path: '/api/v1/tokenreviews', body: { token, audiences } };
      const limits = { accept: 'application/json', maxBytes: MAX_BYTES, keepEnd: MAX_BYTES };
      const answer = await exchange({ access, transport }, { ...sent, ...limits }, AbortSignal.timeout(TIMEOUT_MS));
      if (answer.status !== OK) throw new AgentRefusal(answer);
      return tokenReviewAnswerSchema.parse(parseJson(answer.body));
    },
  };
}
