import type { Edge } from '../topology/graph.ts';
import type { Where } from './mechanisms.ts';

/** How two candidates hang together: the way of need from the one that suffers to the cause. `path` is empty on the same object. */
export interface Relation {
  readonly where: Where;
  readonly path: readonly Edge[];
  readonly calls: number;
}
