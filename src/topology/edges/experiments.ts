import { EXPERIMENT_KINDS } from '../../domain/kubernetes/chaos.ts';
import { refOf } from '../../domain/kubernetes/object.ts';
import { experimentTargets } from '../experiments.ts';
import type { GraphBuilder } from '../indexed-graph.ts';
import type { Sites } from '../sites.ts';
import { field } from './evidence.ts';

/** Workloads to the experiments that are made on their pods. */
export function experimentEdges(sites: Sites, graph: GraphBuilder): void {
  for (const kind of EXPERIMENT_KINDS) {
    for (const experiment of sites.inventory.list(kind)) {
      const self = refOf(experiment);
      for (const from of experimentTargets(experiment, sites)) {
        graph.edge({
          from,
          to: self,
          type: 'disturbed-by',
          origin: 'object',
          cite: field(self, 'spec.selector', `chooses the pods of ${from.kind} ${from.name}`),
        });
      }
    }
  }
}
