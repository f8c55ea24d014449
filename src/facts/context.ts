import type { Fact } from '../domain/fact.ts';
import type { Inventory } from '../domain/inventory.ts';
import type { Graph } from '../topology/graph.ts';
import type { KnowledgeGraph } from '../topology/knowledge/knowledge-graph.ts';

/** All that facts are made from. `now` is the inventory's asOf in milliseconds: ages are measured against it. */
export interface FactContext {
  readonly inventory: Inventory;
  readonly graph: Graph;
  readonly knowledge: KnowledgeGraph;
  readonly now: number;
}

/** Makes the facts of one subject. Pure. A source that meets a malformed object skips it. */
export type FactSource = (context: FactContext) => Iterable<Fact>;

/** Whole seconds from `time` to now; null where there is no valid time. */
export function ageSeconds(context: FactContext, time: string | null | undefined): number | null {
  const at = time ? Date.parse(time) : Number.NaN;
  return Number.isNaN(at) ? null : Math.round((context.now - at) / 1000);
}
