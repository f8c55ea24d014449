import { asCoded } from '../../errors/coded-error.ts';
import type { JobQueue } from '../../store/job-queue.ts';
import { RunningJob, type RunOptions } from './running-job.ts';

/** For what another process put into the store, and after a store that failed. */
const LOOK_MS = 2_000;
const BEAT_MS = 5_000;

export interface JobRunnerOptions extends RunOptions {
  readonly queue: JobQueue;
  readonly atOnce: number;
  /** How often it is told that this process is at work, and looked whether others are; a third of a lease. */
  readonly beatMs?: number;
}

/** Takes what waits, a few at a time, and keeps what comes of it. */
export class JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #running = new Map<string, RunningJob>();
  #timers: readonly NodeJS.Timeout[] = [];
  #stopped = false;
  /** The one look at the queue that is under way, and whether another was asked for meanwhile. */
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #beating: Promise<void> | undefined;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
  }

  get running(): number {
    return this.#running.size;
  }

  async start(): Promise<void> {
    const beat = (): Promise<void> => {
      this.#beating ??= this.#beat().finally(() => {
        this.#beating = undefined;
      });
      return this.#beating;
    };
    this.#timers = [setInterval(() => void beat(), this.#options.beatMs ?? BEAT_MS), setInterval(() => this.look(), LOOK_MS)];
    await beat();
    this.look();
  }

  /** Begins what waits, as far as there is room. */
  look(): void {
    this.#lookAgain = true;
    this.#looking ??= this.#guarded('the queue could not be read', () => this.#fill()).finally(() => {
      this.#looking = undefined;
    });
  }

  /** The run ends with a report of what is known. False where it does not run here. */
  cancel(incidentId: string): boolean {
    const running = this.#running.get(incidentId);
    running?.cancel();
    return running !== undefined;
  }

  /** Begins nothing more, waits for what runs, and after the grace period puts the rest back into the queue. */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    await this.#looking;
    const all = Promise.all([...this.#running.values()].map(({ ended }) => ended));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([all, late]);
    clearTimeout(timer);
    // Until here others shall know that this process is at work.
    for (const each of this.#timers) clearInterval(each);
    await this.#beating;
    const { queue, now } = this.#options;
    for (const [incidentId, running] of this.#running) {
      running.handOver();
      await this.#guarded('what runs could not be handed over', () => queue.giveBack(incidentId, now().toISOString()));
    }
  }

  async #fill(): Promise<void> {
    while (this.#lookAgain) {
      this.#lookAgain = false;
      while (!this.#stopped && this.#running.size < this.#options.atOnce) {
        const job = await this.#options.queue.take();
        if (job === undefined) break;
        this.#begin(job.request.incidentId, new RunningJob(job, this.#options));
      }
    }
  }

  #begin(incidentId: string, job: RunningJob): void {
    this.#running.set(incidentId, job);
    void job.ended.then(() => {
      this.#running.delete(incidentId);
      this.#options.wakeUps.changed(incidentId);
      this.look();
    });
  }

  /** Tells that this process is at work, hears what was asked of its work, and takes over what others left behind. */
  async #beat(): Promise<void> {
    const { queue, now, log } = this.#options;
    await this.#guarded('the queue could not be told of what runs', async () => {
      const asked = new Map(this.#running);
      const { own, cancelled } = await queue.beat([...asked.keys()]);
      for (const [incidentId, job] of asked) {
        // What has ended meanwhile is nobody's any more.
        if (!own.has(incidentId) && this.#running.has(incidentId)) job.handOver();
        else if (cancelled.has(incidentId)) job.cancel();
      }
      const again = await queue.takeOver(now().toISOString());
      if (again === 0) return;
      log.info({ jobs: again }, 'took over what a process left behind');
      this.look();
    });
  }

  /** A store that fails now may answer in two seconds. */
  async #guarded(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.log.error({ code: asCoded(error).code }, what);
    }
  }
}
