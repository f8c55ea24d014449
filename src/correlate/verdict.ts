import type { Verdict } from '../domain/report.ts';

interface VerdictInput {
  readonly roots: number;
  readonly unexplained: number;
  /** Causes that fell because nothing proves them: the question stays open. */
  readonly unproven: number;
  readonly unseen: number;
}

/** "No fault" is said only of what was seen in full and shows no trouble. */
export function verdictOf({ roots, unexplained, unproven, unseen }: VerdictInput): Verdict {
  if (roots > 0) return 'root-cause-found';
  return unexplained + unproven + unseen > 0 ? 'undetermined' : 'no-fault-found';
}
