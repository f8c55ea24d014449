import type { Measure } from '../../domain/facts/service-health.ts';
import type { MetricSeries } from '../../domain/telemetry.ts';

/** Of the samples since the change, so many may still look as usual: series are noisy. */
const DIPS = 0.2;

/** When a series left what is usual for it, and when it was last out there; ISO 8601. */
export interface Excursion {
  readonly since: string;
  readonly until: string;
  /** How many samples of it are out. */
  readonly samples: number;
}

/** The last time for which a series is nearer to its extreme than to what is usual; null where it never is. */
export function excursionOf({ samples }: MetricSeries, { normal, current }: Pick<Measure, 'normal' | 'current'>): Excursion | null {
  if (normal === null || current === null || normal === current) return null;
  const middle = (normal + current) / 2;
  const isOut = (value: number): boolean => (current > normal ? value > middle : value < middle);
  const last = samples.findLastIndex(([, value]) => isOut(value));
  let [out, since, held] = [0, last, 0];
  for (let index = last; index >= 0; index -= 1) {
    if (!isOut(samples[index]?.[1] ?? normal)) continue;
    out += 1;
    if (out / (last - index + 1) >= 1 - DIPS) [since, held] = [index, out];
  }
  const [from, to] = [samples[since]?.[0], samples[last]?.[0]];
  return from === undefined || to === undefined
    ? null
    : { since: new Date(from * 1000).toISOString(), until: new Date(to * 1000).toISOString(), samples: held };
}
