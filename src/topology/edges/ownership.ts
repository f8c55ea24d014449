import { refOf } from '../../domain/kubernetes/object.ts';
import type { Pod } from '../../domain/kubernetes/pod.ts';
import { objectRef } from '../../domain/object-ref.ts';
import type { GraphBuilder } from '../indexed-graph.ts';
import type { Sites } from '../sites.ts';
import { field } from './evidence.ts';

/** Pods and the workload above them, in both directions, and the Node that each pod was bound to. */
export function ownershipEdges({ inventory, owners, sites }: Sites, graph: GraphBuilder): void {
  for (const site of sites) graph.node(site.ref);
  const nodes = new Map<string, ReturnType<typeof objectRef>>();
  for (const pod of inventory.list<Pod>('Pod')) {
    const self = refOf(pod);
    const owner = owners.ownerOf(self);
    graph.node(self);
    if (owner !== self) {
      const cite = field(self, 'metadata.ownerReferences', `controlled by ${owner.kind} ${owner.name}`);
      graph.newEdge({ from: self, to: owner, type: 'owned-by', origin: 'object', cite });
      graph.newEdge({ from: owner, to: self, type: 'runs-as', origin: 'object', cite });
    }
    const nodeName = pod.spec?.nodeName;
    if (!nodeName) continue;
    const node = nodes.get(nodeName) ?? objectRef('Node', undefined, nodeName);
    nodes.set(nodeName, node);
    graph.newEdge({ from: self, to: node, type: 'runs-on', origin: 'object', cite: field(self, 'spec.nodeName', nodeName) });
  }
}
