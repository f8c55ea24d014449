import type { Node } from '../../domain/kubernetes/node.ts';
import { controllerOf, refOf } from '../../domain/kubernetes/object.ts';
import { objectRef } from '../../domain/object-ref.ts';
import type { GraphBuilder } from '../indexed-graph.ts';
import { isNetworkAgent } from '../network-agents.ts';
import type { Sites } from '../sites.ts';
import { field } from './evidence.ts';

const NAMESPACE = 'kube-system';
/** Static pods of a control plane that runs in the cluster bear the name of their part (kubeadm). */
const PARTS: ReadonlySet<string> = new Set(['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd']);

/** Parts of the control plane to the pods that they run as, nodes to the agents that make their network. */
export function clusterComponentEdges({ inventory, owners }: Sites, graph: GraphBuilder): void {
  const nodes = new Set(inventory.list<Node>('Node').map(({ metadata }) => metadata.name));
  for (const { pod, ref, owner } of owners.pods) {
    const part = pod.metadata.namespace === NAMESPACE ? pod.metadata.labels?.['component'] : undefined;
    if (part !== undefined && PARTS.has(part)) {
      graph.edge({
        from: objectRef('ControlPlane', undefined, part),
        to: owner,
        type: 'selects',
        origin: 'object',
        cite: field(ref, 'metadata.labels', `component=${part}`),
      });
    }
    const node = pod.spec?.nodeName;
    if (node === undefined || !nodes.has(node) || controllerOf(pod)?.kind !== 'DaemonSet' || !isNetworkAgent(pod)) continue;
    graph.edge({ from: objectRef('Node', undefined, node), to: refOf(pod), type: 'uses', origin: 'object', cite: field(ref, 'spec.nodeName', node) });
  }
}
