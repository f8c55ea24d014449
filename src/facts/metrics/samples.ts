import type { MetricSeries } from '../../domain/telemetry.ts';

export type Samples = MetricSeries['samples'];

/** What a counter gained a second, between each two samples; a counter that begins anew gained what it shows. */
export function rateOf(samples: Samples): Samples {
  return samples.slice(1).flatMap(([at, value], index) => {
    const [before, was] = samples[index] ?? [at, value];
    const seconds = at - before;
    return seconds <= 0 ? [] : [[at, (value < was ? value : value - was) / seconds] as const];
  });
}

/** Samples of the same times added up; a time that one of them lacks counts as nothing of it. */
export function sumOf(all: readonly Samples[]): Samples {
  const [only] = all;
  if (all.length < 2) return only ?? [];
  const total = new Map<number, number>();
  for (const samples of all) for (const [at, value] of samples) total.set(at, (total.get(at) ?? 0) + value);
  return [...total].sort(([a], [b]) => a - b);
}

/** One divided by the other where both have a sample and there is something to divide by. */
export function ratioOf(part: Samples, whole: Samples): Samples {
  const by = new Map(whole);
  return part.flatMap(([at, value]) => {
    const divisor = by.get(at) ?? 0;
    return divisor > 0 ? [[at, value / divisor] as const] : [];
  });
}

/** Counters are told by their names; requests that only ever grow are counted too, whatever the name ends in. */
export function isCounter({ name, samples }: MetricSeries): boolean {
  if (/_(?:total|count|sum|bucket)$|_netstat_|_vmstat_/i.test(name)) return true;
  return /_requests$/i.test(name) && samples.every(([, value], index) => value >= (samples[index - 1]?.[1] ?? 0));
}
