import { type Selectable, sql } from 'kysely';
import type { IncidentRecord, RecordKind, RecordRepository } from '../record-repository.ts';
import { kept, type PostgresDatabase } from './postgres-database.ts';
import type { Schema } from './schema.ts';

/** Records beside the incidents, for every replica. */
export class PostgresRecords implements RecordRepository {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async put(records: readonly IncidentRecord[]): Promise<void> {
    if (records.length === 0) return;
    // A statement may not meet the same row twice: the last of a key counts.
    const rows = [...new Map(records.map((record) => [`${record.kind} ${record.key}`, rowOf(record)])).values()];
    await this.#database.ask((db) =>
      db
        .insertInto('records')
        .values(rows)
        .onConflict((at) =>
          at.columns(['kind', 'key']).doUpdateSet({ incident_id: sql`excluded.incident_id`, at: sql`excluded.at`, value: sql`excluded.value` }),
        )
        .execute(),
    );
  }

  async claim(record: IncidentRecord, notBefore: string): Promise<string> {
    const { kind, key, incident_id, at, value } = rowOf(record);
    return this.#database.ask((db) =>
      db.transaction().execute(async (each) => {
        await sql`INSERT INTO records (kind, key, incident_id, at, value) VALUES (${kind}, ${key}, ${incident_id}, ${at}, ${value})
          ON CONFLICT (kind, key) DO UPDATE SET incident_id = excluded.incident_id, at = excluded.at, value = excluded.value
          WHERE records.at < ${new Date(notBefore)}`.execute(each);
        const row = await each.selectFrom('records').select('incident_id').where('kind', '=', kind).where('key', '=', key).executeTakeFirstOrThrow();
        return row.incident_id;
      }),
    );
  }

  async find(kind: RecordKind, keys: readonly string[]): Promise<readonly IncidentRecord[]> {
    if (keys.length === 0) return [];
    const wanted = keys.map((key) => kept(key));
    const rows = await this.#database.ask((db) => db.selectFrom('records').selectAll().where('kind', '=', kind).where('key', 'in', wanted).execute());
    return rows.map(recordOf);
  }

  async since(kind: RecordKind, at: string): Promise<readonly IncidentRecord[]> {
    const rows = await this.#database.ask((db) =>
      db.selectFrom('records').selectAll().where('kind', '=', kind).where('at', '>=', new Date(at)).orderBy('at').orderBy('key').execute(),
    );
    return rows.map(recordOf);
  }

  async ofIncident(kind: RecordKind, incidentId: string): Promise<readonly IncidentRecord[]> {
    const rows = await this.#database.ask((db) =>
      db.selectFrom('records').selectAll().where('incident_id', '=', incidentId).where('kind', '=', kind).orderBy('at').orderBy('key').execute(),
    );
    return rows.map(recordOf);
  }
}

function rowOf({ kind, key, incidentId, at, value }: IncidentRecord): Selectable<Schema['records']> {
  return { kind, key: kept(key), incident_id: incidentId, at: new Date(at), value: kept(JSON.stringify(value)) };
}

function recordOf({ kind, key, incident_id, at, value }: Selectable<Schema['records']>): IncidentRecord {
  return { kind, key, incidentId: incident_id, at: at.toISOString(), value: JSON.parse(value) as unknown };
}
