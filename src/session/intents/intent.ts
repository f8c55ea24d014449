import type { Report } from '../../domain/report.ts';
import type { Ask, ReportPart } from '../ask.ts';

/** One way to say something that is not the description of an incident. */
export interface Intent {
  /** Tried on the line in lower case, without the stop at its end. */
  readonly pattern: RegExp;
  /** undefined: it was meant otherwise. `groups`: those of the pattern. */
  readonly ask: (groups: readonly (string | undefined)[], report: Report | undefined) => Ask | undefined;
}

export const part =
  (ask: ReportPart): Intent['ask'] =>
  () => ({ ask });
