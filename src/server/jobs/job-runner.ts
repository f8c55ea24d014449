import { EventRecorder } from '../../client/event-recorder.ts';
import type { LocalEngine } from '../../client/local.ts';
import type { Report } from '../../domain/report.ts';
import { asCoded } from '../../errors/coded-error.ts';
import type { Log } from '../../log/open-log.ts';
import type { IncidentRepository } from '../../store/incident-repository.ts';
import type { Job, JobQueue } from '../../store/job-queue.ts';
import type { WakeUps } from './wake-ups.ts';

const FLUSH_MS = 200;
/** For what another process put into the same file, and after a store that failed. */
const LOOK_MS = 2_000;

export interface JobRunnerOptions {
  readonly queue: JobQueue;
  readonly store: IncidentRepository;
  readonly investigate: LocalEngine['investigate'];
  readonly atOnce: number;
  readonly wakeUps: WakeUps;
  readonly log: Log;
  readonly now: () => Date;
}

interface Running {
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  cancelled: boolean;
  /** Its events and its report are not kept any more: another process will begin it again. */
  handedOver: boolean;
}

/** Takes what waits, a few at a time, and keeps what comes of it. */
export class JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #running = new Map<string, Running>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  /** The one look at the queue that is under way, and whether another was asked for meanwhile. */
  #looking: Promise<void> | undefined;
  #lookAgain = false;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
  }

  get running(): number {
    return this.#running.size;
  }

  async start(): Promise<void> {
    const { queue, now, log } = this.#options;
    const again = await queue.takeOver(now().toISOString());
    if (again > 0) log.info({ jobs: again }, 'took over what a process left behind');
    this.#timer = setInterval(() => this.look(), LOOK_MS);
    this.look();
  }

  /** Begins what waits, as far as there is room. */
  look(): void {
    this.#lookAgain = true;
    this.#looking ??= this.#fill().finally(() => {
      this.#looking = undefined;
    });
  }

  /** The run ends with a report of what is known. False where it does not run here. */
  cancel(incidentId: string): boolean {
    const running = this.#running.get(incidentId);
    if (running === undefined) return false;
    running.cancelled = true;
    running.abort.abort();
    return true;
  }

  /** Begins nothing more, waits for what runs, and after the grace period puts the rest back into the queue. */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#looking;
    const all = Promise.all([...this.#running.values()].map(({ ended }) => ended));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([all, late]);
    clearTimeout(timer);
    for (const [incidentId, running] of this.#running) {
      running.handedOver = true;
      await this.#guarded(this.#options.log, () => this.#options.queue.giveBack(incidentId));
      running.abort.abort();
      this.#options.log.info({ incident_id: incidentId }, 'handed over');
    }
  }

  async #fill(): Promise<void> {
    try {
      while (this.#lookAgain) {
        this.#lookAgain = false;
        while (!this.#stopped && this.#running.size < this.#options.atOnce) {
          const job = await this.#options.queue.take();
          if (job === undefined) break;
          this.#begin(job);
        }
      }
    } catch (error) {
      // A store that fails now may answer in two seconds.
      this.#options.log.error({ code: asCoded(error).code }, 'the queue could not be read');
    }
  }

  #begin(job: Job): void {
    const { incidentId } = job.request;
    const { promise, resolve } = Promise.withResolvers<void>();
    const running: Running = { abort: new AbortController(), ended: promise, cancelled: false, handedOver: false };
    this.#running.set(incidentId, running);
    void this.#run(job, running).finally(() => {
      this.#running.delete(incidentId);
      this.#options.wakeUps.changed(incidentId);
      resolve();
      this.look();
    });
  }

  async #run({ request, attempts }: Job, running: Running): Promise<void> {
    const { store, investigate, wakeUps, now } = this.#options;
    const { incidentId } = request;
    const log = this.#options.log.child({ incident_id: incidentId });
    const recorder = new EventRecorder(store, incidentId, () => now().getTime());
    const keep = async (): Promise<void> => {
      if (running.handedOver) return;
      await recorder.flush();
      wakeUps.changed(incidentId);
    };
    const startedAt = performance.now();
    log.info({ attempts }, 'investigation started');
    const timer = setInterval(() => void this.#guarded(log, keep), FLUSH_MS);
    try {
      for await (const event of investigate(request, running.abort.signal)) {
        if (running.handedOver) return;
        await recorder.record(event.type === 'report-completed' ? { ...event, report: asEnded(event.report, running) } : event);
        if (event.type === 'report-completed')
          log.info({ verdict: event.report.verdict, ms: Math.round(performance.now() - startedAt) }, 'investigation ended');
      }
    } catch (error) {
      const { code, message } = asCoded(error);
      log.warn({ code }, 'investigation failed');
      if (!running.handedOver) await this.#guarded(log, () => store.fail(incidentId, message, now().toISOString()));
    } finally {
      clearInterval(timer);
    }
  }

  async #guarded(log: Log, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.error({ code: asCoded(error).code }, 'the store does not keep what was found');
    }
  }
}

function asEnded(report: Report, { cancelled }: Running): Report {
  return cancelled ? { ...report, status: 'cancelled' } : report;
}
