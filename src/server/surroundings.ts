import { setTimeout as sleep } from 'node:timers/promises';
import { asCoded } from '../errors/coded-error.ts';

/** What was seen of a part that the server works with, and does not need for accepting incidents. */
export interface Look {
  readonly status: 'ok' | 'degraded' | 'unknown';
  readonly detail?: string;
  /** Of MCP servers. */
  readonly tools?: readonly string[];
}

export type LookAt = (signal: AbortSignal) => Promise<Look>;

const FRESH_MS = 30_000;
const LOOKING_MS = 10_000;
const PATIENCE_MS = 400;
const NOT_YET: Look = { status: 'unknown', detail: 'it was not looked at yet' };

/** Parts are looked at when anybody asks how the server is, at most every half a minute; what does not answer is not waited for. */
export class Surroundings {
  readonly #looks: Readonly<Record<string, LookAt>>;
  readonly #seen = new Map<string, { readonly look: Look; readonly at: number }>();
  readonly #looking = new Map<string, Promise<void>>();

  constructor(looks: Readonly<Record<string, LookAt>>) {
    this.#looks = looks;
  }

  /** What is known of each part, as of half a minute ago or less where it answers at once. */
  async now(): Promise<Readonly<Record<string, Look>>> {
    const stale = Object.entries(this.#looks).filter(([name]) => performance.now() - (this.#seen.get(name)?.at ?? Number.NEGATIVE_INFINITY) > FRESH_MS);
    const looking = Promise.all(stale.map(([name, look]) => this.#lookOnce(name, look)));
    await Promise.race([looking, sleep(PATIENCE_MS, undefined, { ref: false })]);
    return Object.fromEntries(Object.keys(this.#looks).map((name) => [name, this.#seen.get(name)?.look ?? NOT_YET]));
  }

  #lookOnce(name: string, look: LookAt): Promise<void> {
    const late = AbortSignal.timeout(LOOKING_MS);
    const looking =
      this.#looking.get(name) ??
      look(late)
        .catch((error: unknown): Look => ({ status: 'degraded', detail: late.aborted ? `no answer within ${LOOKING_MS / 1_000} s` : asCoded(error).code }))
        .then((seen) => {
          this.#seen.set(name, { look: seen, at: performance.now() });
          this.#looking.delete(name);
        });
    this.#looking.set(name, looking);
    return looking;
  }
}
