import pg from 'pg';
import type { StoreChange, StoreChanges } from '../store-changes.ts';
import { CHANNEL } from './channel.ts';

const AGAIN_MS = 1_000;

/** LISTEN on a connection of its own, which is opened again when it was cut; what was said meanwhile is found by looking. */
export class PostgresChanges implements StoreChanges {
  readonly #config: pg.ClientConfig;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(config: pg.ClientConfig) {
    this.#config = config;
  }

  listen(told: (change: StoreChange) => void): void {
    void this.#connect(told);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => {});
  }

  async #connect(told: (change: StoreChange) => void): Promise<void> {
    if (this.#closed) return;
    const client = new pg.Client(this.#config);
    this.#client = client;
    let hasEnded = false;
    const again = (): void => {
      if (hasEnded || this.#closed) return;
      hasEnded = true;
      void client.end().catch(() => {});
      this.#timer = setTimeout(() => void this.#connect(told), AGAIN_MS);
    };
    client.on('error', again).on('end', again);
    client.on('notification', ({ payload }) => told(JSON.parse(payload ?? '') as StoreChange));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      // What was said before is looked for.
      told({ type: 'waiting' });
    } catch {
      again();
    }
  }
}
