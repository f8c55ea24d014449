export interface SharedReadsOptions {
  /** How long an answer is given again. */
  readonly keepMs: number;
  readonly maxBytes: number;
  /** What is larger is told to all who wait for it, and not kept. */
  readonly maxEntryBytes: number;
  readonly clock: () => number;
}

interface Kept<T> {
  readonly value: T;
  readonly bytes: number;
  readonly until: number;
}

interface UnderWay<T> {
  readonly work: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

/** Equal reads are sent once: those at the same time share one answer, and those shortly after get it again. */
export class SharedReads<T> {
  readonly #options: SharedReadsOptions;
  readonly #sizeOf: (value: T) => number;
  readonly #kept = new Map<string, Kept<T>>();
  readonly #underWay = new Map<string, UnderWay<T>>();
  #bytes = 0;
  readonly counts = { sent: 0, shared: 0, repeated: 0 };

  /** `sizeOf` tells how much an answer takes; 0 and less: it is not to be given again. */
  constructor(options: SharedReadsOptions, sizeOf: (value: T) => number) {
    this.#options = options;
    this.#sizeOf = sizeOf;
  }

  /** Different reads that are not answered yet. */
  get underWay(): number {
    return this.#underWay.size;
  }

  /** Throws what `work` throws, and the reason of `signal`; the work itself ends when nobody waits for it any more. */
  async read(key: string, work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.until > this.#options.clock()) {
      this.counts.repeated += 1;
      return kept.value;
    }
    const running = this.#underWay.get(key);
    if (running === undefined) this.counts.sent += 1;
    else this.counts.shared += 1;
    return this.#wait(running ?? this.#begin(key, work), signal);
  }

  #begin(key: string, work: (signal: AbortSignal) => Promise<T>): UnderWay<T> {
    const stop = new AbortController();
    const begun: UnderWay<T> = {
      stop,
      waiting: 0,
      work: work(stop.signal)
        .then((value) => {
          this.#keep(key, value);
          return value;
        })
        .finally(() => {
          if (this.#underWay.get(key) === begun) this.#underWay.delete(key);
        }),
    };
    // Whoever left does not hear of a failure.
    begun.work.catch(() => {});
    this.#underWay.set(key, begun);
    return begun;
  }

  async #wait(running: UnderWay<T>, signal: AbortSignal): Promise<T> {
    running.waiting += 1;
    const { promise: left, reject } = Promise.withResolvers<never>();
    const leave = (): void => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([running.work, left]);
    } finally {
      signal.removeEventListener('abort', leave);
      running.waiting -= 1;
      if (running.waiting === 0) {
        // A newcomer begins anew.
        for (const [key, one] of this.#underWay) if (one === running) this.#underWay.delete(key);
        running.stop.abort(new Error('nobody waits for the answer'));
      }
    }
  }

  #keep(key: string, value: T): void {
    const { keepMs, maxBytes, maxEntryBytes, clock } = this.#options;
    const bytes = this.#sizeOf(value);
    this.#drop(key);
    if (bytes <= 0 || bytes > maxEntryBytes) return;
    this.#kept.set(key, { value, bytes, until: clock() + keepMs });
    this.#bytes += bytes;
    for (const [oldest, { until }] of this.#kept) {
      if (this.#bytes <= maxBytes && until > clock()) break;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#kept.get(key)?.bytes ?? 0;
    this.#kept.delete(key);
  }
}
