import type { IncidentStatus, Verdict } from './report.ts';

/** One row of `list`: what is known of an investigation without its report. */
export interface Incident {
  readonly incident_id: string;
  readonly description: string;
  readonly status: IncidentStatus;
  readonly created_at: string;
  readonly completed_at: string | null;
  readonly namespaces: readonly string[];
  readonly verdict: Verdict | null;
  readonly cause_id: string | null;
  readonly title: string | null;
  readonly object: string | null;
  readonly confidence_score: string | null;
  readonly error_message: string | null;
}
