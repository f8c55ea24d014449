import type { ClusterReader } from './reader.ts';
import { wrappedReader } from './wrapped-reader.ts';

interface Opened {
  readonly reader: Promise<ClusterReader>;
  readonly at: number;
  users: number;
}

/** One reader for questions that come together: to open one for each would ask the API server for more than its answers. */
export class SharedReader implements AsyncDisposable {
  readonly #open: () => Promise<ClusterReader>;
  readonly #freshMs: number;
  #latest: Opened | undefined;

  /** A reader that is older than `freshMs` is not given out any more: what it tells of its time would be wrong. */
  constructor(open: () => Promise<ClusterReader>, freshMs: number) {
    this.#open = open;
    this.#freshMs = freshMs;
  }

  /** Disposing of what comes back gives it back. Throws what opening throws. */
  async take(): Promise<ClusterReader> {
    const opened = this.#current();
    opened.users += 1;
    try {
      return wrappedReader(await opened.reader, { [Symbol.asyncDispose]: () => this.#release(opened) });
    } catch (error) {
      if (this.#latest === opened) this.#latest = undefined;
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const opened = this.#latest;
    this.#latest = undefined;
    if (opened?.users === 0) await close(opened);
  }

  #current(): Opened {
    const now = performance.now();
    const latest = this.#latest;
    if (latest !== undefined && now - latest.at < this.#freshMs) return latest;
    if (latest?.users === 0) void close(latest);
    const opened = { reader: this.#open(), at: now, users: 0 };
    this.#latest = opened;
    return opened;
  }

  async #release(opened: Opened): Promise<void> {
    opened.users -= 1;
    if (opened.users === 0 && this.#latest !== opened) await close(opened);
  }
}

async function close({ reader }: Opened): Promise<void> {
  await (await reader.catch(() => undefined))?.[Symbol.asyncDispose]();
}
