import { sql } from 'kysely';
import type { InvestigationRequest } from '../../domain/investigation-request.ts';
import { coded } from '../../errors/coded-error.ts';
import { MOST_ATTEMPTS, REASONS } from '../attempts.ts';
import { type CarriedColumns, carriedIn } from '../carried-columns.ts';
import type { Cancelling, Held, Job, JobQueue, NewJob } from '../job-queue.ts';
import { notify } from './channel.ts';
import { kept, type PostgresDatabase } from './postgres-database.ts';
import { isUniqueViolation } from './postgres-error.ts';

type JobRow = CarriedColumns & { readonly request: string | null; readonly source: string | null; readonly context: string | null; readonly attempts: number };
const JOB = ['request', 'source', 'context', 'attempts', 'correlation_id', 'traceparent', 'tracestate'] as const;

/** The queue of servers that share a database. Who takes a job has it for the time of a lease, measured by the database's clock alone. */
export class PostgresJobs implements JobQueue {
  readonly #database: PostgresDatabase;
  readonly #token: string;
  readonly #leaseMs: number;

  constructor(database: PostgresDatabase, token: string, leaseMs: number) {
    this.#database = database;
    this.#token = token;
    this.#leaseMs = leaseMs;
  }

  async enqueue(job: NewJob): Promise<{ incidentId: string; isNew: boolean }> {
    try {
      return (await this.#earlier(job)) ?? (await this.#add(job));
    } catch (error) {
      // Another request with the same key was a moment faster.
      const lost = isUniqueViolation((error as Error).cause) ? await this.#earlier(job) : undefined;
      if (lost === undefined) throw error;
      return lost;
    }
  }

  async take(): Promise<Job | undefined> {
    const [row] = await this.#database.ask((db) =>
      db
        .updateTable('incidents')
        .set({ status: 'investigating', owner: this.#token, attempts: sql`attempts + 1`, lease_until: this.#lease() })
        .where('incident_id', '=', (each) =>
          each.selectFrom('incidents').select('incident_id').where('status', '=', 'pending').orderBy('n').limit(1).forUpdate().skipLocked(),
        )
        .returning(JOB)
        .execute(),
    );
    return row && jobOf(row);
  }

  async beat(incidentIds: readonly string[]): Promise<Held> {
    if (incidentIds.length === 0) return { own: new Set(), cancelled: new Set() };
    const rows = await this.#database.ask((db) =>
      db
        .updateTable('incidents')
        .set({ lease_until: this.#lease() })
        .where('incident_id', 'in', [...incidentIds])
        .where('owner', '=', this.#token)
        .where('status', '=', 'investigating')
        .returning(['incident_id', 'cancel_asked'])
        .execute(),
    );
    const ids = (some: typeof rows): Set<string> => new Set(some.map(({ incident_id }) => incident_id));
    return { own: ids(rows), cancelled: ids(rows.filter(({ cancel_asked }) => cancel_asked)) };
  }

  async giveBack(incidentId: string, at: string): Promise<void> {
    await this.#database.ask((db) =>
      db.transaction().execute(async (each) => {
        await sql`UPDATE incidents SET owner = NULL, lease_until = NULL, attempts = attempts - 1,
            status = CASE WHEN cancel_asked THEN 'cancelled' ELSE 'pending' END,
            completed_at = CASE WHEN cancel_asked THEN ${at}::timestamptz END,
            error_message = CASE WHEN cancel_asked THEN ${REASONS.cancelledLost} END
          WHERE incident_id = ${incidentId} AND status = 'investigating' AND owner = ${this.#token}`.execute(each);
        await notify({ type: 'waiting' }).execute(each);
      }),
    );
  }

  async cancel(incidentId: string, at: string): Promise<Cancelling> {
    return await this.#database.ask((db) =>
      db.transaction().execute(async (each) => {
        const { rows } = await sql<{ status: string }>`UPDATE incidents SET cancel_asked = true,
            status = CASE status WHEN 'pending' THEN 'cancelled' ELSE status END,
            completed_at = CASE status WHEN 'pending' THEN ${at}::timestamptz END,
            error_message = CASE status WHEN 'pending' THEN ${REASONS.cancelled} END
          WHERE incident_id = ${incidentId} AND status IN ('pending', 'investigating') RETURNING status`.execute(each);
        if (rows[0] === undefined) return 'ended';
        await notify({ type: 'cancel', incidentId }).execute(each);
        return rows[0].status === 'cancelled' ? 'cancelled' : 'asked';
      }),
    );
  }

  async takeOver(at: string): Promise<number> {
    return await this.#database.ask((db) =>
      db.transaction().execute(async (each) => {
        const lost = sql`WITH lost AS (SELECT incident_id FROM incidents
            WHERE status = 'investigating' AND request IS NOT NULL AND lease_until < now() FOR UPDATE SKIP LOCKED)`;
        const ended = (status: string, reason: unknown, which: unknown) =>
          sql`${lost} UPDATE incidents SET status = ${status}, completed_at = ${at}::timestamptz, error_message = ${reason}, lease_until = NULL
            WHERE incident_id IN (SELECT incident_id FROM lost) AND ${which}`.execute(each);
        await ended('cancelled', REASONS.cancelledLost, sql`cancel_asked`);
        await ended('failed', REASONS.lost(MOST_ATTEMPTS), sql`attempts >= ${MOST_ATTEMPTS}`);
        const { rows } = await sql`${lost} UPDATE incidents SET status = 'pending', owner = NULL, lease_until = NULL
          WHERE incident_id IN (SELECT incident_id FROM lost) RETURNING 1`.execute(each);
        if (rows.length > 0) await notify({ type: 'waiting' }).execute(each);
        return rows.length;
      }),
    );
  }

  async waiting(): Promise<number> {
    const [row] = await this.#database.ask((db) =>
      db
        .selectFrom('incidents')
        .select((each) => each.fn.countAll<string>().as('n'))
        .where('status', '=', 'pending')
        .execute(),
    );
    return Number(row?.n ?? 0);
  }

  async job(incidentId: string): Promise<Job | undefined> {
    const row = await this.#database.ask((db) =>
      db.selectFrom('incidents').select(JOB).where('incident_id', '=', incidentId).where('request', 'is not', null).executeTakeFirst(),
    );
    return row && jobOf(row);
  }

  #lease() {
    return sql<Date>`now() + ${this.#leaseMs} * interval '1 millisecond'`;
  }

  async #earlier({ idempotencyKey, request }: NewJob): Promise<{ incidentId: string; isNew: false } | undefined> {
    if (idempotencyKey === null) return undefined;
    const row = await this.#database.ask((db) =>
      db.selectFrom('incidents').select(['incident_id', 'request']).where('idempotency_key', '=', kept(idempotencyKey)).executeTakeFirst(),
    );
    if (row === undefined) return undefined;
    const incidentId = row.incident_id;
    if (row.request !== JSON.stringify({ ...request, incidentId })) throw coded('IDEMPOTENCY_KEY_REUSED', { id: incidentId });
    return { incidentId, isNew: false };
  }

  async #add({
    incidentId,
    description,
    createdAt,
    request,
    source,
    context,
    idempotencyKey,
    carried,
    maxWaiting,
  }: NewJob): Promise<{ incidentId: string; isNew: true }> {
    const waiting = await this.waiting();
    if (waiting >= maxWaiting) throw coded('QUEUE_FULL', { waiting });
    await this.#database.ask((db) =>
      db.transaction().execute(async (each) => {
        await each
          .insertInto('incidents')
          .values({
            incident_id: incidentId,
            description: kept(description),
            status: 'pending',
            created_at: new Date(createdAt),
            namespaces: request.namespace === undefined ? [] : [request.namespace],
            request: JSON.stringify(request),
            source: kept(source),
            context: kept(context),
            idempotency_key: kept(idempotencyKey),
            correlation_id: carried?.correlationId ?? null,
            traceparent: carried?.traceparent ?? null,
            tracestate: carried?.tracestate ?? null,
          })
          .execute();
        await notify({ type: 'waiting' }).execute(each);
      }),
    );
    return { incidentId, isNew: true };
  }
}

function jobOf({ request, source, context, attempts, ...columns }: JobRow): Job {
  return { request: JSON.parse(request ?? '') as InvestigationRequest, source, context, attempts, carried: carriedIn(columns) };
}
