import type { MetricSeries } from '../../domain/telemetry.ts';
import type { MeasureName } from '../health-measures.ts';
import { seriesMeasure } from '../health-measures.ts';
import { isCounter, rateOf, ratioOf, type Samples, sumOf } from './samples.ts';

/** What one object shows of one measure, as a value of the moment. */
export interface DerivedSeries {
  readonly measure: MeasureName;
  readonly series: MetricSeries;
  /** It is a part of a whole, from 0 to 1. */
  readonly share: boolean;
}

/** Labels in which libraries and proxies put the outcome of a request. */
const OUTCOME = [
  'code',
  'status',
  'status_code',
  'response_code',
  'http_status',
  'http_status_code',
  'http_response_status_code',
  'grpc_code',
  'grpc_status',
  'outcome',
  'classification',
];
const FAILED = /^(?:5\d\d|5xx|error|failure|server_error|unavailable|unknown|internal|deadlineexceeded|deadline_exceeded|resourceexhausted|13|14|4|2)$/i;
const REQUESTS = /requests?(?:_seconds|_duration\w*|_milliseconds|_latency\w*|_handled|_processed)?(?:_count|_total)?$|handled_total$|handling_seconds_count$/i;

/**
 * Gauges from the series of one object: counters become rates, `_sum` by `_count` a mean, failed by all requests a ratio, and
 * likewise throttled periods, packets that were dropped and segments that were sent again. Names differ between installations, so
 * the words in them decide.
 */
export function derivedSeries(all: readonly MetricSeries[]): readonly DerivedSeries[] {
  const measured = all.filter(({ name }) => !/^kube_|_bucket$|_created$|_info$/.test(name));
  const gauges = measured.filter((series) => !isCounter(series)).flatMap(gauge);
  const rates = new Map([...Map.groupBy(measured.filter(isCounter), ({ name }) => name)].map(([name, of]) => [name, counted(of)] as const));
  return [...gauges, ...filled(measured), ...means(rates), ...failures(measured), ...PARTS.flatMap((part) => partsOf(rates, part)), ...plainRates(rates)];
}

/** A share of what went well is told as the share that did not. */
function gauge(series: MetricSeries): readonly DerivedSeries[] {
  if (/success_(?:ratio|rate)|availability/i.test(series.name)) {
    const percent = series.samples.some(([, value]) => value > 1);
    const whole = percent ? 100 : 1;
    return [{ measure: 'errors', share: true, series: { ...series, samples: series.samples.map(([at, value]) => [at, (whole - value) / whole]) } }];
  }
  const measure = seriesMeasure(series);
  return measure === undefined ? [] : [{ measure, series, share: /_(?:ratio|share)$/.test(series.name) }];
}

type Rates = ReadonlyMap<string, MetricSeries>;

function counted(of: readonly MetricSeries[]): MetricSeries {
  const [first] = of;
  return { name: first?.name ?? '', labels: first?.labels ?? {}, samples: sumOf(of.map(({ samples }) => rateOf(samples))) };
}

interface Filling {
  readonly measure: MeasureName;
  readonly used: RegExp;
  readonly most: RegExp;
}

/** Gauges of which one is the most that the other can be: cAdvisor's memory, and pools of connections as libraries count them. */
const FILLINGS: readonly Filling[] = [
  { measure: 'memory_share', used: /memory_(?:working_set|usage|rss)_bytes$/i, most: /memory_limit_bytes$/i },
  {
    measure: 'pool_share',
    used: /(?:pool|connections?)\w*_(?:active|in_?use|used|busy|acquired)(?:_connections|_conns)?$|connections?_(?:active|in_use|used)$|(?:active|in_?use|used|busy|acquired)_(?:connections|conns)$/i,
    most: /(?:pool|connections?|conns)\w*_(?:max|limit|size|total)(?:_connections|_conns|_size)?$|max_(?:open_|total_|pool_)?(?:connections|conns|size)$/i,
  },
];

/** The part of what there is at most that is used, of each pair by the labels that both bear. */
function filled(all: readonly MetricSeries[]): readonly DerivedSeries[] {
  return FILLINGS.flatMap(({ measure, used, most }) => {
    const limits = all.filter(({ name }) => most.test(name));
    return all
      .filter(({ name }) => used.test(name) && !most.test(name))
      .flatMap((series) => {
        const limit = limits.find(({ labels }) => Object.entries(labels).every(([key, value]) => (series.labels[key] ?? value) === value));
        if (limit === undefined) return [];
        // Values of next to nothing, and of no limit at all, are no shares.
        const samples = ratioOf(series.samples, limit.samples).filter(([, share]) => share <= 1.1);
        return [{ measure, share: true, series: { ...series, name: `${series.name} of ${limit.name}`, samples } }];
      });
  });
}

const TIMED = /latency|duration|response_time|request|handling|seconds|milliseconds/i;

function means(rates: Rates): readonly DerivedSeries[] {
  return [...rates.values()].flatMap((sum) => {
    const base = /^(.*)_sum$/.exec(sum.name)?.[1];
    const count = base === undefined ? undefined : rates.get(`${base}_count`);
    if (base === undefined || count === undefined || !TIMED.test(base) || /bytes|size/i.test(base)) return [];
    return [{ measure: 'latency' as const, share: false, series: { ...sum, name: base, samples: ratioOf(sum.samples, count.samples) } }];
  });
}

/** Requests by their outcome, where a label tells it. */
function failures(all: readonly MetricSeries[]): readonly DerivedSeries[] {
  const requests = all.filter((series) => REQUESTS.test(series.name) && isCounter(series) && outcomeOf(series.labels) !== undefined);
  return [...Map.groupBy(requests, ({ name }) => name).values()].flatMap((of) => {
    const whole = counted(of);
    const failed = of.filter(({ labels }) => FAILED.test(outcomeOf(labels) ?? ''));
    const none: Samples = whole.samples.map(([at]) => [at, 0]);
    const part = failed.length === 0 ? none : sumOf([none, counted(failed).samples]);
    return [
      { measure: 'errors' as const, share: true, series: { ...whole, name: `${whole.name} that fail`, samples: ratioOf(part, whole.samples) } },
      { measure: 'requests' as const, share: false, series: whole },
    ];
  });
}

function outcomeOf(labels: MetricSeries['labels']): string | undefined {
  const key = OUTCOME.find((name) => labels[name] !== undefined);
  return key === undefined ? undefined : labels[key];
}

interface Part {
  readonly measure: MeasureName;
  readonly part: RegExp;
  readonly whole: RegExp;
}

/** Two counters of which one is a share of the other. */
const PARTS: readonly Part[] = [
  { measure: 'throttling', part: /throttled_periods/i, whole: /(?:cfs|cpu)_periods/i },
  { measure: 'retransmissions', part: /retrans/i, whole: /out_?segs/i },
  {
    measure: 'packet_loss',
    part: /receive_(?:drop|errs|packets_dropped)|packets_dropped|drop_total/i,
    whole: /receive_packets(?:_total)?$|packets_(?:received_)?total$/i,
  },
];

function partsOf(rates: Rates, { measure, part, whole }: Part): readonly DerivedSeries[] {
  const of = (pattern: RegExp): Samples => sumOf([...rates].flatMap(([name, { samples }]) => (pattern.test(name) ? [samples] : [])));
  const [first] = [...rates.values()].filter(({ name }) => part.test(name));
  if (first === undefined) return [];
  const shares = ratioOf(of(part), of(whole));
  return [{ measure, share: shares.length > 0, series: { ...first, samples: shares.length > 0 ? shares : of(part) } }];
}

/** Counters that say by themselves what they measure. */
function plainRates(rates: Rates): readonly DerivedSeries[] {
  return [...rates.values()].flatMap((series) => {
    const told = PARTS.some(({ part, whole }) => part.test(series.name) || whole.test(series.name)) || /_(?:sum|count)$/.test(series.name);
    const measure = told ? undefined : seriesMeasure(series);
    return measure === undefined || measure === 'latency' ? [] : [{ measure, series, share: false }];
  });
}
