import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Answered } from '../http/app.ts';
import type { AccessAnswer } from '../protocol/agent.ts';
import type { SharedReads } from './shared-reads.ts';

const SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 12];

/** What is read at the moment somebody asks. */
export interface Now {
  readonly reads: Pick<SharedReads<never>, 'counts' | 'underWay'>;
  readonly seen: () => AccessAnswer;
}

/** What Prometheus scrapes of the agent. No label takes a value that comes from outside. */
export class AgentMetrics {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({
    name: 'sre_orch_agent_http_request_duration_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [this.#registry],
  });

  constructor({ reads, seen }: Now) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    new Counter({
      name: 'sre_orch_agent_reads_total',
      help: 'Reads that callers asked for: sent to the cluster, shared with an equal one under way, or answered again',
      labelNames: ['by'],
      registers,
      collect() {
        this.reset();
        for (const [by, count] of Object.entries(reads.counts)) this.inc({ by }, count);
      },
    });
    const gauge = (name: string, help: string, value: () => number): Gauge =>
      new Gauge({
        name: `sre_orch_agent_${name}`,
        help,
        registers,
        collect() {
          this.set(value());
        },
      });
    gauge('reads_under_way', 'Different reads that are not answered yet', () => reads.underWay);
    gauge('ready', 'Whether the cluster was reached, and something of it may be read', () => Number(seen().ready));
    gauge('api_reachable', 'Whether the API server answered when it was last asked', () => Number(seen().api.reachable));
    gauge('permissions_missing', 'Permissions that investigations make use of, and that the agent lacks', () => seen().missing.length);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  answered({ method, route, status, ms }: Answered): void {
    this.#requests.observe({ method: route === null ? 'other' : method, route: route ?? 'none', status: String(status) }, ms / 1_000);
  }
}
