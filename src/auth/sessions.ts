import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ApiKeyRepository } from '../store/api-key-repository.ts';
import { holderOf, isApiKey } from './api-key.ts';
import type { Principal } from './principal.ts';

const LASTS_MS = 12 * 3_600_000;
const SESSION = /^([0-9a-f]{12})\.(\d{13})\.([\w-]{43})$/;

/**
 * What a browser holds instead of a key: whose key, until when, and our seal on both. The key is looked up for each request, so that
 * a session ends where its key is revoked. Replicas share the secret; without one, each start of the server ends all sessions.
 */
export class Sessions {
  readonly #keys: ApiKeyRepository;
  readonly #secret: string;
  readonly #now: () => number;

  constructor(keys: ApiKeyRepository, secret: string = randomBytes(32).toString('hex'), now: () => number = Date.now) {
    this.#keys = keys;
    this.#secret = secret;
    this.#now = now;
  }

  /** A session for the holder of a key; undefined where nobody holds it. */
  async open(key: string): Promise<{ readonly value: string; readonly seconds: number } | undefined> {
    const holder = isApiKey(key) ? await holderOf(key, this.#keys) : undefined;
    if (holder === undefined) return undefined;
    const claim = `${holder.id}.${this.#now() + LASTS_MS}`;
    return { value: `${claim}.${this.#seal('session', claim)}`, seconds: LASTS_MS / 1_000 };
  }

  async holder(session: string): Promise<Principal | undefined> {
    const [, keyId = '', until = '', seal = ''] = SESSION.exec(session) ?? [];
    if (!isSame(seal, this.#seal('session', `${keyId}.${until}`)) || Number(until) <= this.#now()) return undefined;
    const stored = await this.#keys.find(keyId);
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
