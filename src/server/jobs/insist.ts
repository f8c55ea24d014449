import { setTimeout as sleep } from 'node:timers/promises';

/** A database that is started again takes seconds. */
const PATIENCE_MS = 60_000;
const AGAIN_MS = 500;

interface Insisting {
  /** Asked before each attempt. */
  readonly isGivenUp: () => boolean;
  /** Told of each failure but the last. */
  readonly onFailure?: (error: unknown) => void;
}

/** Does it again for a minute while it fails: a store that is away for a moment must not cost a run. undefined: it was given up; throws what it threw last. */
export async function insist<T>(work: () => Promise<T>, { isGivenUp, onFailure }: Insisting): Promise<T | undefined> {
  const until = performance.now() + PATIENCE_MS;
  while (!isGivenUp()) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() >= until) throw error;
      onFailure?.(error);
      await sleep(AGAIN_MS);
    }
  }
  return undefined;
}
