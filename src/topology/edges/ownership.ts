import { type ObjectRef, objectRef } from '../../domain/object-ref.ts';
import type { GraphBuilder, GraphNode } from '../indexed-graph.ts';
import type { Sites } from '../sites.ts';
import { field } from './evidence.ts';

/** Pods and the workload above them, in both directions, and the Node that each pod was bound to. */
export function ownershipEdges({ owners, sites }: Sites, graph: GraphBuilder): void {
  for (const site of sites) graph.node(site.ref);
  const nodeOf = remembered(graph);
  const kubeNodes = new Map<string, GraphNode>();
  for (const { pod, ref, owner } of owners.pods) {
    const self = graph.node(ref);
    if (owner !== ref) {
      const cite = field(ref, 'metadata.ownerReferences', `controlled by ${owner.kind} ${owner.name}`);
      const above = nodeOf(owner);
      graph.link(self, above, { type: 'owned-by', origin: 'object', cite });
      graph.link(above, self, { type: 'runs-as', origin: 'object', cite });
    }
    const nodeName = pod.spec?.nodeName;
    if (!nodeName) continue;
    const host = kubeNodes.get(nodeName) ?? graph.node(objectRef('Node', undefined, nodeName));
    kubeNodes.set(nodeName, host);
    graph.link(self, host, { type: 'runs-on', origin: 'object', cite: field(ref, 'spec.nodeName', nodeName) });
  }
}

/** Pods of one owner come together and share the owner's reference: most are found without building a key. */
function remembered(graph: GraphBuilder): (ref: ObjectRef) => GraphNode {
  let last: { ref: ObjectRef; node: GraphNode } | undefined;
  return (ref) => {
    if (last?.ref !== ref) last = { ref, node: graph.node(ref) };
    return last.node;
  };
}
