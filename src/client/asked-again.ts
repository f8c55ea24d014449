import type { Incident } from '../domain/incident.ts';
import type { InvestigationRequest } from '../domain/investigation-request.ts';
import type { Report } from '../domain/report.ts';
import type { Job } from '../store/job-queue.ts';

type Question = Omit<InvestigationRequest, 'incidentId'>;

/** The question that a report answers. */
export function sameQuestion({ description, scope: { namespaces, since, until } }: Report): Question {
  return {
    ...(namespaces.length === 0 ? { description, allNamespaces: true } : inNamespaces(description, namespaces)),
    ...(since === null ? {} : { since }),
    ...(until === null ? {} : { until }),
  };
}

/** What was asked of a server, else what the report tells of the question, else its words and its namespace. */
export function askedAgain(incident: Incident, report: Report | null, job: Job | undefined): Question {
  const { incident_id: id, description, namespaces } = incident;
  const asked = job?.request ?? (report === null ? inNamespaces(description, namespaces) : sameQuestion(report));
  // What was seen when an alert came in is gone from the cluster by now, and kept under the first of all that ask about it.
  return { ...asked, againOf: asked.againOf ?? id };
}

function inNamespaces(description: string, [namespace, ...others]: readonly string[]): Question {
  return { description, ...(namespace === undefined || others.length > 0 ? {} : { namespace }) };
}
