import { namespaceOf, type Situation } from '../../session/situation.ts';

/** Where a session is: cluster, namespace, and what was found last. */
export function whereOf(situation: Situation): string[] {
  const { place, report, namespace } = situation;
  const target = place?.target ?? report?.target;
  const name = target === undefined ? 'not connected' : (target.context ?? target.cluster ?? target.reader);
  const first = report?.root_causes[0];
  const found = report === undefined ? [] : [first === undefined ? report.verdict.replaceAll('-', ' ') : first.title, report.incident_id];
  return [target?.reader === 'snapshot' ? `dump of ${name}` : name, namespace ?? namespaceOf(situation) ?? 'all namespaces', ...found];
}
