const ATTEMPTS = 4;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;

/** Statuses after which the same request may succeed: throttled, or a server or proxy that is going away. */
const PASSING: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);
const PASSING_ERRORS: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ECONNABORTED', 'Z_BUF_ERROR']);

const NONE: ReadonlySet<string> = new Set();

export function isPassingStatus(status: number, passing: ReadonlySet<number> = PASSING): boolean {
  return passing.has(status);
}

export function isPassingError(error: unknown, alsoPassing: ReadonlySet<string> = NONE): boolean {
  const code = String((error as { code?: unknown }).code);
  return PASSING_ERRORS.has(code) || alsoPassing.has(code);
}

export interface Retry {
  /** How many attempts there were. */
  readonly attempt: number;
  /** How many there may be. */
  readonly attempts?: number | undefined;
  /** At the most before the second; 200 unless told. */
  readonly firstWaitMs?: number | undefined;
  /** The header, in seconds or as an HTTP date. */
  readonly retryAfter: string | undefined;
  /** In [0, 1). */
  readonly random: () => number;
  readonly now: () => Date;
}

/**
 * Milliseconds to wait before the next attempt; undefined: no further one. Retry-After is honoured, unless it asks for more
 * than ten seconds. Without it the wait doubles, half of it at random so that many clients do not return at once.
 */
export function waitBefore({ attempt, attempts = ATTEMPTS, firstWaitMs = FIRST_WAIT_MS, retryAfter, random, now }: Retry): number | undefined {
  if (attempt >= attempts) return undefined;
  const asked = retryAfter === undefined ? Number.NaN : askedWait(retryAfter, now);
  if (!Number.isNaN(asked)) return asked > LONGEST_WAIT_MS ? undefined : Math.max(0, asked);
  const longest = firstWaitMs * 2 ** (attempt - 1);
  return longest / 2 + (longest / 2) * random();
}

function askedWait(retryAfter: string, now: () => Date): number {
  return /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now().getTime();
}
