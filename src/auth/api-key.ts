import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ApiKeyRepository, Role, StoredKey } from '../store/api-key-repository.ts';
import type { Principal } from './principal.ts';

const KEY = /^sreo_([0-9a-f]{12})_([\w-]{43})$/;

export interface KeyWish {
  readonly name: string;
  readonly role: Role;
  /** null: all. */
  readonly namespaces: readonly string[] | null;
}

/**
 * A new key, which is shown once, and what is kept of it. A key holds 256 random bits, so that one round of SHA-256 hides it as well
 * as a slow hash would hide a password.
 */
export function newApiKey(wish: KeyWish, now: Date): { key: string; stored: StoredKey } {
  const key = `sreo_${randomBytes(6).toString('hex')}_${randomBytes(32).toString('base64url')}`;
  return { key, stored: storedKey(key, wish, now) };
}

/** What is kept of a key that somebody else made: the one a chart puts into a Secret. */
export function storedKey(key: string, { name, role, namespaces }: KeyWish, now: Date): StoredKey {
  const keyId = KEY.exec(key)?.[1] ?? '';
  return { key_id: keyId, name, hash: hashOf(key), role, namespaces, created_at: now.toISOString(), revoked_at: null };
}

/** Whether it looks like a key of ours. */
export function isApiKey(token: string): boolean {
  return KEY.test(token);
}

/** Who holds the key; undefined where it is none of ours, or was revoked. */
export async function holderOf(key: string, keys: ApiKeyRepository): Promise<Principal | undefined> {
  const [, keyId] = KEY.exec(key) ?? [];
  const stored = keyId === undefined ? undefined : await keys.find(keyId);
  // Compared also where there is none, so that the time tells nothing.
  const isTheOne = timingSafeEqual(Buffer.from(hashOf(key)), Buffer.from(stored?.hash ?? hashOf('')));
  if (stored === undefined || !isTheOne || stored.revoked_at !== null) return undefined;
  return { id: stored.key_id, name: stored.name, role: stored.role, namespaces: stored.namespaces };
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
