import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Incident } from '../../domain/incident.ts';
import type { InvestigationEvent } from '../../domain/investigation-event.ts';
import { refLabel } from '../../domain/object-ref.ts';
import type { IncidentStatus, Report, Verdict } from '../../domain/report.ts';
import type { FoundIncident, IncidentFilter, IncidentRepository, NewIncident } from '../incident-repository.ts';
import { isAlive, type Owner, ownerToken } from '../owner.ts';
import type { VectorStore } from '../vector-store.ts';
import { openDatabase } from './open-database.ts';
import { storeError } from './store-error.ts';

type Row = Record<string, SQLOutputValue>;

const COLUMNS =
  'incident_id, description, status, created_at, completed_at, namespaces, verdict, cause_id, title, object, confidence_score, error_message, owner';
const INTERRUPTED = 'The process that ran it ended before it was done.';

export interface SqliteOptions {
  readonly path: string;
  readonly owner: Owner;
  readonly now: Date;
}

/** The embedded store: one file, many processes. Errors are of the catalogue (STORE_…). */
export class SqliteRepository implements IncidentRepository, VectorStore {
  readonly notices: readonly string[];
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #owner: Owner;

  constructor({ path, owner, now }: SqliteOptions) {
    const { database, notices } = openDatabase(path, now);
    this.#database = database;
    this.#path = path;
    this.#owner = owner;
    this.notices = notices;
  }

  create({ incidentId, description, createdAt }: NewIncident): void {
    this.#run("INSERT INTO incidents (incident_id, description, status, created_at, owner) VALUES (?, ?, 'investigating', ?, ?)", [
      incidentId,
      description,
      createdAt,
      ownerToken(this.#owner),
    ]);
  }

  appendEvents(incidentId: string, events: readonly InvestigationEvent[]): void {
    if (events.length === 0) return;
    this.#guard(() => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const last = this.#database.prepare('SELECT coalesce(max(seq), 0) AS seq FROM events WHERE incident_id = ?').get(incidentId);
        const insert = this.#database.prepare('INSERT INTO events (incident_id, seq, event) VALUES (?, ?, ?)');
        let seq = Number(last?.['seq'] ?? 0);
        for (const event of events) insert.run(incidentId, ++seq, JSON.stringify(event));
        this.#database.exec('COMMIT');
      } catch (error) {
        this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  complete(report: Report): void {
    const first = report.root_causes[0];
    this.#run(
      `UPDATE incidents SET status = ?, completed_at = ?, namespaces = ?, verdict = ?, cause_id = ?, title = ?, object = ?,
         confidence_score = ?, error_message = ?, report = ? WHERE incident_id = ?`,
      [
        report.status,
        report.completed_at,
        JSON.stringify(report.scope.namespaces),
        report.verdict,
        first?.cause_id ?? null,
        first?.title ?? null,
        first ? refLabel(first.object) : null,
        report.confidence_score,
        report.error_message,
        JSON.stringify(report),
        report.incident_id,
      ],
    );
  }

  fail(incidentId: string, message: string, at: string): void {
    this.#run("UPDATE incidents SET status = 'failed', completed_at = ?, error_message = ? WHERE incident_id = ?", [at, message, incidentId]);
  }

  find(idOrPrefix: string): FoundIncident {
    // Nothing is the beginning of every id, and asks for none.
    if (/^(?:inc-)?\s*$/.test(idOrPrefix)) return { status: 'not-found' };
    const rows =
      idOrPrefix === 'last'
        ? this.#all(`SELECT ${COLUMNS}, report FROM incidents ORDER BY created_at DESC, rowid DESC LIMIT 1`, [])
        : this.#all(`SELECT ${COLUMNS}, report FROM incidents WHERE incident_id = ?1 OR substr(incident_id, 1, length(?1)) = ?1 ORDER BY incident_id LIMIT 6`, [
            idOrPrefix.startsWith('inc-') ? idOrPrefix : `inc-${idOrPrefix}`,
          ]);
    const [row] = rows;
    if (row === undefined) return { status: 'not-found' };
    if (rows.length > 1) return { status: 'ambiguous', candidates: rows.map((each) => String(each['incident_id'])) };
    return { status: 'found', incident: this.#incident(row), report: row['report'] === null ? null : (JSON.parse(String(row['report'])) as Report) };
  }

  events(incidentId: string): readonly InvestigationEvent[] {
    return this.#all('SELECT event FROM events WHERE incident_id = ? ORDER BY seq', [incidentId]).map(
      (row) => JSON.parse(String(row['event'])) as InvestigationEvent,
    );
  }

  list({ status, namespace, cause, since = '', limit = 50 }: IncidentFilter): readonly Incident[] {
    // Whether a run was interrupted is known of its process alone, so that status cannot be asked of the database.
    return this.#all(`SELECT ${COLUMNS} FROM incidents WHERE created_at >= ? ORDER BY created_at DESC, rowid DESC`, [since])
      .map((row) => this.#incident(row))
      .filter((incident) => status === undefined || incident.status === status)
      .filter(({ namespaces }) => namespace === undefined || namespaces.includes(namespace))
      .filter(({ cause_id: id, title }) => cause === undefined || `${id ?? ''}\n${title ?? ''}`.toLowerCase().includes(cause.toLowerCase()))
      .slice(0, limit);
  }

  vectors(model: string, keys: readonly string[]): ReadonlyMap<string, readonly number[]> {
    const rows = this.#all('SELECT key, vector FROM vectors WHERE model = ? AND key IN (SELECT value FROM json_each(?))', [model, JSON.stringify(keys)]);
    return new Map(rows.map(({ key, vector }) => [String(key), [...new Float32Array(new Uint8Array(vector as Uint8Array).buffer)]]));
  }

  keepVectors(model: string, vectors: ReadonlyMap<string, readonly number[]>): void {
    this.#guard(() => {
      const insert = this.#database.prepare('INSERT OR REPLACE INTO vectors (model, key, vector) VALUES (?, ?, ?)');
      for (const [key, vector] of vectors) insert.run(model, key, new Uint8Array(new Float32Array(vector).buffer));
    });
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #incident(row: Row): Incident {
    const gone = row['status'] === 'investigating' && typeof row['owner'] === 'string' && !isAlive(row['owner'], this.#owner.host);
    return {
      incident_id: String(row['incident_id']),
      description: String(row['description']),
      status: gone ? 'interrupted' : (row['status'] as IncidentStatus),
      created_at: String(row['created_at']),
      completed_at: row['completed_at'] as string | null,
      namespaces: JSON.parse(String(row['namespaces'])) as string[],
      verdict: row['verdict'] as Verdict | null,
      cause_id: row['cause_id'] as string | null,
      title: row['title'] as string | null,
      object: row['object'] as string | null,
      confidence_score: row['confidence_score'] as string | null,
      error_message: gone ? INTERRUPTED : (row['error_message'] as string | null),
    };
  }

  #run(sql: string, values: (string | number | null)[]): void {
    this.#guard(() => this.#database.prepare(sql).run(...values));
  }

  #all(sql: string, values: (string | number | null)[]): Row[] {
    return this.#guard(() => this.#database.prepare(sql).all(...values));
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storeError(this.#path, error);
    }
  }
}
