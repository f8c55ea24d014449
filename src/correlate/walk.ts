import { type ObjectRef, refKey } from '../domain/object-ref.ts';
import type { Edge, EdgeType, Graph } from '../topology/graph.ts';

/** Where a walk arrived, and by which step. */
export interface Arrival {
  readonly object: ObjectRef;
  /** undefined for a start */
  readonly step: { readonly edge: Edge; readonly before: Arrival } | undefined;
  /** How many edges, and how many of them were calls. */
  readonly length: number;
  readonly calls: number;
  /** False while the walk only went from a workload to its own pods. */
  readonly left: boolean;
}

/** A request that passes more services than this is not followed: what is left would be guessing. */
const MAX_CALLS = 3;
const MAX_EDGES = 10;
const MAX_OBJECTS = 5_000;

/** All that is reached from `starts` over edges of the given types, nearest first; the starts themselves are arrivals without a step. */
export function walk(graph: Graph, starts: readonly ObjectRef[], types: readonly EdgeType[]): Map<string, Arrival> {
  const allowed = new Set<EdgeType>([...types, 'runs-as']);
  const arrivals = new Map<string, Arrival>();
  for (const start of starts) arrivals.set(refKey(start), { object: start, step: undefined, length: 0, calls: 0, left: false });
  // A Map iterates over what is added while it runs: this is the queue of a breadth-first search.
  for (const arrival of arrivals.values()) {
    if (arrivals.size >= MAX_OBJECTS) break;
    for (const edge of stepsFrom(graph, arrival, allowed)) {
      const key = refKey(edge.to);
      if (!arrivals.has(key)) arrivals.set(key, arriveBy(edge, arrival));
    }
  }
  return arrivals;
}

/** The edges from the start to where the walk arrived. */
export function pathTo(arrival: Arrival): readonly Edge[] {
  const path: Edge[] = [];
  for (let at = arrival; at.step !== undefined; at = at.step.before) path.unshift(at.step.edge);
  return path;
}

function arriveBy(edge: Edge, before: Arrival): Arrival {
  return {
    object: edge.to,
    step: { edge, before },
    length: before.length + 1,
    calls: before.calls + (isCall(edge) ? 1 : 0),
    left: before.left || edge.type !== 'runs-as',
  };
}

function stepsFrom(graph: Graph, { object, length, calls }: Arrival, allowed: ReadonlySet<EdgeType>): readonly Edge[] {
  if (length >= MAX_EDGES) return [];
  return graph.needs(object).filter((edge) => allowed.has(edge.type) && !(isCall(edge) && calls >= MAX_CALLS));
}

function isCall({ type }: Edge): boolean {
  return type === 'calls' || type === 'depends-on';
}
