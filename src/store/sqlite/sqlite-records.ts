import type { IncidentRecord, RecordKind, RecordRepository } from '../record-repository.ts';
import type { Connection, Row } from './connection.ts';

const PUT = `INSERT INTO records (kind, key, incident_id, at, value) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (kind, key) DO UPDATE SET incident_id = excluded.incident_id, at = excluded.at, value = excluded.value`;

/** Records in the file that also holds the incidents. */
export class SqliteRecords implements RecordRepository {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async put(records: readonly IncidentRecord[]): Promise<void> {
    if (records.length === 0) return;
    this.#connection.transaction(() => {
      for (const record of records) this.#connection.run(PUT, ...columnsOf(record));
    });
  }

  async claim(record: IncidentRecord, notBefore: string): Promise<string> {
    return this.#connection.transaction(() => {
      this.#connection.run(`${PUT} WHERE records.at < ?`, ...columnsOf(record), notBefore);
      const [row] = this.#connection.all('SELECT incident_id FROM records WHERE kind = ? AND key = ?', record.kind, record.key);
      return String(row?.['incident_id']);
    });
  }

  async find(kind: RecordKind, keys: readonly string[]): Promise<readonly IncidentRecord[]> {
    return this.#connection.all('SELECT * FROM records WHERE kind = ? AND key IN (SELECT value FROM json_each(?))', kind, JSON.stringify(keys)).map(recordOf);
  }

  async since(kind: RecordKind, at: string): Promise<readonly IncidentRecord[]> {
    return this.#connection.all('SELECT * FROM records WHERE kind = ? AND at >= ? ORDER BY at, key', kind, at).map(recordOf);
  }

  async ofIncident(kind: RecordKind, incidentId: string): Promise<readonly IncidentRecord[]> {
    return this.#connection.all('SELECT * FROM records WHERE incident_id = ? AND kind = ? ORDER BY at, key', incidentId, kind).map(recordOf);
  }
}

function columnsOf({ kind, key, incidentId, at, value }: IncidentRecord): [string, string, string, string, string] {
  return [kind, key, incidentId, at, JSON.stringify(value)];
}

function recordOf(row: Row): IncidentRecord {
  return {
    kind: row['kind'] as RecordKind,
    key: String(row['key']),
    incidentId: String(row['incident_id']),
    at: String(row['at']),
    value: JSON.parse(String(row['value'])) as unknown,
  };
}
