import { asCoded } from '../../errors/coded-error.ts';
import type { Log } from '../../log/open-log.ts';
import type { Retention } from '../../store/retention.ts';

const EVERY_MS = 10 * 60_000;

export interface HousekeepingOptions {
  readonly retention: Retention;
  /** How long an incident is kept after its end; undefined: for good. */
  readonly keepMs: number | undefined;
  readonly maxBytes: number | undefined;
  readonly log: Log;
  readonly now: () => Date;
}

/** Takes away what is old or too much, now and every ten minutes, until it is disposed of. */
export function keepHouse({ retention, keepMs, maxBytes, log, now }: HousekeepingOptions): Disposable {
  const prune = async (): Promise<void> => {
    try {
      const before = keepMs === undefined ? undefined : new Date(now().getTime() - keepMs).toISOString();
      const incidents = await retention.prune({ before, maxBytes });
      if (incidents > 0) log.info({ incidents }, 'old incidents were removed');
    } catch (error) {
      log.error({ code: asCoded(error).code }, 'old incidents could not be removed');
    }
  };
  const timer = setInterval(() => void prune(), EVERY_MS).unref();
  void prune();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
