import type { Incident } from '../domain/incident.ts';
import type { InvestigationEvent } from '../domain/investigation-event.ts';
import type { InvestigationRequest } from '../domain/investigation-request.ts';
import type { IncidentStatus, Report } from '../domain/report.ts';
import type { Feedback, NewFeedback } from '../protocol/feedback.ts';
import type { IncidentFilter } from '../store/incident-repository.ts';

/** All that commands and the terminal know of the engine, in this process or behind a server. */
export interface InvestigationClient {
  /** What the log of a server knows its requests by; undefined in this process. */
  readonly correlationId?: string;
  /** Events of one run, in order; the last is `report-completed`. Aborting stops the reading, not the report. */
  investigate(request: InvestigationRequest, signal: AbortSignal): AsyncIterable<InvestigationEvent>;
  /** By id, unique prefix or `last`. Throws INCIDENT_NOT_FOUND, INCIDENT_AMBIGUOUS, INCIDENT_WITHOUT_REPORT. */
  report(id: string): Promise<Report>;
  /** The events of a run that is stored, from its first; while it goes on, new ones as they come. */
  follow(id: string, signal: AbortSignal): AsyncIterable<InvestigationEvent>;
  incidents(filter: IncidentFilter): Promise<readonly Incident[]>;
}

/** What is done about an investigation that is stored; each by id, unique prefix or `last`. */
export interface IncidentClient extends InvestigationClient {
  /** The same question once more, as a new incident under the id `as`; a server gives one of its own. */
  rerun(id: string, as: string, signal: AbortSignal): AsyncIterable<InvestigationEvent>;
  /** What is known by then becomes its report. Throws INCIDENT_ENDED. */
  cancel(id: string): Promise<Cancelled>;
  /** Keeps what somebody says of the named cause. */
  tell(id: string, feedback: NewFeedback): Promise<Feedback>;
  /** What was said of it, oldest first. */
  told(id: string): Promise<readonly Feedback[]>;
}

export interface Cancelled {
  readonly incident_id: string;
  /** `cancelled`: it had not begun. Else it goes on until its report is there. */
  readonly status: IncidentStatus;
}
