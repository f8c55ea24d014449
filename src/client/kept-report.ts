import type { Report } from '../domain/report.ts';
import { coded } from '../errors/coded-error.ts';
import type { KeptIncident } from '../store/incident-repository.ts';

/** The report of an incident that has one. Throws INCIDENT_WITHOUT_REPORT. */
export function keptReport({ incident, report }: Pick<KeptIncident, 'incident' | 'report'>): Report {
  if (report === null) throw coded('INCIDENT_WITHOUT_REPORT', { id: incident.incident_id, status: incident.status, reason: incident.error_message });
  return report;
}
