import { RateLimit } from '../http/rate-limit.ts';

export interface Limits {
  /** What each caller may ask. */
  readonly rate: RateLimit;
  /** What each address may send of keys and tokens that nobody knows, before they are not even looked at. */
  readonly refusals: RateLimit;
  /** Requests that are answered at the same time. */
  readonly answering: number;
}

const REFUSALS_A_SECOND = 10;
const ANSWERING = 256;
/** A page of a browser, or a script that lists and reads, asks in bursts. */
const SECONDS_AT_ONCE = 2;

/** `perSecond`: requests of one caller. */
export function limitsOf(perSecond: number): Limits {
  return {
    rate: new RateLimit({ perSecond, burst: perSecond * SECONDS_AT_ONCE }),
    refusals: new RateLimit({ perSecond: REFUSALS_A_SECOND, burst: REFUSALS_A_SECOND * 10 }),
    answering: ANSWERING,
  };
}
