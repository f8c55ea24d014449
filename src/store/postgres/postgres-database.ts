import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { CodedError } from '../../errors/coded-error.ts';
import { migrate } from './migrations.ts';
import type { PostgresAddress } from './postgres-address.ts';
import { postgresError } from './postgres-error.ts';
import type { Schema } from './schema.ts';

/** What one server asks at a time: reads of the API and two investigations. */
const CONNECTIONS = 10;
const CONNECT_MS = 5_000;
/** No statement of ours takes long: what does not answer is a database that does not work. */
const STATEMENT_MS = 10_000;

/** An open database whose errors are of the catalogue (STORE_…). A connection that was cut is replaced when it is next needed. */
export class PostgresDatabase implements AsyncDisposable {
  readonly config: pg.PoolConfig;
  readonly #label: string;
  readonly #kysely: Kysely<Schema>;

  private constructor({ config, label }: PostgresAddress) {
    this.config = { ...config, connectionTimeoutMillis: CONNECT_MS, keepAlive: true, application_name: 'sre-orch' };
    this.#label = label;
    const limits = { max: CONNECTIONS, statement_timeout: STATEMENT_MS, query_timeout: STATEMENT_MS + 1_000, idleTimeoutMillis: 30_000 };
    const pool = new pg.Pool({ ...this.config, ...limits });
    // A connection that breaks must not end the process: whoever waits for its answer is told by that, and nobody else has to know.
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    this.#kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  }

  /** Connects, and brings the schema up to date. */
  static async open(address: PostgresAddress): Promise<PostgresDatabase> {
    const database = new PostgresDatabase(address);
    try {
      const client = new pg.Client(database.config);
      client.on('error', () => {});
      await client.connect();
      try {
        await migrate(client);
      } finally {
        await client.end();
      }
      return database;
    } catch (error) {
      await database[Symbol.asyncDispose]();
      throw postgresError(address.label, error);
    }
  }

  async ask<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T> {
    try {
      return await work(this.#kysely);
    } catch (error) {
      // What the work itself refuses is no failure of the database.
      throw error instanceof CodedError ? error : postgresError(this.#label, error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#kysely.destroy();
  }
}

/** PostgreSQL keeps every character but this one. */
export function kept<T extends string | null>(text: T): T {
  return (text === null ? null : text.replaceAll('\0', '\uFFFD')) as T;
}
