const ATTEMPTS = 4;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;

/** Statuses after which the same request may succeed: throttled, or a server or proxy that is going away. */
const PASSING: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);
const PASSING_ERRORS: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ECONNABORTED']);

export function isPassingStatus(status: number): boolean {
  return PASSING.has(status);
}

export function isPassingError(error: unknown): boolean {
  return PASSING_ERRORS.has(String((error as { code?: unknown }).code));
}

/**
 * How long to wait before attempt `attempt` (the first retry is 1); undefined: no further one. Retry-After (seconds) is
 * honoured; otherwise the wait doubles, with full jitter so that many clients do not return at once.
 */
export function waitBefore(attempt: number, retryAfter: string | undefined, random: () => number): number | undefined {
  if (attempt >= ATTEMPTS) return undefined;
  const asked = Number(retryAfter) * 1000;
  if (retryAfter !== undefined && asked >= 0) return asked > LONGEST_WAIT_MS ? undefined : asked;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1)) * random();
}
