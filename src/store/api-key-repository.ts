export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** A key as it is kept: never the key itself. */
export interface StoredKey {
  readonly key_id: string;
  readonly name: string;
  /** SHA-256 of the key, in hex. */
  readonly hash: string;
  readonly role: Role;
  /** null: all. */
  readonly namespaces: readonly string[] | null;
  readonly created_at: string;
  readonly revoked_at: string | null;
}

/** Who may ask a server. */
export interface ApiKeyRepository {
  add(key: StoredKey): Promise<void>;
  /** Only where no key is known that was not revoked, and of several processes that ask at once for one alone. Whether it was added. */
  addFirst(key: StoredKey): Promise<boolean>;
  find(keyId: string): Promise<StoredKey | undefined>;
  /** Oldest first, with those that were revoked. */
  list(): Promise<readonly StoredKey[]>;
  /** False where there is none, or it was revoked before. */
  revoke(keyId: string, at: string): Promise<boolean>;
}
