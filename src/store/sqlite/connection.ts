import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { CodedError } from '../../errors/coded-error.ts';
import { storeError } from './store-error.ts';

export type Row = Record<string, SQLOutputValue>;

/** More than this program has; what filters put together may be many. */
const MOST_PREPARED = 100;

/** An open database whose errors are of the catalogue (STORE_…). */
export class Connection implements Disposable {
  readonly #database: DatabaseSync;
  readonly #path: string;
  /** To prepare one takes five times as long as to run it. */
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, path: string) {
    this.#database = database;
    this.#path = path;
  }

  /** Returns how many rows were changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return this.#guard(() => Number(this.#statement(sql).run(...values).changes));
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#guard(() => this.#statement(sql).all(...values));
  }

  /** Rows that are wanted and mapped, up to a number: no more are read than it takes. */
  some<T>(sql: string, values: readonly SQLInputValue[], wanted: (row: Row) => T | undefined, limit: number): T[] {
    return this.#guard(() => {
      const found: T[] = [];
      for (const row of this.#statement(sql).iterate(...values)) {
        const value = wanted(row);
        if (value !== undefined) found.push(value);
        if (found.length >= limit) break;
      }
      return found;
    });
  }

  /** All or nothing. */
  transaction<T>(work: () => T): T {
    return this.#guard(() => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.#database.exec('COMMIT');
        return result;
      } catch (error) {
        // A full disk has ended the transaction already (https://sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction).
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #statement(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const [oldest] = this.#prepared.keys();
    if (oldest !== undefined && this.#prepared.size >= MOST_PREPARED) this.#prepared.delete(oldest);
    const statement = this.#database.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      // What the work itself refuses is no failure of the database.
      throw error instanceof CodedError ? error : storeError(this.#path, error);
    }
  }
}
