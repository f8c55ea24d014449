import { createHash } from 'node:crypto';
import { coded } from '../errors/coded-error.ts';
import { reasonOf } from '../net/reason-of.ts';
import type { Identify, Identity } from './identity.ts';

/** What the cluster says of a token (https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1/). */
export interface ReviewedToken {
  readonly authenticated: boolean;
  readonly username: string | null;
  readonly groups: readonly string[];
}

/** Whoever may ask the cluster: the agent does, so that the server needs no access to the API. */
export interface TokenReviews {
  review(token: string): Promise<ReviewedToken>;
}

const KEPT = 1_000;
const KNOWN_MS = 60_000;
const REFUSED_MS = 10_000;

interface Remembered {
  readonly identity: Identity | undefined;
  readonly until: number;
}

/** Tokens of service accounts. An answer is good for a minute, so that a caller costs the cluster a request a minute at most. */
export function reviewingIdentify(reviews: TokenReviews, now: () => number): Identify {
  const remembered = new Map<string, Remembered>();
  return async (token) => {
    const name = createHash('sha256').update(token).digest('base64');
    const known = remembered.get(name);
    if (known !== undefined && known.until > now()) return known.identity;
    const { authenticated, username, groups } = await reviews.review(token).catch((error: unknown) => {
      throw coded('IDENTITY_UNREACHABLE', { authority: 'the cluster', reason: reasonOf(error) }, { cause: error });
    });
    const identity: Identity | undefined = authenticated && username !== null ? { from: 'kubernetes', user: username, groups } : undefined;
    remembered.delete(name);
    remembered.set(name, { identity, until: now() + (identity === undefined ? REFUSED_MS : KNOWN_MS) });
    const [oldest] = remembered.keys();
    if (remembered.size > KEPT && oldest !== undefined) remembered.delete(oldest);
    return identity;
  };
}
