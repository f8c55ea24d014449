import type { InvestigationRequest } from '../../domain/investigation-request.ts';
import { coded } from '../../errors/coded-error.ts';
import { MOST_ATTEMPTS, REASONS } from '../attempts.ts';
import { type CarriedColumns, carriedIn } from '../carried-columns.ts';
import type { Cancelling, Held, Job, JobQueue, NewJob } from '../job-queue.ts';
import { isAlive, type Owner, ownerToken } from '../owner.ts';
import type { Connection, Row } from './connection.ts';

const JOB = 'incident_id, request, source, context, attempts, correlation_id, traceparent, tracestate';

/** The queue in the file that also holds the incidents: one row is both. One machine only; the processes on it are told apart. */
export class SqliteJobs implements JobQueue {
  readonly #connection: Connection;
  readonly #host: string;
  readonly #owner: string;
  /** What this process works on; what is left of its own beside that was lost to a store that failed. */
  #atWork = new Set<string>();

  constructor(connection: Connection, owner: Owner) {
    this.#connection = connection;
    this.#host = owner.host;
    this.#owner = ownerToken(owner);
  }

  async enqueue({
    incidentId,
    description,
    createdAt,
    request,
    source,
    context,
    idempotencyKey,
    carried,
    maxWaiting,
  }: NewJob): Promise<{ incidentId: string; isNew: boolean }> {
    return this.#connection.transaction(() => {
      const earlier =
        idempotencyKey === null ? [] : this.#connection.all('SELECT incident_id, request FROM incidents WHERE idempotency_key = ?', idempotencyKey);
      const [row] = earlier;
      if (row !== undefined) {
        const id = String(row['incident_id']);
        if (row['request'] !== JSON.stringify({ ...request, incidentId: id })) throw coded('IDEMPOTENCY_KEY_REUSED', { id });
        return { incidentId: id, isNew: false };
      }
      const waiting = this.#waiting();
      if (waiting >= maxWaiting) throw coded('QUEUE_FULL', { waiting });
      this.#connection.run(
        `INSERT INTO incidents (incident_id, description, status, created_at, namespaces, request, source, context, idempotency_key,
             correlation_id, traceparent, tracestate)
           VALUES (?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        incidentId,
        description,
        createdAt,
        JSON.stringify(request.namespace === undefined ? [] : [request.namespace]),
        JSON.stringify(request),
        source,
        context,
        idempotencyKey,
        carried?.correlationId ?? null,
        carried?.traceparent ?? null,
        carried?.tracestate ?? null,
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
    if (row !== undefined) this.#atWork.add(String(row['incident_id']));
    return row && jobOf(row);
  }

  async beat(incidentIds: readonly string[]): Promise<Held> {
    this.#atWork = new Set(incidentIds);
    const rows = this.#connection.all(
      "SELECT incident_id, cancel_asked FROM incidents WHERE owner = ? AND status = 'investigating' AND incident_id IN (SELECT value FROM json_each(?))",
      this.#owner,
      JSON.stringify(incidentIds),
    );
    const idOf = (row: Row): string => String(row['incident_id']);
    return { own: new Set(rows.map(idOf)), cancelled: new Set(rows.filter((row) => row['cancel_asked'] === 1).map(idOf)) };
  }

  async giveBack(incidentId: string, at: string): Promise<void> {
    this.#connection.transaction(() => {
      const where = "WHERE incident_id = ? AND status = 'investigating' AND owner = ?";
      const [row] = this.#connection.all(`SELECT cancel_asked FROM incidents ${where}`, incidentId, this.#owner);
      if (row?.['cancel_asked'] === 1) this.#end(incidentId, 'cancelled', REASONS.cancelledLost, at);
      else this.#connection.run(`UPDATE incidents SET status = 'pending', owner = NULL, attempts = attempts - 1 ${where}`, incidentId, this.#owner);
    });
  }

  async cancel(incidentId: string, at: string): Promise<Cancelling> {
    const waiting = "UPDATE incidents SET status = 'cancelled', completed_at = ?, error_message = ? WHERE incident_id = ? AND status = 'pending'";
    if (this.#connection.run(waiting, at, REASONS.cancelled, incidentId) > 0) return 'cancelled';
    const running = "UPDATE incidents SET cancel_asked = 1 WHERE incident_id = ? AND status = 'investigating'";
    return this.#connection.run(running, incidentId) > 0 ? 'asked' : 'ended';
  }

  async takeOver(at: string): Promise<number> {
    return this.#connection.transaction(() => {
      const left = this.#connection
        .all("SELECT incident_id, owner, attempts, cancel_asked FROM incidents WHERE status = 'investigating' AND request IS NOT NULL")
        .filter(({ owner, incident_id: id }) => (owner === this.#owner ? !this.#atWork.has(String(id)) : this.#isGone(owner)));
      let again = 0;
      for (const { incident_id, attempts, cancel_asked: isCancelled } of left) {
        const id = String(incident_id);
        if (isCancelled === 1) this.#end(id, 'cancelled', REASONS.cancelledLost, at);
        else if (Number(attempts) >= MOST_ATTEMPTS) this.#end(id, 'failed', REASONS.lost(Number(attempts)), at);
        else again += this.#connection.run("UPDATE incidents SET status = 'pending', owner = NULL WHERE incident_id = ?", id);
      }
      return again;
    });
  }

  async waiting(): Promise<number> {
    return this.#waiting();
  }

  async job(incidentId: string): Promise<Job | undefined> {
    const [row] = this.#connection.all(`SELECT ${JOB} FROM incidents WHERE incident_id = ? AND request IS NOT NULL`, incidentId);
    return row && jobOf(row);
  }

  #end(incidentId: string, status: 'cancelled' | 'failed', reason: string, at: string): void {
    const sql = 'UPDATE incidents SET status = ?, completed_at = ?, error_message = ? WHERE incident_id = ?';
    this.#connection.run(sql, status, at, reason, incidentId);
  }

  #waiting(): number {
    return Number(this.#connection.all("SELECT count(*) AS n FROM incidents WHERE status = 'pending'")[0]?.['n'] ?? 0);
  }

  /** A file is of one machine: an owner of another name is this machine's container before it was replaced. */
  #isGone(owner: unknown): boolean {
    if (typeof owner !== 'string') return true;
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
    carried: carriedIn(row as Row & CarriedColumns),
  };
}
