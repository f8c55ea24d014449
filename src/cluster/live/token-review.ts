import { isRecord } from '../../domain/is-record.ts';
import type { TokenReviewAnswer } from '../../protocol/agent.ts';
import { parseJson } from '../parse-json.ts';
import { exchange } from './http/exchange.ts';
import { Refusal } from './http/refusal.ts';
import { openTransport } from './http/transport.ts';
import { type AccessQuestion, findAccess } from './kubeconfig/find-access.ts';

const TOKEN_REVIEWS = '/apis/authentication.k8s.io/v1/tokenreviews';
const CREATED = 201;
const TIMEOUT_MS = 10_000;
const MAX_BYTES = 2 ** 20;

/** Asks the API server whose token one is. */
export interface TokenReviews extends AsyncDisposable {
  /** Throws Refusal, or what the network throws. `audiences`: for whom the token has to be; none: for the API server. */
  review(token: string, audiences: readonly string[], signal: AbortSignal): Promise<TokenReviewAnswer>;
}

/** A TokenReview is created and changes nothing: it is how Kubernetes spells this question. */
export async function openTokenReviews(question: AccessQuestion): Promise<TokenReviews> {
  const access = await findAccess(question);
  const transport = await openTransport(access);
  return {
    review: async (token, audiences, signal) => {
      const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token, ...(audiences.length === 0 ? {} : { audiences }) } };
      const sent = { method: 'POST' as const, path: TOKEN_REVIEWS, body, accept: 'application/json', maxBytes: MAX_BYTES, keepEnd: MAX_BYTES };
      const answer = await exchange({ access, transport }, sent, AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]));
      if (answer.status !== CREATED) throw new Refusal(answer);
      return reviewOf((parseJson(answer.body) as { status?: unknown } | undefined)?.status, audiences);
    },
    [Symbol.asyncDispose]: () => transport.close(),
  };
}

function reviewOf(status: unknown, wanted: readonly string[]): TokenReviewAnswer {
  const { authenticated, user, audiences } = isRecord(status) ? status : {};
  const meant = texts(audiences);
  // A server that knows nothing of audiences names none: the token may be meant for anybody.
  const isMeant = wanted.length === 0 || wanted.some((audience) => meant.includes(audience));
  if (authenticated !== true || !isMeant || !isRecord(user)) return { authenticated: false, username: null, groups: [], audiences: [] };
  return { authenticated: true, username: typeof user['username'] === 'string' ? user['username'] : null, groups: texts(user['groups']), audiences: meant };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
