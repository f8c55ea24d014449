import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Release } from './release.ts';

const PAUSE_MS = 100;
const POST_EVERY = 10;
const EXPECTED: ReadonlySet<number> = new Set([200, 202]);

/** Reads and posts at a team's pace, one after the other, until it is ended; it knows what failed and what was accepted. */
export class SteadyLoad {
  readonly failures: string[] = [];
  readonly accepted: string[] = [];
  readonly #release: Release;
  readonly #running: Promise<void>;
  #slowest = 0;
  #ended = false;

  constructor(release: Release) {
    this.#release = release;
    this.#running = this.#run();
  }

  get slowestMs(): number {
    return this.#slowest;
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let turn = 0; !this.#ended; turn += 1) {
      if (turn % POST_EVERY === 0)
        await this.#once(`post ${turn}`, () => this.#release.ask('/api/v1/incidents', { description: `load ${turn}`, namespace: 'default' }));
      else await this.#once(`read ${turn}`, () => this.#release.ask(`/api/v1/incidents${turn % 2 === 0 ? '' : `/${this.accepted[0] ?? ''}`}`));
      await sleep(PAUSE_MS);
    }
  }

  async #once(what: string, send: () => Promise<Answer>): Promise<void> {
    const startedAt = performance.now();
    try {
      const { status, body } = await send();
      if (!EXPECTED.has(status)) this.failures.push(`${what}: ${status} ${JSON.stringify(body)}`);
      if (status === 202) this.accepted.push(String(body['incident_id']));
    } catch (error) {
      this.failures.push(`${what}: ${(error as Error).message} ${String((error as Error).cause ?? '')}`);
    }
    this.#slowest = Math.max(this.#slowest, performance.now() - startedAt);
  }
}
