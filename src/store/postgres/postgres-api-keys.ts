import { type Selectable, sql } from 'kysely';
import type { ApiKeyRepository, StoredKey } from '../api-key-repository.ts';
import { kept, type PostgresDatabase } from './postgres-database.ts';
import type { Schema } from './schema.ts';

/** Keys beside the incidents: `keys revoke` holds for every replica at once. */
export class PostgresApiKeys implements ApiKeyRepository {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async add(key: StoredKey): Promise<void> {
    await this.#database.ask((db) => db.insertInto('api_keys').values(rowOf(key)).execute());
  }

  async addFirst(key: StoredKey): Promise<boolean> {
    return this.#database.ask((db) =>
      db.transaction().execute(async (each) => {
        // Nobody adds one between the look and the insert.
        await sql`LOCK TABLE api_keys IN SHARE ROW EXCLUSIVE MODE`.execute(each);
        const known = await each.selectFrom('api_keys').select('key_id').where('revoked_at', 'is', null).limit(1).execute();
        if (known.length > 0) return false;
        await each.insertInto('api_keys').values(rowOf(key)).execute();
        return true;
      }),
    );
  }

  async find(keyId: string): Promise<StoredKey | undefined> {
    const row = await this.#database.ask((db) => db.selectFrom('api_keys').selectAll().where('key_id', '=', keyId).executeTakeFirst());
    return row && keyOf(row);
  }

  async list(): Promise<readonly StoredKey[]> {
    const rows = await this.#database.ask((db) => db.selectFrom('api_keys').selectAll().orderBy('created_at').orderBy('key_id').execute());
    return rows.map(keyOf);
  }

  async revoke(keyId: string, at: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#database.ask((db) =>
      db
        .updateTable('api_keys')
        .set({ revoked_at: new Date(at) })
        .where('key_id', '=', keyId)
        .where('revoked_at', 'is', null)
        .executeTakeFirst(),
    );
    return numUpdatedRows > 0n;
  }
}

function rowOf({ name, namespaces, created_at, revoked_at, ...key }: StoredKey) {
  const times = { created_at: new Date(created_at), revoked_at: revoked_at === null ? null : new Date(revoked_at) };
  return { ...key, ...times, name: kept(name), namespaces: namespaces === null ? null : [...namespaces] };
}

function keyOf({ created_at, revoked_at, ...row }: Selectable<Schema['api_keys']>): StoredKey {
  return { ...row, created_at: created_at.toISOString(), revoked_at: revoked_at?.toISOString() ?? null };
}
