import type { InvestigationEvent } from '../domain/investigation-event.ts';
import type { Run } from './run.ts';

/** One step of the way of the data. Stages that read stop when `signal` aborts; pure ones finish. Returns a line for the steps. */
export interface Stage {
  readonly name: string;
  run(run: Run, signal: AbortSignal): AsyncGenerator<InvestigationEvent, string>;
}
