import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { LocalEngine } from '../client/local.ts';
import type { InvestigationEvent } from '../domain/investigation-event.ts';
import type { Report } from '../domain/report.ts';
import type { Answered } from '../http/app.ts';

const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const STAGE_SECONDS = [0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 15, 60, 120];

/** What is read at the moment somebody asks. */
export interface Now {
  readonly waiting: () => Promise<number>;
  readonly running: () => number;
  readonly streams: () => number;
}

/** What Prometheus scrapes. No label takes a value that comes from outside: routes, stages and verdicts can be counted. */
export class ServerMetrics {
  readonly #registry = new Registry();
  readonly #requests = this.#histogram('http_request_duration_seconds', 'Time to answer a request', ['method', 'route', 'status'], REQUEST_SECONDS);
  readonly #investigations = this.#counter('investigations_total', 'Investigations that ended', ['status', 'verdict']);
  readonly #duration = this.#histogram('investigation_duration_seconds', 'Time of an investigation', ['status'], STAGE_SECONDS);
  readonly #stages = this.#histogram('stage_duration_seconds', 'Time of a stage of an investigation', ['stage'], STAGE_SECONDS);
  readonly #tokens = this.#counter('llm_tokens_total', 'Tokens of the language model', ['direction']);
  readonly #clusterRequests = this.#counter('cluster_requests_total', 'Requests to the API server of the cluster', []);

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Adds what is not counted but looked up. A queue that cannot be read has no value, and the rest is still told. */
  show({ waiting, running, streams }: Now): void {
    this.#gauge('queue_waiting', 'Investigations that wait', waiting);
    this.#gauge('investigations_running', 'Investigations under way in this process', async () => running());
    this.#gauge('event_streams_open', 'Streams of events that clients hold open', async () => streams());
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  answered({ method, route, status, ms }: Answered): void {
    this.#requests.observe({ method: route === null ? 'other' : method, route: route ?? 'none', status: String(status) }, ms / 1_000);
  }

  /** The same engine, with its runs counted. */
  watching(investigate: LocalEngine['investigate']): LocalEngine['investigate'] {
    const metrics = this;
    return async function* watched(request, signal) {
      let report: Report | undefined;
      const startedAt = performance.now();
      try {
        for await (const event of investigate(request, signal)) {
          metrics.#told(event);
          if (event.type === 'report-completed') ({ report } = event);
          yield event;
        }
      } finally {
        metrics.#ended(report, (performance.now() - startedAt) / 1_000, signal.aborted);
      }
    };
  }

  #told(event: InvestigationEvent): void {
    if (event.type === 'stage-completed') this.#stages.observe({ stage: event.stage }, event.duration_ms / 1_000);
  }

  #ended(report: Report | undefined, seconds: number, wasAborted: boolean): void {
    const status = wasAborted ? 'cancelled' : (report?.status ?? 'failed');
    this.#investigations.inc({ status, verdict: report?.verdict ?? 'none' });
    this.#duration.observe({ status }, seconds);
    if (report === undefined) return;
    this.#clusterRequests.inc(report.engine.api_requests);
    const { llm } = report.engine;
    if (llm === null) return;
    this.#tokens.inc({ direction: 'read' }, llm.input_tokens);
    this.#tokens.inc({ direction: 'written' }, llm.output_tokens);
  }

  #counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ name: `sre_orch_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #histogram<L extends string>(name: string, help: string, labelNames: readonly L[], buckets: number[]): Histogram<L> {
    return new Histogram({ name: `sre_orch_${name}`, help, labelNames, buckets, registers: [this.#registry] });
  }

  #gauge(name: string, help: string, value: () => Promise<number>): void {
    new Gauge({
      name: `sre_orch_${name}`,
      help,
      registers: [this.#registry],
      async collect() {
        this.set(await value().catch(() => Number.NaN));
      },
    });
  }
}
