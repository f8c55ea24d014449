import { counted } from '../domain/counted.ts';
import type { Report } from '../domain/report.ts';

const TOLD = ['pods', 'deployments', 'statefulsets', 'daemonsets', 'jobs', 'services', 'nodes', 'events'];

/** What was read, counted: "Read in shop: 9 pods, 5 deployments, 6 services." Nothing is said of kinds that were not, or of which there is nothing. */
export function coverageSentence({ coverage, scope }: Report): string {
  const counts = TOLD.flatMap((kind) => {
    const read = coverage.filter((one) => one.kind === kind && one.state === 'found');
    if (read.length === 0) return [];
    const items = read.reduce((sum, one) => sum + one.items, 0);
    if (items === 0 && kind !== 'pods') return [];
    return [`${counted(items, kind.replace(/s$/, ''))}${read.some(({ truncated }) => truncated) ? ' (cut)' : ''}`];
  });
  const where = scope.namespaces.length === 0 ? 'in all namespaces' : `in ${scope.namespaces.join(', ')}`;
  return counts.length === 0 ? `Nothing could be read ${where}.` : `Read ${where}: ${counts.join(', ')}.`;
}
