/** Tells those who wait for an incident, or for an answer, that there is more of it. */
export class WakeUps {
  readonly #waiting = new Map<string, Set<() => void>>();

  changed(id: string): void {
    for (const wake of this.#waiting.get(id) ?? []) wake();
  }

  /** Until there is more of it, the time is over or the signal is aborted. Ask before looking, await after: nothing is missed. */
  next(id: string, atMostMs: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = this.#waiting.get(id) ?? new Set();
    this.#waiting.set(id, waiting.add(resolve));
    const timer = setTimeout(resolve, atMostMs);
    const stop = (): void => resolve();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) resolve();
    return promise.finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      waiting.delete(resolve);
      if (waiting.size === 0 && this.#waiting.get(id) === waiting) this.#waiting.delete(id);
    });
  }
}
