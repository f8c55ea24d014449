import type { Retention, RetentionLimits } from '../retention.ts';
import type { Connection } from './connection.ts';

const ENDED = "status NOT IN ('pending', 'investigating')";
/** What a terminal began and never ended is nobody's work any more once it is old. */
const OLD = `(${ENDED} OR request IS NULL) AND coalesce(completed_at, created_at) < ?`;
/** So many go at a time: nobody waits for a long transaction. */
const BATCH = 50;

/** Pages that become free are used again, so that the file stops growing; it does not shrink. */
export class SqliteRetention implements Retention {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async prune({ before, maxBytes }: RetentionLimits): Promise<number> {
    let gone = before === undefined ? 0 : this.#remove(OLD, before);
    for (let removed = 1; removed > 0 && maxBytes !== undefined && this.#bytes() > maxBytes; gone += removed) removed = this.#removeOldest(ENDED);
    return gone;
  }

  #remove(condition: string, ...values: string[]): number {
    let gone = 0;
    for (let removed = BATCH; removed === BATCH; gone += removed) removed = this.#removeOldest(condition, ...values);
    return gone;
  }

  #removeOldest(condition: string, ...values: string[]): number {
    const oldest = `SELECT incident_id FROM incidents WHERE ${condition} ORDER BY created_at, rowid LIMIT ${BATCH}`;
    return this.#connection.run(`DELETE FROM incidents WHERE incident_id IN (${oldest})`, ...values);
  }

  #bytes(): number {
    const [row] = this.#connection.all(
      'SELECT (page_count - freelist_count) * page_size AS bytes FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()',
    );
    return Number(row?.['bytes'] ?? 0);
  }
}
