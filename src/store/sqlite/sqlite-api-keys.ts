import type { ApiKeyRepository, Role, StoredKey } from '../api-key-repository.ts';
import type { Connection, Row } from './connection.ts';

/** Keys in the file that also holds the incidents: `keys revoke` holds for a running server at once. */
export class SqliteApiKeys implements ApiKeyRepository {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async add(key: StoredKey): Promise<void> {
    this.#insert(key);
  }

  async addFirst(key: StoredKey): Promise<boolean> {
    return this.#connection.transaction(() => {
      if (this.#connection.all('SELECT 1 FROM api_keys WHERE revoked_at IS NULL LIMIT 1').length > 0) return false;
      this.#insert(key);
      return true;
    });
  }

  async find(keyId: string): Promise<StoredKey | undefined> {
    const [row] = this.#connection.all('SELECT * FROM api_keys WHERE key_id = ?', keyId);
    return row && keyOf(row);
  }

  async list(): Promise<readonly StoredKey[]> {
    return this.#connection.all('SELECT * FROM api_keys ORDER BY created_at, rowid').map(keyOf);
  }

  async revoke(keyId: string, at: string): Promise<boolean> {
    return this.#connection.run('UPDATE api_keys SET revoked_at = ? WHERE key_id = ? AND revoked_at IS NULL', at, keyId) > 0;
  }

  #insert({ key_id, name, hash, role, namespaces, created_at }: StoredKey): void {
    const sql = 'INSERT INTO api_keys (key_id, name, hash, role, namespaces, created_at) VALUES (?, ?, ?, ?, ?, ?)';
    this.#connection.run(sql, key_id, name, hash, role, namespaces === null ? null : JSON.stringify(namespaces), created_at);
  }
}

function keyOf(row: Row): StoredKey {
  return {
    key_id: String(row['key_id']),
    name: String(row['name']),
    hash: String(row['hash']),
    role: row['role'] as Role,
    namespaces: row['namespaces'] === null ? null : (JSON.parse(String(row['namespaces'])) as string[]),
    created_at: String(row['created_at']),
    revoked_at: row['revoked_at'] as string | null,
  };
}
