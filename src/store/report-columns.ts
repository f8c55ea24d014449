import { refLabel } from '../domain/object-ref.ts';
import type { Report } from '../domain/report.ts';

/** What a list shows of an incident once it has a report; kept beside it, so that no report is read for a list. */
export function reportColumns({ status, completed_at, scope, verdict, root_causes, confidence_score, error_message }: Report) {
  const first = root_causes[0];
  return {
    status,
    completed_at,
    namespaces: scope.namespaces,
    verdict,
    cause_id: first?.cause_id ?? null,
    title: first?.title ?? null,
    object: first === undefined ? null : refLabel(first.object),
    confidence_score,
    error_message,
  };
}
