import { type ObjectRef, refKey } from '../domain/object-ref.ts';
import type { Graph } from '../topology/graph.ts';

/** The Certificates that make the Secrets which a workload shows to those who call it over TLS. */
export function certificatesBehind(graph: Graph, workload: ObjectRef | undefined): ObjectRef[] {
  if (workload === undefined) return [];
  const secrets = graph.needs(workload).filter(({ type, to }) => (type === 'reads' || type === 'mounts') && to.kind === 'Secret');
  const made = secrets.flatMap(({ to }) => graph.needs(to)).filter(({ type, to }) => type === 'made-from' && to.kind === 'Certificate');
  return [...new Map(made.map(({ to }) => [refKey(to), to])).values()];
}
