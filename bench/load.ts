import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';

export type Asked = Parameters<typeof autocannon>[0]['requests'][number];

export interface Answers {
  /** How long each took, shortest first; without those of the first seconds, in which the connections are made. */
  readonly milliseconds: readonly number[];
  /** All that came, the first seconds' too. */
  readonly total: number;
  readonly failures: number;
}

/** Each connection begins with tables of its own for what it measures: until all have, they wait for each other and not for the server. */
const BEGINNING_MS = 3_000;

/**
 * So many requests a second, at even distances: each connection asks once a second, and begins a little after the one before.
 * autocannon alone sends all of a second's requests at its begin, and counts one of 100 ms as one of each of 1 to 99 ms, too
 * (`recordValueWithExpectedInterval(responseTime, Math.ceil(1 / rate))` in its lib/run.js).
 */
export async function evenly(url: string, rate: number, seconds: number, requests: readonly Asked[]): Promise<Answers> {
  const milliseconds: number[] = [];
  let total = 0;
  const counts = performance.now() + BEGINNING_MS;
  const results = await Promise.all(
    Array.from({ length: rate }, async (_, n) => {
      await sleep((n * 1_000) / rate);
      const first = n % requests.length;
      const inTurn = [...requests.slice(first), ...requests.slice(0, first)];
      const running = autocannon({ url, connections: 1, overallRate: 1, duration: seconds, requests: inTurn });
      return running.on('response', (_client, _status, _bytes, took) => {
        total += 1;
        if (performance.now() > counts) milliseconds.push(took);
      });
    }),
  );
  const failures = results.reduce((sum, each) => sum + each.errors + each.timeouts + each.non2xx, 0);
  return { milliseconds: milliseconds.sort((a, b) => a - b), total, failures };
}

/** The milliseconds within which that share of the answers came. */
export function within({ milliseconds }: Answers, share: number): number {
  return milliseconds[Math.ceil(share * milliseconds.length) - 1] ?? Number.POSITIVE_INFINITY;
}
