import { counted } from '../../../domain/counted.ts';
import type { RecordedLogs } from '../snapshot-info.ts';
import type { WriteSnapshotOptions } from '../write-snapshot.ts';
import { byTelling, type LoggedPod } from './log-plan.ts';
import { type LogLimits, readPodLogs } from './pod-logs.ts';
import type { SnapshotSink } from './snapshot-sink.ts';

/** How much of a cluster's logs a dump takes. */
export interface LogBudget extends LogLimits {
  readonly maxPods: number;
  /** Of all logs together. */
  readonly maxTotalBytes: number;
}

/** 20 GiB of logs are no dump, and 5,000 requests are a burden on a cluster in trouble. */
export const DEFAULT_LOG_BUDGET: LogBudget = { tailLines: 5_000, maxBytes: 2 ** 20, maxPods: 500, maxTotalBytes: 256 * 2 ** 20 };

/** At once; a cluster in trouble is not to be burdened by who looks at it. */
const PARALLEL = 4;

export interface LogWriterOptions extends Pick<WriteSnapshotOptions, 'reader' | 'redactor' | 'signal'> {
  readonly budget: LogBudget;
  readonly sink: SnapshotSink;
  readonly onPod: (pod: LoggedPod) => void;
}

/** Writes the logs of pods into a dump, the most telling first, as far as the budget goes. */
export class LogWriter {
  readonly #options: LogWriterOptions;
  readonly #cut: string[] = [];
  #pods = 0;
  #bytes = 0;
  #files = 0;
  #leftOut = 0;

  constructor(options: LogWriterOptions) {
    this.#options = options;
  }

  get files(): number {
    return this.#files;
  }

  /** What the budget kept out of the dump. */
  get recorded(): RecordedLogs {
    const { maxPods, maxTotalBytes } = this.#options.budget;
    const limit = this.#pods >= maxPods ? `${maxPods} pods` : `${Math.round(maxTotalBytes / 2 ** 20)} MiB`;
    return {
      cut: this.#cut,
      ...(this.#leftOut === 0
        ? {}
        : {
            leftOut: { pods: this.#leftOut, reason: `only the logs of ${counted(this.#pods, 'pod')} were read, the most telling first: the limit is ${limit}` },
          }),
    };
  }

  /** Returns or throws only after the last write has ended: nothing may be written into what is being removed. */
  async write(pods: readonly LoggedPod[]): Promise<void> {
    const stop = new AbortController();
    const signal = AbortSignal.any([this.#options.signal, stop.signal]);
    const queue = byTelling(pods).values();
    const work = async (): Promise<void> => {
      for (const pod of queue) {
        signal.throwIfAborted();
        if (this.#take()) await this.#writePod(pod, signal);
        else this.#leftOut++;
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, () => work().catch((error: unknown) => stop.abort(error))));
    signal.throwIfAborted();
  }

  #take(): boolean {
    const { maxPods, maxTotalBytes } = this.#options.budget;
    if (this.#pods >= maxPods || this.#bytes >= maxTotalBytes) return false;
    this.#pods++;
    return true;
  }

  async #writePod(pod: LoggedPod, signal: AbortSignal): Promise<void> {
    const { reader, redactor, budget, sink, onPod } = this.#options;
    onPod(pod);
    const { tailLines, maxBytes } = budget;
    const { current, previous, cut } = await readPodLogs(reader, pod, { tailLines, maxBytes }, signal);
    this.#cut.push(...cut);
    for (const [name, text] of [
      ['logs.txt', current],
      ['logs-previous.txt', previous],
    ] as const) {
      if (text === '') continue;
      this.#bytes += Buffer.byteLength(text);
      await sink.write(`${pod.namespace}/${pod.name}/${name}`, redactor.text(text));
      this.#files++;
    }
  }
}
