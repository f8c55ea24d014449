import type { Measure } from '../../domain/facts/service-health.ts';
import type { ObjectRef } from '../../domain/object-ref.ts';
import type { MetricSeries } from '../../domain/telemetry.ts';
import { type MeasureName, measureOfSeries } from '../health-measures.ts';
import { derivedSeries } from './derive-series.ts';
import { type Excursion, excursionOf } from './excursion.ts';

export interface SeriesOf {
  readonly ref: ObjectRef;
  readonly series: readonly MetricSeries[];
}

/** What left its usual range, on what, and when. */
export interface Deviation {
  readonly ref: ObjectRef;
  readonly name: MeasureName;
  readonly measure: Measure;
  readonly excursion: Excursion;
  /** Values are compared between series of one name only: these have one unit. */
  readonly series: string;
}

/** What is out for less than this part of the recorded time is a glitch. */
const LEAST_PART = 0.1;
/** What adds less than this part of the longest delay does not explain it. */
const LEAST_DELAY = 0.1;

/** Everything that changed against its own past, and that matters beside what changed elsewhere at the time. */
export function deviations(all: readonly SeriesOf[]): readonly Deviation[] {
  const found = all.flatMap(({ ref, series }) =>
    derivedSeries(series).flatMap(({ measure: name, series: gauge, share }): Deviation[] => {
      const measure = measureOfSeries(name, gauge, share);
      const excursion = measure && excursionOf(gauge, measure);
      if (measure === null || excursion === null || excursion.samples < LEAST_PART * gauge.samples.length) return [];
      return [{ ref, name, measure, excursion, series: gauge.name }];
    }),
  );
  const delays = Map.groupBy(
    found.filter(({ name }) => name === 'latency'),
    ({ series }) => series,
  );
  const longest = new Map([...delays].map(([series, of]) => [series, Math.max(...of.map(addedBy))]));
  return found.filter((one) => one.name !== 'latency' || addedBy(one) >= LEAST_DELAY * (longest.get(one.series) ?? 0));
}

function addedBy({ measure: { current, normal } }: Deviation): number {
  return (current ?? 0) - (normal ?? 0);
}
