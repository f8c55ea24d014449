/** Aborts when nothing has come for a while, or when `outer` does. */
export class IdleTimer implements Disposable {
  readonly signal: AbortSignal;
  readonly #timer: NodeJS.Timeout;

  constructor(milliseconds: number, outer: AbortSignal) {
    const idle = new AbortController();
    this.signal = AbortSignal.any([idle.signal, outer]);
    this.#timer = setTimeout(() => idle.abort(), milliseconds);
  }

  alive(): void {
    this.#timer.refresh();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
