import { EventRecorder } from '../../client/event-recorder.ts';
import type { LocalEngine } from '../../client/local.ts';
import type { InvestigationEvent } from '../../domain/investigation-event.ts';
import { asCoded } from '../../errors/coded-error.ts';
import type { Log } from '../../log/open-log.ts';
import type { IncidentRepository } from '../../store/incident-repository.ts';
import type { Job } from '../../store/job-queue.ts';
import { type Correlation, correlated, resumed } from '../../trace/correlation.ts';
import type { SpanRecorder } from '../../trace/finished-span.ts';
import { type OpenSpan, openSpan } from '../../trace/span.ts';
import type { WakeUps } from '../wake-ups.ts';
import { insist } from './insist.ts';

const FLUSH_MS = 200;

export interface RunOptions {
  readonly store: IncidentRepository;
  readonly investigate: LocalEngine['investigate'];
  readonly wakeUps: WakeUps;
  readonly log: Log;
  readonly now: () => Date;
  /** Where spans go; undefined: nobody records them. */
  readonly recorder?: SpanRecorder | undefined;
}

/** One investigation of this process, from its start to what is kept of its end. */
export class RunningJob {
  /** Resolves when nothing of it goes on here, and never rejects. */
  readonly ended: Promise<void>;
  readonly #options: RunOptions;
  readonly #job: Job;
  readonly #log: Log;
  readonly #correlation: Correlation;
  readonly #recorder: EventRecorder;
  readonly #abort = new AbortController();
  #cancelled = false;
  #handedOver = false;

  constructor(job: Job, options: RunOptions) {
    const { incidentId } = job.request;
    this.#options = options;
    this.#job = job;
    this.#log = options.log;
    this.#correlation = resumed(job.carried, incidentId, options.recorder);
    this.#recorder = new EventRecorder(options.store, incidentId, () => options.now().getTime());
    this.ended = this.#begin();
  }

  /** It ends with a report of what is known. */
  cancel(): void {
    this.#cancelled = true;
    this.#abort.abort();
  }

  /** Nothing more of it is kept: another process has it, or will begin it again. */
  handOver(): void {
    this.#handedOver = true;
    this.#abort.abort();
    correlated(this.#correlation, () => this.#log.info({}, 'handed over'));
  }

  /** Below the request that asked for it, which may have been another process's. */
  #begin(): Promise<void> {
    const { request, attempts } = this.#job;
    const ids = { 'sre_orch.incident_id': request.incidentId, 'sre_orch.correlation_id': this.#correlation.correlationId };
    const span = openSpan('investigate', { attributes: { ...ids, 'sre_orch.attempt': attempts } }, this.#correlation);
    return correlated(span.correlation, () => this.#run(span));
  }

  async #run(span: OpenSpan): Promise<void> {
    const startedAt = performance.now();
    this.#log.info({ attempts: this.#job.attempts }, 'investigation started');
    const timer = setInterval(() => void this.#flush(), FLUSH_MS);
    try {
      for await (const event of this.#options.investigate(this.#job.request, this.#abort.signal)) {
        if (this.#handedOver) return;
        await this.#keep(event);
        if (event.type !== 'report-completed') continue;
        const { verdict, engine } = event.report;
        span.set({ 'sre_orch.verdict': verdict, 'sre_orch.cluster_requests': engine.api_requests });
        this.#log.info({ verdict, ms: Math.round(performance.now() - startedAt) }, 'investigation ended');
      }
    } catch (error) {
      span.end(asCoded(error).code);
      await this.#fail(error);
    } finally {
      clearInterval(timer);
      span.end();
    }
  }

  async #keep(event: InvestigationEvent): Promise<void> {
    // Events that the store does not take now go with the next ones; the report is what all was for.
    if (event.type !== 'report-completed') return this.#guarded(() => this.#recorder.record(event));
    const report = this.#cancelled ? { ...event.report, status: 'cancelled' as const } : event.report;
    await this.#insist(() => this.#recorder.record({ ...event, report }));
  }

  async #fail(error: unknown): Promise<void> {
    const { code, message } = asCoded(error);
    this.#log.warn({ code }, 'investigation failed');
    const { store, now } = this.#options;
    await this.#guarded(() => this.#insist(() => store.fail(this.#job.request.incidentId, message, now().toISOString())));
  }

  async #flush(): Promise<void> {
    if (this.#handedOver) return;
    await this.#guarded(() => this.#recorder.flush());
    this.#options.wakeUps.changed(this.#job.request.incidentId);
  }

  async #insist(work: () => Promise<void>): Promise<void> {
    const onFailure = (error: unknown): void => this.#log.error({ code: asCoded(error).code }, 'the store does not keep the end of a run; tried again');
    await insist(work, { isGivenUp: () => this.#handedOver, onFailure });
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#log.error({ code: asCoded(error).code }, 'the store does not keep what was found');
    }
  }
}
