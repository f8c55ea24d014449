import { type ObjectRef, refKey } from '../domain/object-ref.ts';
import type { Edge, EdgeType, Graph } from '../topology/graph.ts';

/** Where a walk arrived: the edges of need that led there, and how many of them were calls. */
export interface Arrival {
  readonly object: ObjectRef;
  readonly path: readonly Edge[];
  readonly calls: number;
}

/** A request that passes more services than this is not followed: what is left would be guessing. */
const MAX_CALLS = 3;
const MAX_EDGES = 10;
const MAX_OBJECTS = 5_000;

/** All that is reached from `starts` over edges of the given types, nearest first; the starts themselves are arrivals with an empty path. */
export function walk(graph: Graph, starts: readonly ObjectRef[], types: readonly EdgeType[]): Map<string, Arrival> {
  const allowed = new Set<EdgeType>([...types, 'runs-as']);
  const arrivals = new Map<string, Arrival>();
  for (const start of starts) arrivals.set(refKey(start), { object: start, path: [], calls: 0 });
  // A Map iterates over what is added while it runs: this is the queue of a breadth-first search.
  for (const arrival of arrivals.values()) {
    if (arrivals.size >= MAX_OBJECTS) break;
    for (const edge of stepsFrom(graph, arrival, allowed)) {
      const key = refKey(edge.to);
      const calls = arrival.calls + (isCall(edge) ? 1 : 0);
      if (!arrivals.has(key)) arrivals.set(key, { object: edge.to, path: [...arrival.path, edge], calls });
    }
  }
  return arrivals;
}

function stepsFrom(graph: Graph, { object, path, calls }: Arrival, allowed: ReadonlySet<EdgeType>): readonly Edge[] {
  if (path.length >= MAX_EDGES) return [];
  return graph.needs(object).filter((edge) => allowed.has(edge.type) && !(isCall(edge) && calls >= MAX_CALLS));
}

function isCall({ type }: Edge): boolean {
  return type === 'calls' || type === 'depends-on';
}
