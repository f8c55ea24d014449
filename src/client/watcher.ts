import type { InvestigationEvent } from '../domain/investigation-event.ts';
import type { ColorDepth } from '../report/paint.ts';

/** A screen on which a person watches a run. */
export interface Watcher {
  show(event: InvestigationEvent): void;
  /** A line that is no event of the run. */
  warn(text: string): void;
  /** Leaves what is finished in the scrollback and takes the rest away. */
  end(): Promise<void>;
}

export interface WatchOptions {
  readonly stream: NodeJS.WriteStream;
  readonly color: ColorDepth;
  readonly unicode: boolean;
  /** Aborted when a person asked for the end of the run. */
  readonly stopping: AbortSignal;
  /** When the run began, as performance.now() tells it. */
  readonly startedAt: number;
}
