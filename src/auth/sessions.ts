import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { ApiKeyRepository } from '../store/api-key-repository.ts';
import { holderOf, isApiKey } from './api-key.ts';
import type { Principal } from './principal.ts';
import type { SignIn } from './sign-in.ts';

const LASTS_MS = 12 * 3_600_000;
/** What a token grants is looked up when it comes, and not again for its session. */
const OF_TOKEN_MS = 3_600_000;
const SESSION = /^([\w-]{1,3000})\.(\d{13})\.([\w-]{43})$/;
const OF_TOKEN = 't-';

export interface SessionsOptions {
  /** Shared by replicas; without one, each start of the server ends all sessions. */
  readonly secret?: string | undefined;
  readonly now?: () => number;
  /** Who sent a token that is no key of ours. */
  readonly signIn?: SignIn;
}

/**
 * What a browser holds instead of a key or a token: whose it is, until when, and our seal on both. A key is looked up for each request,
 * so that a session ends where its key is revoked; that of a token ends with the token, after an hour at the latest.
 */
export class Sessions {
  readonly #keys: ApiKeyRepository;
  readonly #secret: string;
  readonly #now: () => number;
  readonly #signIn: SignIn | undefined;

  constructor(keys: ApiKeyRepository, { secret = randomBytes(32).toString('hex'), now = Date.now, signIn }: SessionsOptions = {}) {
    this.#keys = keys;
    this.#secret = secret;
    this.#now = now;
    this.#signIn = signIn;
  }

  /** A session for whoever holds a key or sent a token; undefined where nobody is known by it. Throws IDENTITY_UNREACHABLE. */
  async open(secret: string): Promise<{ readonly value: string; readonly seconds: number } | undefined> {
    if (!isApiKey(secret)) return this.#openForToken(secret);
    const holder = await holderOf(secret, this.#keys);
    return holder && this.#sealed(holder.id, LASTS_MS);
  }

  async #openForToken(token: string): Promise<{ readonly value: string; readonly seconds: number } | undefined> {
    const principal = await this.#signIn?.(token);
    if (principal === undefined) return undefined;
    const left = (expiryOf(token) ?? Number.POSITIVE_INFINITY) - this.#now();
    return this.#sealed(OF_TOKEN + Buffer.from(JSON.stringify(principal)).toString('base64url'), Math.max(0, Math.min(left, OF_TOKEN_MS)));
  }

  #sealed(whose: string, lastsMs: number): { readonly value: string; readonly seconds: number } {
    const claim = `${whose}.${this.#now() + lastsMs}`;
    return { value: `${claim}.${this.#seal('session', claim)}`, seconds: Math.floor(lastsMs / 1_000) };
  }

  async holder(session: string): Promise<Principal | undefined> {
    const [, whose = '', until = '', seal = ''] = SESSION.exec(session) ?? [];
    if (!isSame(seal, this.#seal('session', `${whose}.${until}`)) || Number(until) <= this.#now()) return undefined;
    // Sealed by us, so that it is what was granted.
    if (whose.startsWith(OF_TOKEN)) return JSON.parse(Buffer.from(whose.slice(OF_TOKEN.length), 'base64url').toString()) as Principal;
    const stored = await this.#keys.find(whose);
    if (stored === undefined || stored.revoked_at !== null) return undefined;
    return { id: stored.key_id, name: stored.name, role: stored.role, namespaces: stored.namespaces };
  }

  /** What only a page of ours can know: it goes with every request of a session that changes something. */
  tokenOf(session: string): string {
    return this.#seal('page', session);
  }

  isTokenOf(session: string, token: string): boolean {
    return isSame(token, this.tokenOf(session));
  }

  #seal(purpose: string, text: string): string {
    return createHmac('sha256', this.#secret).update(`${purpose}:${text}`).digest('base64url');
  }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Until when a token that was found to be good is so; undefined where it does not say. */
function expiryOf(token: string): number | undefined {
  try {
    const { exp } = decodeJwt(token);
    return exp === undefined ? undefined : exp * 1_000;
  } catch {
    return undefined;
  }
}
