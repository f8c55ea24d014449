import type { Incident } from '../domain/incident.ts';
import type { InvestigationEvent } from '../domain/investigation-event.ts';
import type { IncidentStatus, Report } from '../domain/report.ts';

export interface NewIncident {
  readonly incidentId: string;
  readonly description: string;
  readonly createdAt: string;
}

export interface IncidentFilter {
  readonly status?: IncidentStatus;
  readonly namespace?: string;
  /** Only what is of these namespaces and of no other. */
  readonly within?: readonly string[];
  /** A part of the cause's id or title, in any case. */
  readonly cause?: string;
  /** ISO 8601: only what began then or later. */
  readonly since?: string;
  /** Only what stands behind this incident in the list. */
  readonly before?: string | undefined;
  readonly limit?: number;
}

/** `reportText` is the report as it was kept; `report` is read from it when it is asked for. */
export interface KeptIncident {
  readonly status: 'found';
  readonly incident: Incident;
  readonly reportText: string | null;
  readonly report: Report | null;
}

/** What `find` answers: a prefix may name none, one or several. */
export type FoundIncident = KeptIncident | { readonly status: 'not-found' } | { readonly status: 'ambiguous'; readonly candidates: readonly string[] };

/** Where investigations are kept. What `create` has returned from survives kill -9. */
export interface IncidentRepository extends AsyncDisposable {
  create(incident: NewIncident): Promise<void>;
  appendEvents(incidentId: string, events: readonly InvestigationEvent[]): Promise<void>;
  complete(report: Report): Promise<void>;
  fail(incidentId: string, message: string, at: string): Promise<void>;
  /** Whether somebody asked for the end of a run that goes on. */
  cancelAsked(incidentId: string): Promise<boolean>;
  find(idOrPrefix: string): Promise<FoundIncident>;
  /** Those after the first `after` ones; they are numbered from 1. */
  events(incidentId: string, after?: number): Promise<readonly InvestigationEvent[]>;
  /** Newest first. A run whose process is gone is shown as interrupted. */
  list(filter: IncidentFilter): Promise<readonly Incident[]>;
  /** What happened while opening that a person should know: a corrupt file that was kept aside. */
  readonly notices: readonly string[];
}
