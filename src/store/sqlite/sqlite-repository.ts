import type { Incident } from '../../domain/incident.ts';
import type { InvestigationEvent } from '../../domain/investigation-event.ts';
import type { IncidentStatus, Report, Verdict } from '../../domain/report.ts';
import { REASONS } from '../attempts.ts';
import type { FoundIncident, IncidentFilter, IncidentRepository, NewIncident } from '../incident-repository.ts';
import { keptIncident } from '../kept-incident.ts';
import { isAlive, type Owner, ownerToken } from '../owner.ts';
import { reportColumns } from '../report-columns.ts';
import type { VectorStore } from '../vector-store.ts';
import { Connection, type Row } from './connection.ts';
import { openDatabase } from './open-database.ts';
import { whereOf } from './where-of.ts';

const COLUMNS =
  'incident_id, description, status, created_at, completed_at, namespaces, verdict, cause_id, title, object, confidence_score, error_message, owner';
/** Under way, and of the process that asks. */
const OWN = "WHERE incident_id = ? AND status = 'investigating' AND owner = ?";

export interface SqliteOptions {
  readonly path: string;
  readonly owner: Owner;
  readonly now: Date;
}

/** The embedded store: one file, many processes. Errors are of the catalogue (STORE_…). */
export class SqliteRepository implements IncidentRepository, VectorStore {
  readonly notices: readonly string[];
  /** For what a server keeps in the same file. */
  readonly connection: Connection;
  readonly #owner: Owner;
  readonly #token: string;

  constructor({ path, owner, now }: SqliteOptions) {
    const { database, notices } = openDatabase(path, now);
    this.connection = new Connection(database, path);
    this.#owner = owner;
    this.#token = ownerToken(owner);
    this.notices = notices;
  }

  async create({ incidentId, description, createdAt }: NewIncident): Promise<void> {
    this.connection.run(
      "INSERT INTO incidents (incident_id, description, status, created_at, owner) VALUES (?, ?, 'investigating', ?, ?)",
      incidentId,
      description,
      createdAt,
      this.#token,
    );
  }

  async appendEvents(incidentId: string, events: readonly InvestigationEvent[]): Promise<void> {
    if (events.length === 0) return;
    this.connection.transaction(() => {
      // A process that lost its work to another adds nothing to it.
      if (this.connection.all(`SELECT 1 FROM incidents ${OWN}`, incidentId, this.#token).length === 0) return;
      const [last] = this.connection.all('SELECT coalesce(max(seq), 0) AS seq FROM events WHERE incident_id = ?', incidentId);
      let seq = Number(last?.['seq'] ?? 0);
      for (const event of events)
        this.connection.run('INSERT INTO events (incident_id, seq, event) VALUES (?, ?, ?)', incidentId, ++seq, JSON.stringify(event));
    });
  }

  async complete(report: Report): Promise<void> {
    const { namespaces, ...columns } = reportColumns(report);
    // An incident has one report, of the process that holds it: whoever comes second changes nothing.
    this.connection.run(
      `UPDATE incidents SET ${Object.keys(columns)
        .map((name) => `${name} = ?`)
        .join(', ')}, namespaces = ?, report = ? ${OWN}`,
      ...Object.values(columns),
      JSON.stringify(namespaces),
      JSON.stringify(report),
      report.incident_id,
      this.#token,
    );
  }

  async fail(incidentId: string, message: string, at: string): Promise<void> {
    this.connection.run(`UPDATE incidents SET status = 'failed', completed_at = ?, error_message = ? ${OWN}`, at, message, incidentId, this.#token);
  }

  async cancelAsked(incidentId: string): Promise<boolean> {
    return this.connection.all('SELECT 1 FROM incidents WHERE incident_id = ? AND cancel_asked = 1', incidentId).length > 0;
  }

  async find(idOrPrefix: string): Promise<FoundIncident> {
    // Nothing is the beginning of every id, and asks for none.
    if (/^(?:inc-)?\s*$/.test(idOrPrefix)) return { status: 'not-found' };
    const rows =
      idOrPrefix === 'last'
        ? this.connection.all(`SELECT ${COLUMNS}, report FROM incidents ORDER BY created_at DESC, rowid DESC LIMIT 1`)
        : this.#startingWith(idOrPrefix.startsWith('inc-') ? idOrPrefix : `inc-${idOrPrefix}`);
    const [row] = rows;
    if (row === undefined) return { status: 'not-found' };
    if (rows.length > 1) return { status: 'ambiguous', candidates: rows.map((each) => String(each['incident_id'])) };
    return keptIncident(this.#incident(row), row['report'] as string | null);
  }

  async events(incidentId: string, after = 0): Promise<readonly InvestigationEvent[]> {
    return this.connection
      .all('SELECT event FROM events WHERE incident_id = ? AND seq > ? ORDER BY seq', incidentId, after)
      .map((row) => JSON.parse(String(row['event'])) as InvestigationEvent);
  }

  async list(filter: IncidentFilter): Promise<readonly Incident[]> {
    const { status, limit = 50 } = filter;
    const wanted = (row: Row): Incident | undefined => {
      const incident = this.#incident(row);
      // Whether a run was interrupted is known of its process alone, so that status cannot be asked of the database.
      return status === undefined || incident.status === status ? incident : undefined;
    };
    const { where, values } = whereOf(filter);
    return this.connection.some(`SELECT ${COLUMNS} FROM incidents ${where} ORDER BY created_at DESC, rowid DESC`, values, wanted, limit);
  }

  async vectors(model: string, keys: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
    const sql = 'SELECT key, vector FROM vectors WHERE model = ? AND key IN (SELECT value FROM json_each(?))';
    const rows = this.connection.all(sql, model, JSON.stringify(keys));
    return new Map(rows.map(({ key, vector }) => [String(key), [...new Float32Array(new Uint8Array(vector as Uint8Array).buffer)]]));
  }

  async keepVectors(model: string, vectors: ReadonlyMap<string, readonly number[]>): Promise<void> {
    const sql = 'INSERT OR REPLACE INTO vectors (model, key, vector) VALUES (?, ?, ?)';
    for (const [key, vector] of vectors) this.connection.run(sql, model, key, new Uint8Array(new Float32Array(vector).buffer));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.connection[Symbol.dispose]();
  }

  #incident(row: Row): Incident {
    const gone = row['status'] === 'investigating' && typeof row['owner'] === 'string' && this.#isGone(row['owner']);
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
      error_message: gone ? REASONS.interrupted : (row['error_message'] as string | null),
    };
  }

  #isGone(owner: string): boolean {
    return owner !== this.#token && !isAlive(owner, this.#owner.host);
  }

  /** Whole ids are looked up by the index; a beginning is searched for where there is none. */
  #startingWith(id: string): Row[] {
    const exact = this.connection.all(`SELECT ${COLUMNS}, report FROM incidents WHERE incident_id = ?`, id);
    if (exact.length > 0) return exact;
    const beginning = 'incident_id >= ?1 AND incident_id < ?1 || char(0x10FFFF)';
    return this.connection.all(`SELECT ${COLUMNS}, report FROM incidents WHERE ${beginning} ORDER BY incident_id LIMIT 6`, id);
  }
}
