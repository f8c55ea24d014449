import { sql } from 'kysely';
import type { Retention, RetentionLimits } from '../retention.ts';
import { OLD_ANSWERS } from './postgres-answers.ts';
import type { PostgresDatabase } from './postgres-database.ts';

const ENDED = sql`status NOT IN ('pending', 'investigating')`;
/** So many go at a time: nobody waits for a long transaction. */
const BATCH = 200;

/** Replicas may prune at once: each row goes once. Its space is used again after PostgreSQL's own vacuum. */
export class PostgresRetention implements Retention {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async prune({ before, maxBytes }: RetentionLimits): Promise<number> {
    await this.#database.ask((db) => OLD_ANSWERS.execute(db));
    // What a terminal began and never ended is nobody's work any more once it is old.
    const old = sql`(${ENDED} OR request IS NULL) AND coalesce(completed_at, created_at) < ${before ?? null}::timestamptz`;
    let gone = 0;
    if (before !== undefined) for (let removed = BATCH; removed === BATCH; gone += removed) removed = await this.#removeOldest(old);
    for (let removed = 1; removed > 0 && maxBytes !== undefined && (await this.#bytes()) > maxBytes; gone += removed) removed = await this.#removeOldest(ENDED);
    return gone;
  }

  async #removeOldest(condition: typeof ENDED): Promise<number> {
    const { rows } = await this.#database.ask((db) =>
      sql`DELETE FROM incidents WHERE incident_id IN
          (SELECT incident_id FROM incidents WHERE ${condition} ORDER BY created_at, n LIMIT ${BATCH} FOR UPDATE SKIP LOCKED) RETURNING 1`.execute(db),
    );
    return rows.length;
  }

  /** What is kept, as it is compressed; not what the files take, which shrink only when they are vacuumed in full. */
  async #bytes(): Promise<number> {
    const { rows } = await this.#database.ask((db) =>
      sql<{ bytes: string }>`SELECT (SELECT coalesce(sum(pg_column_size(i.*)), 0) FROM incidents i)
          + (SELECT coalesce(sum(pg_column_size(e.*)), 0) FROM events e) AS bytes`.execute(db),
    );
    return Number(rows[0]?.bytes ?? 0);
  }
}
