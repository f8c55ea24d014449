import type { Entities } from '../domain/entities.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Gap } from '../domain/gap.ts';
import type { Inventory } from '../domain/inventory.ts';
import type { Scope } from '../domain/report.ts';
import type { Graph } from '../topology/graph.ts';

/** What adjudicators may look at besides the findings they judge. */
export interface Known {
  readonly graph: Graph;
  readonly inventory: Inventory;
  readonly scope: Scope;
  readonly entities: Entities;
  readonly gaps: readonly Gap[];
  /** ISO 8601; ages are measured against it */
  readonly asOf: string;
  readonly evidence: (id: string) => Evidence | undefined;
}
