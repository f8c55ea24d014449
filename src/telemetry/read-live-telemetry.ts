import type { Gap } from '../domain/gap.ts';
import type { Alert, MetricSeries } from '../domain/telemetry.ts';
import type { LiveTelemetry, TelemetryQuestion, Told } from './telemetry-source.ts';

/** What one server told, in how long. */
export interface ServerAnswer {
  /** `alerts of http://…`, `metrics of …` */
  readonly what: string;
  readonly items: number;
  readonly ms: number;
}

export interface LiveAnswer {
  readonly alerts: readonly Alert[];
  readonly series: readonly MetricSeries[];
  readonly gaps: readonly Gap[];
  readonly answers: readonly ServerAnswer[];
}

/** Asks all live servers at once. What does not answer is a gap; throws only the reason of `signal`. */
export async function readLiveTelemetry({ alerts, metrics }: LiveTelemetry, question: TelemetryQuestion, signal: AbortSignal): Promise<LiveAnswer> {
  const [firing, measured] = await Promise.all([timed(alerts?.alerts(question, signal)), timed(metrics?.series(question, signal))]);
  return {
    alerts: firing.told.items,
    series: measured.told.items,
    gaps: [...firing.told.gaps, ...measured.told.gaps],
    answers: [
      ...(alerts === undefined ? [] : [{ what: `alerts of ${alerts.label}`, items: firing.told.items.length, ms: firing.ms }]),
      ...(metrics === undefined ? [] : [{ what: `metrics of ${metrics.label}`, items: measured.told.items.length, ms: measured.ms }]),
    ],
  };
}

async function timed<T>(asked: Promise<Told<T>> | undefined): Promise<{ told: Told<T>; ms: number }> {
  const started = performance.now();
  const told = (await asked) ?? { items: [], gaps: [] };
  return { told, ms: Math.round(performance.now() - started) };
}
