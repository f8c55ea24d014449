import { gap } from '../../domain/gap.ts';
import type { MetricSeries } from '../../domain/telemetry.ts';
import type { MetricSource, TelemetryQuestion, Told } from '../telemetry-source.ts';
import { METRIC_QUERIES, type MetricQuery, namespaceMatcher } from './metric-queries.ts';
import type { ServerAccess } from './server-access.ts';
import { TelemetryServer } from './telemetry-server.ts';

const AT_ONCE = 4;
const MAX_POINTS = 120;
const SHORTEST_STEP_S = 15;
const SHORTEST_WINDOW_S = 120;
const MAX_SERIES = 500;
const LIMITS = { maxBytes: 8 * 2 ** 20, timeoutMs: 5_000 };
const NO_MATRIX = 'its answer is no matrix of series';
/** For all questions together: the rest of an investigation does not wait longer. */
const TOTAL_MS = 10_000;

/** Prometheus' HTTP API, and all that speak it (Thanos, Mimir, VictoriaMetrics). */
export class Prometheus extends TelemetryServer implements MetricSource {
  constructor(access: ServerAccess) {
    super(access, LIMITS);
  }

  /** The series of a bounded set of questions. One question goes first: a server that does not answer it is asked no more. */
  async series(question: TelemetryQuestion, signal: AbortSignal): Promise<Told<MetricSeries>> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(TOTAL_MS)]);
    const [first, ...rest] = METRIC_QUERIES;
    const told: Told<MetricSeries>[] = [];
    const ask = async (query: MetricQuery | undefined): Promise<void> => {
      if (query !== undefined) told.push(await this.#ask(query, question, { signal, limited }));
    };
    await ask(first);
    if (told.some(({ gaps, items }) => gaps.length > 0 && items.length === 0)) return joined(told);
    const queue = rest.values();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const query of queue) await ask(query);
      }),
    );
    return joined(told);
  }

  async query(expression: string, { since, until }: { readonly since: string; readonly until: string }, signal: AbortSignal): Promise<Told<MetricSeries>> {
    const [start, end] = [Date.parse(since) / 1000, Date.parse(until) / 1000];
    const step = Math.max(SHORTEST_STEP_S, Math.ceil((end - start) / MAX_POINTS));
    const params = { query: expression, start: String(start), end: String(end), step: String(step), timeout: `${LIMITS.timeoutMs / 1000}s` };
    const what = `metrics of ${this.label}`;
    const answer = await this.get({ path: '/api/v1/query_range', params }, signal);
    if (answer.status !== 'found') return this.nothing(what, answer);
    const series = matrixIn(answer.value, 'value');
    return series === undefined ? this.otherThan(what, NO_MATRIX) : { items: series.slice(0, MAX_SERIES), gaps: [] };
  }

  async probe(signal: AbortSignal): Promise<Told<string>> {
    const answer = await this.get({ path: '/api/v1/query', params: { query: 'vector(1)' } }, signal);
    if (answer.status !== 'found') return this.nothing(`Prometheus ${this.label}`, answer);
    const isOne = (answer.value as { status?: unknown } | null)?.status === 'success';
    if (!isOne) return this.otherThan(`Prometheus ${this.label}`, 'what answers there is no Prometheus');
    return { items: ['its API answers'], gaps: [] };
  }

  async #ask(
    { name, expression }: MetricQuery,
    question: TelemetryQuestion,
    { signal, limited }: { signal: AbortSignal; limited: AbortSignal },
  ): Promise<Told<MetricSeries>> {
    const what = `metrics of ${this.label}`;
    const [start, end] = [Date.parse(question.since) / 1000, Date.parse(question.until) / 1000];
    const step = Math.max(SHORTEST_STEP_S, Math.ceil((end - start) / MAX_POINTS));
    const matching = (label: string): string => namespaceMatcher(label, question.namespaces);
    const query = expression({ inNamespaces: matching('namespace'), matching, window: `${Math.max(SHORTEST_WINDOW_S, 4 * step)}s` });
    const params = { query, start: String(start), end: String(end), step: String(step), timeout: `${LIMITS.timeoutMs / 1000}s` };
    try {
      const answer = await this.get({ path: '/api/v1/query_range', params }, limited);
      if (answer.status !== 'found') return this.nothing(what, answer);
      const series = matrixIn(answer.value, name);
      if (series === undefined) return this.otherThan(what, NO_MATRIX);
      const cut = gap(what, 'truncated', 'a narrower scope', `only the first ${MAX_SERIES} of ${series.length} series of ${name} were kept`);
      return { items: series.slice(0, MAX_SERIES), gaps: series.length > MAX_SERIES ? [cut] : [] };
    } catch (error) {
      signal.throwIfAborted();
      if (!limited.aborted) throw error;
      return { items: [], gaps: [gap(what, 'timed-out', `a faster answer of ${this.label}`, `not all questions were answered within ${TOTAL_MS / 1000} s`)] };
    }
  }
}

function joined(told: readonly Told<MetricSeries>[]): Told<MetricSeries> {
  return { items: told.flatMap(({ items }) => items), gaps: told.flatMap(({ gaps }) => gaps) };
}

interface Range {
  readonly metric?: Readonly<Record<string, unknown>>;
  readonly values?: readonly (readonly [unknown, unknown])[];
}

/** The answer of a range query as series; undefined where it is something else. What is no number in it is left out. */
function matrixIn(value: unknown, name: string): MetricSeries[] | undefined {
  const { status, data } = (value ?? {}) as { status?: unknown; data?: { resultType?: unknown; result?: unknown } };
  if (status !== 'success' || data?.resultType !== 'matrix' || !Array.isArray(data.result)) return undefined;
  return (data.result as readonly Range[]).flatMap(({ metric = {}, values }) => {
    const samples = (Array.isArray(values) ? values : [])
      .map(([at, sample]) => [Number(at), Number(sample)] as const)
      .filter((pair) => pair.every(Number.isFinite));
    const labels = Object.fromEntries(
      Object.entries(metric).filter((label): label is [string, string] => typeof label[1] === 'string' && label[0] !== '__name__'),
    );
    return samples.length === 0 ? [] : [{ name, labels, samples }];
  });
}
