import type { Node } from '../domain/kubernetes/node.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import type { FactContext } from './context.ts';
import { type Amounts, amountsOf, combine, podRequests } from './pod-requests.ts';

export interface NodeCapacity {
  readonly node: Node;
  readonly allocatable: Amounts;
  /** Requests of the pods on the node; null when not all of them were read. */
  readonly requested: Amounts | null;
}

const cache = new WeakMap<FactContext, readonly NodeCapacity[]>();

/** Every node with what it offers and what is taken of it. Computed once a run. */
export function nodeCapacities(context: FactContext): readonly NodeCapacity[] {
  const known = cache.get(context);
  if (known !== undefined) return known;
  const requested = requestsByNode(context);
  const capacities = context.inventory.list<Node>('Node').map((node) => ({
    node,
    allocatable: amountsOf(node.status?.allocatable),
    requested: requested === undefined ? null : (requested.get(node.metadata.name) ?? {}),
  }));
  cache.set(context, capacities);
  return capacities;
}

/** What is left on a node; null when its pods were not all read. */
export function freeOn(capacity: NodeCapacity, resource: string): number | null {
  return capacity.requested === null ? null : (capacity.allocatable[resource] ?? 0) - (capacity.requested[resource] ?? 0);
}

/** From the pods when all namespaces were read, else from what `kubectl describe node` printed. */
function requestsByNode({ inventory }: FactContext): Map<string, Amounts> | undefined {
  if (inventory.covers('Pod')) return sumByNode(inventory.list<Pod>('Pod').filter(occupiesNode));
  if (inventory.telemetry.nodeAllocations.length === 0) return undefined;
  return new Map(
    inventory.telemetry.nodeAllocations.map(({ node, pods }) => [
      node,
      pods.map((pod) => ({ ...amountsOf(pod.requests), pods: 1 })).reduce<Amounts>((sum, own) => combine(sum, own, (a, b) => a + b), {}),
    ]),
  );
}

function sumByNode(pods: readonly Pod[]): Map<string, Amounts> {
  const sums = new Map<string, Amounts>();
  for (const pod of pods) {
    const node = pod.spec.nodeName ?? '';
    sums.set(
      node,
      combine(sums.get(node) ?? {}, { ...podRequests(pod.spec), pods: 1 }, (a, b) => a + b),
    );
  }
  return sums;
}

function occupiesNode(pod: Pod): boolean {
  return pod.spec.nodeName !== undefined && pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed';
}
