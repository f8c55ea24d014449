import type { Said } from './said.ts';
import type { Means } from './situation.ts';

/**
 * Somebody who may answer a line in plain words. They are asked in order; the first that takes it answers it. A model takes its
 * place before the last, who takes every line as the description of an incident.
 */
export interface Answerer {
  /** As /model tells it. */
  readonly name: string;
  /** The language model that it asks; undefined: none. */
  readonly model?: string | undefined;
  /** undefined: it is not for this one. */
  answer(text: string, means: Means, signal: AbortSignal): AsyncIterable<Said> | undefined;
}
