import type { InvestigationRequest } from '../../domain/investigation-request.ts';
import { coded } from '../../errors/coded-error.ts';
import type { Job, JobQueue, NewJob } from '../job-queue.ts';
import { isAlive, type Owner, ownerToken } from '../owner.ts';
import type { Connection, Row } from './connection.ts';

const MOST_ATTEMPTS = 2;
const JOB = 'incident_id, request, source, context, attempts';

/** The queue in the file that also holds the incidents: one row is both. One machine only; the processes on it are told apart. */
export class SqliteJobs implements JobQueue {
  readonly #connection: Connection;
  readonly #host: string;
  readonly #owner: string;

  constructor(connection: Connection, owner: Owner) {
    this.#connection = connection;
    this.#host = owner.host;
    this.#owner = ownerToken(owner);
  }

  async enqueue({ incidentId, description, createdAt, request, source, context, idempotencyKey }: NewJob): Promise<{ incidentId: string; isNew: boolean }> {
    return this.#connection.transaction(() => {
      const earlier =
        idempotencyKey === null ? [] : this.#connection.all('SELECT incident_id, request FROM incidents WHERE idempotency_key = ?', idempotencyKey);
      const [row] = earlier;
      if (row !== undefined) {
        const id = String(row['incident_id']);
        if (row['request'] !== JSON.stringify({ ...request, incidentId: id })) throw coded('IDEMPOTENCY_KEY_REUSED', { id });
        return { incidentId: id, isNew: false };
      }
      this.#connection.run(
        `INSERT INTO incidents (incident_id, description, status, created_at, namespaces, request, source, context, idempotency_key)
           VALUES (?, ?, 'pending', ?, ?, ?, ?, ?, ?)`,
        incidentId,
        description,
        createdAt,
        JSON.stringify(request.namespace === undefined ? [] : [request.namespace]),
        JSON.stringify(request),
        source,
        context,
        idempotencyKey,
      );
      return { incidentId, isNew: true };
    });
  }

  async take(): Promise<Job | undefined> {
    const [row] = this.#connection.all(
      `UPDATE incidents SET status = 'investigating', owner = ?, attempts = attempts + 1
         WHERE incident_id = (SELECT incident_id FROM incidents WHERE status = 'pending' ORDER BY created_at, rowid LIMIT 1) RETURNING ${JOB}`,
      this.#owner,
    );
    return row && jobOf(row);
  }

  async giveBack(incidentId: string): Promise<void> {
    this.#connection.run(
      "UPDATE incidents SET status = 'pending', owner = NULL, attempts = attempts - 1 WHERE incident_id = ? AND status = 'investigating'",
      incidentId,
    );
  }

  async cancelWaiting(incidentId: string, at: string): Promise<boolean> {
    const cancelled = "UPDATE incidents SET status = 'cancelled', completed_at = ?, error_message = ? WHERE incident_id = ? AND status = 'pending'";
    return this.#connection.run(cancelled, at, 'It was cancelled before it began.', incidentId) > 0;
  }

  async takeOver(at: string): Promise<number> {
    return this.#connection.transaction(() => {
      const left = this.#connection
        .all("SELECT incident_id, owner, attempts FROM incidents WHERE status = 'investigating' AND request IS NOT NULL")
        .filter(({ owner }) => this.#isGone(owner));
      const again = left.filter(({ attempts }) => Number(attempts) < MOST_ATTEMPTS);
      for (const { incident_id: id, attempts } of left) {
        if (Number(attempts) < MOST_ATTEMPTS) this.#connection.run("UPDATE incidents SET status = 'pending', owner = NULL WHERE incident_id = ?", id ?? null);
        else
          this.#connection.run(
            "UPDATE incidents SET status = 'failed', completed_at = ?, error_message = ? WHERE incident_id = ?",
            at,
            `The server ended while it investigated, ${String(attempts)} times.`,
            id ?? null,
          );
      }
      return again.length;
    });
  }

  async waiting(): Promise<number> {
    return Number(this.#connection.all("SELECT count(*) AS n FROM incidents WHERE status = 'pending'")[0]?.['n'] ?? 0);
  }

  async job(incidentId: string): Promise<Job | undefined> {
    const [row] = this.#connection.all(`SELECT ${JOB} FROM incidents WHERE incident_id = ? AND request IS NOT NULL`, incidentId);
    return row && jobOf(row);
  }

  /** A file is of one machine: an owner of another name is this machine's container before it was replaced. */
  #isGone(owner: unknown): boolean {
    if (typeof owner !== 'string' || owner === this.#owner) return owner !== this.#owner;
    const [host] = JSON.parse(owner) as [string];
    return host !== this.#host || !isAlive(owner, this.#host);
  }
}

function jobOf(row: Row): Job {
  return {
    request: JSON.parse(String(row['request'])) as InvestigationRequest,
    source: row['source'] as string | null,
    context: row['context'] as string | null,
    attempts: Number(row['attempts']),
  };
}
