import type { Readable } from 'node:stream';
import { coded } from '../errors/coded-error.ts';

/** Streams that clients hold open: each takes a socket and memory, so there is a limit to them. */
export class OpenStreams {
  readonly #limit: number;
  #open = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get open(): number {
    return this.#open;
  }

  /** Counts until what it returns is called. Throws STREAMS_EXHAUSTED. */
  enter(): () => void {
    if (this.#open >= this.#limit) throw coded('STREAMS_EXHAUSTED', { limit: this.#limit });
    this.#open += 1;
    return () => {
      this.#open -= 1;
    };
  }

  /** Counts the stream until it is closed. Throws STREAMS_EXHAUSTED before anything is opened. */
  count(open: () => Readable): Readable {
    const leave = this.enter();
    return open().once('close', leave);
  }
}
