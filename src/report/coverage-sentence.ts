import type { Report } from '../domain/report.ts';

const TOLD = ['pods', 'deployments', 'statefulsets', 'daemonsets', 'jobs', 'services', 'nodes', 'events'];

/** What was read, counted: "Read in shop: 9 pods, 5 deployments, 6 services." Nothing is said of kinds that were not. */
export function coverageSentence({ coverage, scope }: Report): string {
  const counts = TOLD.flatMap((kind) => {
    const read = coverage.filter((one) => one.kind === kind && one.state === 'found');
    if (read.length === 0) return [];
    const items = read.reduce((sum, one) => sum + one.items, 0);
    return [`${items} ${items === 1 ? kind.replace(/s$/, '') : kind}${read.some(({ truncated }) => truncated) ? ' (cut)' : ''}`];
  });
  const where = scope.namespaces.length === 0 ? 'in all namespaces' : `in ${scope.namespaces.join(', ')}`;
  return counts.length === 0 ? `Nothing could be read ${where}.` : `Read ${where}: ${counts.join(', ')}.`;
}
