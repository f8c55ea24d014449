import type { Gap } from '../domain/gap.ts';
import type { Alert, MetricSeries } from '../domain/telemetry.ts';

/** What is asked of live servers. */
export interface TelemetryQuestion {
  /** Empty: all. */
  readonly namespaces: readonly string[];
  /** ISO 8601 */
  readonly since: string;
  readonly until: string;
}

/** What came of it: all that could be had, and what could not. */
export interface Told<T> {
  readonly items: readonly T[];
  readonly gaps: readonly Gap[];
}

/** A live server of alerts. Throws only the reason of `signal`. */
export interface AlertSource {
  /** Its address, for people. */
  readonly label: string;
  alerts(question: TelemetryQuestion, signal: AbortSignal): Promise<Told<Alert>>;
  /** What it says of itself; for a check before it is needed. */
  probe(signal: AbortSignal): Promise<Told<string>>;
}

/** A live server of metrics. Throws only the reason of `signal`. */
export interface MetricSource {
  readonly label: string;
  series(question: TelemetryQuestion, signal: AbortSignal): Promise<Told<MetricSeries>>;
  /** One question in its own language, over a window (of no length: for that moment). */
  query(expression: string, window: { readonly since: string; readonly until: string }, signal: AbortSignal): Promise<Told<MetricSeries>>;
  probe(signal: AbortSignal): Promise<Told<string>>;
}

/** The live servers that are known. */
export interface LiveTelemetry {
  readonly alerts: AlertSource | undefined;
  readonly metrics: MetricSource | undefined;
}
