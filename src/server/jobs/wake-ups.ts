/** Tells those who wait for an incident that the store holds more of it. */
export class WakeUps {
  readonly #waiting = new Map<string, Set<() => void>>();

  changed(incidentId: string): void {
    for (const wake of this.#waiting.get(incidentId) ?? []) wake();
  }

  /** Until the incident changes, the time is over or the signal is aborted. Ask before reading the store, await after: nothing is missed. */
  next(incidentId: string, atMostMs: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = this.#waiting.get(incidentId) ?? new Set();
    this.#waiting.set(incidentId, waiting.add(resolve));
    const timer = setTimeout(resolve, atMostMs);
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
    return promise.finally(() => {
      clearTimeout(timer);
      waiting.delete(resolve);
      if (waiting.size === 0 && this.#waiting.get(incidentId) === waiting) this.#waiting.delete(incidentId);
    });
  }
}
