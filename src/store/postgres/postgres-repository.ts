import { type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import type { Incident } from '../../domain/incident.ts';
import type { InvestigationEvent } from '../../domain/investigation-event.ts';
import type { Report } from '../../domain/report.ts';
import { REASONS } from '../attempts.ts';
import type { FoundIncident, IncidentFilter, IncidentRepository, NewIncident } from '../incident-repository.ts';
import { keptIncident } from '../kept-incident.ts';
import { isAlive, type Owner, ownerToken } from '../owner.ts';
import { reportColumns } from '../report-columns.ts';
import type { VectorStore } from '../vector-store.ts';
import { notify } from './channel.ts';
import { kept, type PostgresDatabase } from './postgres-database.ts';
import type { Schema } from './schema.ts';

const COLUMNS = [
  'incident_id',
  'description',
  'status',
  'created_at',
  'completed_at',
  'namespaces',
  'verdict',
  'cause_id',
  'title',
  'object',
  'confidence_score',
  'error_message',
  'owner',
  'request',
] as const;

type Row = Pick<Selectable<Schema['incidents']>, (typeof COLUMNS)[number]>;
type Rows = SelectQueryBuilder<Schema, 'incidents', Row>;

/** The store that several servers share. Errors are of the catalogue (STORE_…). */
export class PostgresRepository implements IncidentRepository, VectorStore {
  readonly notices: readonly string[] = [];
  readonly #database: PostgresDatabase;
  readonly #host: string;
  readonly #token: string;

  /** `token`: what this process is called where it holds work. */
  constructor(database: PostgresDatabase, owner: Owner, token = ownerToken(owner)) {
    this.#database = database;
    this.#host = owner.host;
    this.#token = token;
  }

  async create({ incidentId, description, createdAt }: NewIncident): Promise<void> {
    const row = { incident_id: incidentId, description: kept(description), status: 'investigating', created_at: new Date(createdAt) } as const;
    await this.#database.ask((db) =>
      db
        .insertInto('incidents')
        .values({ ...row, owner: this.#token })
        .execute(),
    );
  }

  async appendEvents(incidentId: string, events: readonly InvestigationEvent[]): Promise<void> {
    if (events.length === 0) return;
    const texts = events.map((event) => JSON.stringify(event));
    // One statement, so that one commit: a process that lost its work to another adds nothing to it.
    await this.#database.ask((db) =>
      sql`WITH own AS (SELECT FROM incidents WHERE incident_id = ${incidentId} AND owner = ${this.#token} AND status = 'investigating' FOR UPDATE),
            last AS (SELECT coalesce(max(seq), 0) AS seq FROM events WHERE incident_id = ${incidentId}),
            added AS (INSERT INTO events (incident_id, seq, event)
              SELECT ${incidentId}, last.seq + each.n, each.event FROM own, last, unnest(${texts}::text[]) WITH ORDINALITY AS each (event, n))
          ${notify({ type: 'changed', incidentId })}`.execute(db),
    );
  }

  async complete(report: Report): Promise<void> {
    const { completed_at, namespaces, error_message, ...columns } = reportColumns(report);
    await this.#end(report.incident_id, {
      ...columns,
      namespaces: [...namespaces],
      completed_at: completed_at === null ? null : new Date(completed_at),
      error_message: kept(error_message),
      report: JSON.stringify(report),
    });
  }

  async fail(incidentId: string, message: string, at: string): Promise<void> {
    await this.#end(incidentId, { status: 'failed', completed_at: new Date(at), error_message: kept(message) });
  }

  async cancelAsked(incidentId: string): Promise<boolean> {
    const row = await this.#database.ask((db) => db.selectFrom('incidents').select('cancel_asked').where('incident_id', '=', incidentId).executeTakeFirst());
    return row?.cancel_asked === true;
  }

  async find(idOrPrefix: string): Promise<FoundIncident> {
    // Nothing is the beginning of every id, and asks for none.
    if (/^(?:inc-)?\s*$/.test(idOrPrefix) || idOrPrefix.includes('\0')) return { status: 'not-found' };
    const rows = await this.#database.ask((db) => {
      const all = db.selectFrom('incidents').select([...COLUMNS, 'report']);
      if (idOrPrefix === 'last') return all.orderBy('created_at', 'desc').orderBy('n', 'desc').limit(1).execute();
      const id = idOrPrefix.startsWith('inc-') ? idOrPrefix : `inc-${idOrPrefix}`;
      return all
        .where(sql<boolean>`incident_id = ${id} OR (starts_with(incident_id, ${id}) AND NOT EXISTS (SELECT FROM incidents WHERE incident_id = ${id}))`)
        .orderBy('incident_id')
        .limit(6)
        .execute();
    });
    const [row] = rows;
    if (row === undefined) return { status: 'not-found' };
    if (rows.length > 1) return { status: 'ambiguous', candidates: rows.map(({ incident_id }) => incident_id) };
    return keptIncident(this.#incident(row), row.report);
  }

  async events(incidentId: string, after = 0): Promise<readonly InvestigationEvent[]> {
    const rows = await this.#database.ask((db) =>
      db.selectFrom('events').select('event').where('incident_id', '=', incidentId).where('seq', '>', after).orderBy('seq').execute(),
    );
    return rows.map(({ event }) => JSON.parse(event) as InvestigationEvent);
  }

  async list(filter: IncidentFilter): Promise<readonly Incident[]> {
    const { status, limit = 50 } = filter;
    const found: Incident[] = [];
    let { before } = filter;
    for (;;) {
      const rows = await this.#database.ask((db) => page(db.selectFrom('incidents').select(COLUMNS), { ...filter, before, limit }).execute());
      // Whether a run of a terminal was interrupted is known of its process alone.
      found.push(...rows.map((row) => this.#incident(row)).filter((incident) => status === undefined || incident.status === status));
      if (rows.length < limit || found.length >= limit) return found.slice(0, limit);
      before = rows.at(-1)?.incident_id;
    }
  }

  async vectors(model: string, keys: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
    const rows = await this.#database.ask((db) =>
      db
        .selectFrom('vectors')
        .select(['key', 'vector'])
        .where('model', '=', model)
        .where('key', 'in', ['', ...keys])
        .execute(),
    );
    return new Map(rows.map(({ key, vector }) => [key, [...new Float32Array(new Uint8Array(vector).buffer)]]));
  }

  async keepVectors(model: string, vectors: ReadonlyMap<string, readonly number[]>): Promise<void> {
    if (vectors.size === 0) return;
    const rows = [...vectors].map(([key, vector]) => ({ model, key, vector: Buffer.from(new Float32Array(vector).buffer) }));
    await this.#database.ask((db) =>
      db
        .insertInto('vectors')
        .values(rows)
        .onConflict((conflict) => conflict.columns(['model', 'key']).doUpdateSet({ vector: (row) => row.ref('excluded.vector') }))
        .execute(),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#database[Symbol.asyncDispose]();
  }

  /** An incident has one end, told by the process that holds it: whoever comes second changes nothing. */
  async #end(incidentId: string, columns: Partial<Selectable<Schema['incidents']>>): Promise<void> {
    await this.#database.ask((db) =>
      db.transaction().execute(async (each) => {
        await each
          .updateTable('incidents')
          .set({ ...columns, lease_until: null })
          .where('incident_id', '=', incidentId)
          .where('owner', '=', this.#token)
          .where('status', '=', 'investigating')
          .execute();
        await notify({ type: 'changed', incidentId }).execute(each);
      }),
    );
  }

  #incident({ owner, request, created_at, completed_at, ...row }: Row): Incident {
    // What a server lost is taken over by another; a terminal's run is nobody's once its process is gone.
    const isGone = row.status === 'investigating' && request === null && owner !== null && !isAlive(owner, this.#host);
    const known = { ...row, created_at: created_at.toISOString(), completed_at: completed_at?.toISOString() ?? null };
    return isGone ? { ...known, status: 'interrupted', error_message: REASONS.interrupted } : known;
  }
}

function page(rows: Rows, { status, namespace, within, cause, since, before, limit = 50 }: IncidentFilter): Rows {
  let query = rows.orderBy('created_at', 'desc').orderBy('n', 'desc').limit(limit);
  if (status !== undefined) query = query.where('status', '=', status === 'interrupted' ? 'investigating' : status);
  if (namespace !== undefined) query = query.where(sql<boolean>`${namespace} = ANY (namespaces)`);
  if (within !== undefined) query = query.where(sql<boolean>`namespaces <@ ${[...within]}::text[] AND cardinality(namespaces) > 0`);
  if (cause !== undefined) query = query.where(sql<boolean>`position(lower(${cause}) IN lower(concat(cause_id, E'\n', title))) > 0`);
  if (since !== undefined) query = query.where('created_at', '>=', new Date(since));
  if (before !== undefined) query = query.where(sql<boolean>`(created_at, n) < (SELECT created_at, n FROM incidents WHERE incident_id = ${before})`);
  return query;
}
