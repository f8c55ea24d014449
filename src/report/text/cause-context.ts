import type { Report } from '../../domain/report.ts';

/** What the sections of one cause need besides the cause itself. */
export interface CauseContext {
  readonly report: Report;
  readonly verbose: boolean;
}
