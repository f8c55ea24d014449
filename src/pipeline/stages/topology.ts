import { buildGraph } from '../../topology/build-graph.ts';
import type { Stage } from '../stage.ts';

/** Who needs whom: written in the knowledge graph, and discovered from objects and logs. */
export const topologyStage: Stage = {
  name: 'topology',
  async *run(run) {
    if (run.inventory === undefined) return 'nothing was read';
    run.graph = buildGraph(run.inventory, run.deps.knowledge);
    yield* [];
    return `${run.graph.nodes.length} objects, ${run.graph.edges.length} dependencies`;
  },
};
