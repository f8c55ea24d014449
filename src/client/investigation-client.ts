import type { Incident } from '../domain/incident.ts';
import type { InvestigationEvent } from '../domain/investigation-event.ts';
import type { InvestigationRequest } from '../domain/investigation-request.ts';
import type { Report } from '../domain/report.ts';
import type { IncidentFilter } from '../store/incident-repository.ts';

/** All that commands and the terminal know of the engine, in this process or behind a server. */
export interface InvestigationClient {
  /** Events of one run, in order; the last is `report-completed`. Aborting stops the reading, not the report. */
  investigate(request: InvestigationRequest, signal: AbortSignal): AsyncIterable<InvestigationEvent>;
  /** By id, unique prefix or `last`. Throws INCIDENT_NOT_FOUND, INCIDENT_AMBIGUOUS, INCIDENT_WITHOUT_REPORT. */
  report(id: string): Promise<Report>;
  /** The events of a run that is stored, from its first; while it goes on, new ones as they come. */
  follow(id: string, signal: AbortSignal): AsyncIterable<InvestigationEvent>;
  incidents(filter: IncidentFilter): Promise<readonly Incident[]>;
}
