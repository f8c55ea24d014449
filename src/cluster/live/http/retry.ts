const ATTEMPTS = 4;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;

/** Statuses after which the same request may succeed: throttled, or a server or proxy that is going away. */
const PASSING: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);
const PASSING_ERRORS: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ECONNABORTED', 'Z_BUF_ERROR']);

export function isPassingStatus(status: number, passing: ReadonlySet<number> = PASSING): boolean {
  return passing.has(status);
}

export function isPassingError(error: unknown): boolean {
  return PASSING_ERRORS.has(String((error as { code?: unknown }).code));
}

export interface Retry {
  /** How many attempts there were. */
  readonly attempt: number;
  /** How many there may be. */
  readonly attempts?: number | undefined;
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
export function waitBefore({ attempt, attempts = ATTEMPTS, retryAfter, random, now }: Retry): number | undefined {
  if (attempt >= attempts) return undefined;
  const asked = retryAfter === undefined ? Number.NaN : askedWait(retryAfter, now);
  if (!Number.isNaN(asked)) return asked > LONGEST_WAIT_MS ? undefined : Math.max(0, asked);
  const longest = FIRST_WAIT_MS * 2 ** (attempt - 1);
  return longest / 2 + (longest / 2) * random();
}

function askedWait(retryAfter: string, now: () => Date): number {
  return /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now().getTime();
}
