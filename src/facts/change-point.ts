import type { Measure } from '../domain/facts/service-health.ts';
import type { MetricSeries } from '../domain/telemetry.ts';

/** Of the samples since the change, so many may still look as usual: series are noisy. */
const DIPS = 0.2;

/** Since when a series is nearer to its extreme than to what is usual; null where it is not any more, or only now and then. */
export function changePoint({ samples }: MetricSeries, { normal, current }: Pick<Measure, 'normal' | 'current'>): string | null {
  if (normal === null || current === null || normal === current) return null;
  const middle = (normal + current) / 2;
  const isOut = (value: number): boolean => (current > normal ? value > middle : value < middle);
  let [out, since, found] = [0, samples.length, -1];
  for (let index = samples.length - 1; index >= 0; index -= 1) {
    if (isOut(samples[index]?.[1] ?? normal)) {
      out += 1;
      since = index;
    }
    if (since === index && out / (samples.length - index) >= 1 - DIPS) found = index;
  }
  const at = samples[found]?.[0];
  return at === undefined ? null : new Date(at * 1000).toISOString();
}
