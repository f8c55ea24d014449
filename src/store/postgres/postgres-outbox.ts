import { sql } from 'kysely';
import type { Delivery, Outbox } from '../outbox.ts';
import type { PostgresDatabase } from './postgres-database.ts';

/** Deliveries beside the incidents; each is taken by one replica. */
export class PostgresOutbox implements Outbox {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async fill(targets: readonly string[], since: string): Promise<void> {
    await this.#database.ask((db) =>
      sql`INSERT INTO deliveries (incident_id, target, due_at) SELECT incident_id, target, completed_at
          FROM incidents, unnest(${[...targets]}::text[]) AS target
          WHERE request IS NOT NULL AND status IN ('completed', 'failed') AND completed_at >= ${since}::timestamptz ON CONFLICT DO NOTHING`.execute(db),
    );
  }

  async take(targets: readonly string[], now: string, until: string): Promise<Delivery | undefined> {
    const { rows } = await this.#database.ask((db) =>
      sql<Delivery>`UPDATE deliveries SET due_at = ${until}::timestamptz, attempts = attempts + 1 WHERE (incident_id, target) IN
          (SELECT incident_id, target FROM deliveries WHERE due_at <= ${now}::timestamptz AND target = ANY(${[...targets]}::text[])
             ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
          RETURNING incident_id AS "incidentId", target, attempts`.execute(db),
    );
    return rows[0];
  }

  async settle({ incidentId, target }: Delivery): Promise<void> {
    await this.#database.ask((db) => sql`UPDATE deliveries SET due_at = NULL WHERE incident_id = ${incidentId} AND target = ${target}`.execute(db));
  }

  async retry({ incidentId, target }: Delivery, at: string): Promise<void> {
    await this.#database.ask((db) =>
      sql`UPDATE deliveries SET due_at = ${at}::timestamptz WHERE incident_id = ${incidentId} AND target = ${target}`.execute(db),
    );
  }
}
