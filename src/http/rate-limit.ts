import { coded } from '../errors/coded-error.ts';

export interface Rate {
  /** What a caller may go on with for ever. */
  readonly perSecond: number;
  /** What it may do at once after a pause. */
  readonly burst: number;
}

/** Callers that were not heard of for as long as a bucket takes to fill are as good as new. */
const MOST_CALLERS = 10_000;

interface Bucket {
  left: number;
  at: number;
}

/** A bucket of tokens for each caller: full after a pause, refilled all the time, one taken by each request. */
export class RateLimit {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: Rate, now: () => number = () => performance.now()) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Throws RATE_LIMITED with the seconds after which there is room again. */
  take(caller: string): void {
    const bucket = this.#filled(caller);
    if (bucket.left < 1) throw this.#refusal(bucket);
    bucket.left -= 1;
  }

  /** Throws RATE_LIMITED where the next one would be refused; takes nothing. */
  check(caller: string): void {
    const bucket = this.#filled(caller);
    if (bucket.left < 1) throw this.#refusal(bucket);
  }

  #refusal({ left }: Bucket): Error {
    return coded('RATE_LIMITED', { retry_after_s: Math.max(1, Math.ceil((1 - left) / this.#rate.perSecond)) });
  }

  #filled(caller: string): Bucket {
    const now = this.#now();
    const known = this.#buckets.get(caller);
    const bucket = known ?? { left: this.#rate.burst, at: now };
    bucket.left = Math.min(this.#rate.burst, bucket.left + ((now - bucket.at) / 1_000) * this.#rate.perSecond);
    bucket.at = now;
    // Last used stands last, so that who is forgotten is who asked longest ago.
    this.#buckets.delete(caller);
    this.#buckets.set(caller, bucket);
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > MOST_CALLERS && oldest !== undefined) this.#buckets.delete(oldest);
    return bucket;
  }
}
