import type { Incident } from '../domain/incident.ts';
import type { Report } from '../domain/report.ts';
import type { KeptIncident } from './incident-repository.ts';

/** A report weighs tens of kilobytes, and most who look for an incident need none of it, or nothing but its text. */
export function keptIncident(incident: Incident, reportText: string | null): KeptIncident {
  let report: Report | undefined;
  return {
    status: 'found',
    incident,
    reportText,
    get report() {
      if (reportText === null) return null;
      report ??= JSON.parse(reportText) as Report;
      return report;
    },
  };
}
