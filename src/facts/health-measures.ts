import type { FactText } from '../domain/fact.ts';
import type { Measure } from '../domain/facts/service-health.ts';
import type { Alert, MetricSeries } from '../domain/telemetry.ts';

export const MEASURE_NAMES = [
  'latency',
  'errors',
  'cpu',
  'throttling',
  'memory',
  'memory_share',
  'pool_share',
  'requests',
  'traffic',
  'surge',
  'retransmissions',
  'packet_loss',
] as const;
export type MeasureName = (typeof MEASURE_NAMES)[number];

/** Names differ between installations, so series and alerts are told apart by the words in them; the first row that fits counts. */
const ALERT_WORDS: readonly (readonly [RegExp, MeasureName])[] = [
  [/retrans/i, 'retransmissions'],
  [/packet.?loss|dropped.?packets|packets?.?drop/i, 'packet_loss'],
  [/throttl|\bcfs\b|_cfs/i, 'throttling'],
  [/latency|slow|response.?time|duration/i, 'latency'],
  [/error|success.?rate|5xx|availability/i, 'errors'],
  [/surge/i, 'surge'],
  [/throughput|\brps\b|request.?rate|requests.?per/i, 'requests'],
  [/traffic|network.?(drop|anomal)|pps|bandwidth/i, 'traffic'],
  [/cpu/i, 'cpu'],
  [/memory|working.?set/i, 'memory'],
];

const SERIES_WORDS: readonly (readonly [RegExp, MeasureName])[] = [
  [/memory_(?:of_)?limit_(?:ratio|share)/i, 'memory_share'],
  [/pool_used_(?:ratio|share)/i, 'pool_share'],
  [/retrans/i, 'retransmissions'],
  [/packet.?loss|drop(ped)?_/i, 'packet_loss'],
  [/throttl/i, 'throttling'],
  [/latency|duration|response_time/i, 'latency'],
  [/error|5xx/i, 'errors'],
  [/requests?_(per|rate)|_rps|throughput/i, 'requests'],
  [/(receive|transmit|network).*(packets|bytes)/i, 'traffic'],
  [/cpu/i, 'cpu'],
  [/memory/i, 'memory'],
];

/** A drop of these is trouble; of the others a rise. */
const FALLING: ReadonlySet<MeasureName> = new Set(['requests', 'traffic']);
const RISE = 3;
/** Parts of what there is at most: they cannot rise without end. */
const FILLING: ReadonlySet<MeasureName> = new Set(['memory_share', 'pool_share']);
const FILLED = 1.2;
const FALL = 0.5;
/** Idle series jump by large factors without meaning; below these peaks nothing is said. In the usual units: cores, seconds, events a second. */
const FLOOR: Readonly<Partial<Record<MeasureName, number>>> = { throttling: 0.3, cpu: 0.05, retransmissions: 0.5, latency: 0.02, packet_loss: 0.01 };

/**
 * Below these shares others do not wake anybody either: CPUThrottlingHigh of kubernetes-mixin asks for 25 %, NodeNetworkReceiveErrs
 * of node-mixin for 1 %, and 14.4 times the error budget of 99.9 % is what the SRE Workbook pages at (chapter 5).
 */
const SHARE_FLOOR: Readonly<Partial<Record<MeasureName, number>>> = {
  memory_share: 0.9,
  pool_share: 0.9,
  throttling: 0.25,
  packet_loss: 0.01,
  retransmissions: 0.01,
  errors: 0.0144,
};

export function alertMeasure(alert: Alert): MeasureName | undefined {
  const { alertname = '', ...rest } = alert.labels;
  const { summary = '', description = '' } = alert.annotations;
  const labels = Object.entries(rest).filter(
    ([key]) => !/^(namespace|service|node|pod|instance|job|severity|cluster|container|deployment|workload)$/.test(key),
  );
  // The name and the labels say what is measured; the text may mention other things and comes last.
  const words = [...labels.map(([, value]) => value), alertname, summary, description];
  for (const word of words) {
    const found = ALERT_WORDS.find(([pattern]) => pattern.test(word));
    if (found !== undefined) return found[1];
  }
  return undefined;
}

export function seriesMeasure(series: MetricSeries): MeasureName | undefined {
  return SERIES_WORDS.find(([pattern]) => pattern.test(series.name))?.[1];
}

/** The measure an alert tells, with the usual and the present value where its text gives both ("Normal=3ms -> Current=60ms"). */
export function measureOfAlert(name: MeasureName, text: string): Measure {
  const [, normal, current] = /(?:normal|baseline|usual|expected)\D{0,3}([\d.]+).*?(?:cur(?:rent)?|now|actual)\D{0,3}([\d.]+)/i.exec(text) ?? [];
  // "0.00" is anything below half of its last digit.
  const least = normal === undefined ? undefined : 0.5 * 10 ** -(normal.split('.')[1]?.length ?? 0);
  return measure(name, normal === undefined ? null : Number(normal), current === undefined ? null : Number(current), { alerted: true, least });
}

/** What a series shows, if it left its usual range: its extreme tenth against the half of it that is at rest. `share`: it is a part of a whole. */
export function measureOfSeries(name: MeasureName, series: MetricSeries, share = false): Measure | null {
  const values = series.samples
    .map(([, value]) => value)
    .filter((value) => Number.isFinite(value))
    .sort((a, b) => a - b);
  if (values.length < 10) return null;
  const falling = FALLING.has(name);
  const half = Math.floor(values.length / 2);
  const tenth = Math.max(3, Math.floor(values.length / 10));
  const normal = median(falling ? values.slice(-half) : values.slice(0, half));
  const extreme = median(falling ? values.slice(0, tenth) : values.slice(-tenth));
  if (falling) return normal > 0 && extreme / normal <= FALL ? measure(name, normal, extreme, { alerted: false }) : null;
  if (extreme < ((share ? SHARE_FLOOR : FLOOR)[name] ?? 0)) return null;
  // What is nearly full is in need wherever it came from; a rise by half tells that it was not so before.
  const rise = FILLING.has(name) ? FILLED : RISE;
  return normal === 0 || extreme / normal >= rise ? measure(name, normal, extreme, { alerted: false }) : null;
}

/** The more telling of two readings of one measure: an alert, which somebody thought worth waking people for, then the larger factor. */
export function strongerMeasure(a: Measure | null, b: Measure | null): Measure | null {
  if (a === null || b === null) return a ?? b;
  if (a.alerted !== b.alerted) return a.alerted ? a : b;
  const weight = (one: Measure): number => Math.abs(Math.log(Math.max(one.factor ?? 1, 1e-6)));
  return weight(b) > weight(a) ? b : a;
}

interface Told {
  readonly alerted: boolean;
  /** What nothing is taken for, so that a rise from it has a factor. */
  readonly least?: number | undefined;
}

function measure(name: MeasureName, normal: number | null, current: number | null, { alerted, least = 1e-3 }: Told): Measure {
  const factor = normal === null || current === null ? null : current / Math.max(normal, least);
  const words = name.replaceAll('_', ' ');
  const values = normal === null || current === null ? '' : ` ${tidy(normal)} -> ${tidy(current)}${factor === null ? '' : ` (×${tidy(factor)})`}`;
  return { factor, normal, current, alerted, text: `${words}${values}${alerted && values === '' ? ' (alert)' : ''}` };
}

export function alertText(alert: Alert): string {
  const { summary, description, message } = alert.annotations;
  return [alert.labels['alertname'], description ?? summary ?? message].filter((part) => part !== undefined).join(': ');
}

export function alertFactText(alert: Alert, object: FactText['evidence']['object']): FactText {
  const text = alertText(alert);
  return {
    source: 'alert',
    reason: alert.labels['alertname'] ?? null,
    text,
    at: alert.startsAt,
    age_s: null,
    count: 1,
    stale: alert.state === 'suppressed' || alert.state === 'resolved',
    evidence: { source: 'alert', object, field_path: null, excerpt: text, observed_at: alert.startsAt },
  };
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function tidy(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}
