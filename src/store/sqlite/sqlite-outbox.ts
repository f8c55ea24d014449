import type { Delivery, Outbox } from '../outbox.ts';
import type { Connection } from './connection.ts';

const ONE = 'incident_id = ? AND target = ?';

/** Deliveries in the file that also holds the incidents. */
export class SqliteOutbox implements Outbox {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async fill(targets: readonly string[], since: string): Promise<void> {
    for (const target of targets)
      this.#connection.run(
        `INSERT OR IGNORE INTO deliveries (incident_id, target, due_at) SELECT incident_id, ?, completed_at FROM incidents
           WHERE request IS NOT NULL AND status IN ('completed', 'failed') AND completed_at >= ?`,
        target,
        since,
      );
  }

  async take(targets: readonly string[], now: string, until: string): Promise<Delivery | undefined> {
    const [row] = this.#connection.all(
      `UPDATE deliveries SET due_at = ?, attempts = attempts + 1 WHERE (incident_id, target) IN
         (SELECT incident_id, target FROM deliveries WHERE due_at <= ? AND target IN (SELECT value FROM json_each(?)) ORDER BY due_at LIMIT 1)
         RETURNING incident_id, target, attempts`,
      until,
      now,
      JSON.stringify(targets),
    );
    return row && { incidentId: String(row['incident_id']), target: String(row['target']), attempts: Number(row['attempts']) };
  }

  async settle({ incidentId, target }: Delivery): Promise<void> {
    this.#connection.run(`UPDATE deliveries SET due_at = NULL WHERE ${ONE}`, incidentId, target);
  }

  async retry({ incidentId, target }: Delivery, at: string): Promise<void> {
    this.#connection.run(`UPDATE deliveries SET due_at = ? WHERE ${ONE}`, at, incidentId, target);
  }
}
