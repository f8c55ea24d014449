import { refOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { type ObjectRef, refKey } from '../domain/object-ref.ts';
import type { FactContext } from './context.ts';
import { workloadsOf } from './workloads-of.ts';

/** How pods fare node by node. */
export interface NodePods {
  readonly pods: number;
  readonly failing: readonly Pod[];
  readonly failingWorkloads: readonly ObjectRef[];
  readonly systemPods: readonly Pod[];
  readonly elsewherePods: number;
  readonly elsewhereFailing: number;
  /** Several workloads fail here and hardly any elsewhere, so that the node is the common factor. */
  readonly onlyHere: boolean;
}

const SETTLING_S = 60;

export function podsByNode(context: FactContext): (node: string) => NodePods {
  const placed = context.inventory.list<Pod>('Pod').filter((pod) => pod.spec?.nodeName !== undefined && shouldRun(pod));
  const byNode = Map.groupBy(placed, (pod) => pod.spec.nodeName ?? '');
  const failing = new Map([...byNode].map(([node, pods]) => [node, pods.filter((pod) => isFailing(context, pod))]));
  const total = [...failing.values()].reduce((sum, pods) => sum + pods.length, 0);
  const healthyElsewhere = healthyWorkloads(context, placed);
  return (node) => {
    const pods = byNode.get(node) ?? [];
    const own = failing.get(node) ?? [];
    const workloads = workloadsOf(
      context,
      own.filter((pod) => !isAgent(pod)),
    );
    const elsewherePods = placed.length - pods.length;
    const elsewhereFailing = total - own.length;
    const healthyBeside = workloads.filter((workload) => healthyElsewhere.get(refKey(workload))?.some((other) => other !== node)).length;
    return {
      pods: pods.length,
      failing: own,
      failingWorkloads: workloads,
      systemPods: own.filter(isAgent),
      elsewherePods,
      elsewhereFailing,
      onlyHere:
        workloads.length >= 3 &&
        elsewherePods > 0 &&
        own.length / pods.length >= 0.5 &&
        (elsewhereFailing / elsewherePods <= 0.1 || (elsewhereFailing / elsewherePods < own.length / pods.length / 3 && healthyBeside >= workloads.length / 2)),
    };
  };
}

function healthyWorkloads(context: FactContext, placed: readonly Pod[]): Map<string, string[]> {
  const nodes = new Map<string, string[]>();
  for (const pod of placed.filter((candidate) => !isFailing(context, candidate))) {
    const key = refKey(context.graph.ownerOf(refOf(pod)));
    nodes.set(key, [...(nodes.get(key) ?? []), pod.spec.nodeName ?? '']);
  }
  return nodes;
}

function shouldRun(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined && pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed';
}

function isFailing(context: FactContext, pod: Pod): boolean {
  const ready = pod.status?.conditions?.find(({ type }) => type === 'Ready');
  if (ready?.status === 'True') return false;
  const since = Date.parse(ready?.lastTransitionTime ?? pod.metadata.creationTimestamp ?? '');
  return Number.isNaN(since) || context.now - since > SETTLING_S * 1000 || pod.status?.phase === 'Pending';
}

/** Pods that serve the node itself: network, proxy, storage; DaemonSets of system namespaces. */
function isAgent(pod: Pod): boolean {
  return pod.metadata.ownerReferences?.some(({ kind }) => kind === 'DaemonSet' || kind === 'Node') === true;
}
