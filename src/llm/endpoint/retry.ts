import { setTimeout as sleep } from 'node:timers/promises';
import type { EndpointFailure } from './failure.ts';

export interface RetryLimits {
  readonly attempts: number;
  readonly firstDelayMs: number;
  /** Longer than this is not waited for, whatever the server asks. */
  readonly longestDelayMs: number;
}

export const RETRY: RetryLimits = { attempts: 4, firstDelayMs: 500, longestDelayMs: 30_000 };

/** Milliseconds to wait before attempt `next` (counted from 1); undefined where another attempt is no use. Half of it is chance: many clients must not come back at once. */
export function delayBefore(
  next: number,
  { kind, retryAfterMs }: EndpointFailure,
  { attempts, firstDelayMs, longestDelayMs }: RetryLimits,
): number | undefined {
  if (kind === 'cut' || kind === 'unreachable') return next === 1 ? firstDelayMs : undefined;
  if (kind !== 'overloaded' || next >= attempts) return undefined;
  if (retryAfterMs !== undefined) return retryAfterMs <= longestDelayMs ? retryAfterMs : undefined;
  const full = Math.min(longestDelayMs, firstDelayMs * 2 ** (next - 1));
  return full / 2 + Math.random() * (full / 2);
}

/** Waits; throws the reason of `signal`. */
export async function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
}
