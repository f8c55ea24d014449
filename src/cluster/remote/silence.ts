const IN_ROW = 5;
const LASTS_MS = 30_000;

/**
 * Notices that nobody answers any more. A read waits 15 s for its answer, and an investigation sends dozens: once several waited
 * in vain, one after the other, the others are told at once, until it is time to try again.
 */
export class Silence {
  readonly #clock: () => number;
  #inVain = 0;
  #at = 0;
  #error: unknown;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Throws what the last of them threw, while it lasts. */
  check(): void {
    if (this.#inVain >= IN_ROW && this.#clock() - this.#at < LASTS_MS) throw this.#error;
  }

  answered(): void {
    this.#inVain = 0;
  }

  failed(error: unknown): void {
    if ((error as { name?: unknown }).name !== 'TimeoutError') return;
    this.#inVain += 1;
    this.#at = this.#clock();
    this.#error = error;
  }
}
