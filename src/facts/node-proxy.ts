import type { NodeDoc } from '../domain/facts/node.ts';
import type { Node } from '../domain/kubernetes/node.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { refKey } from '../domain/object-ref.ts';
import { isKubeProxy } from '../topology/network-agents.ts';
import type { FactContext } from './context.ts';
import { networkOf } from './network.ts';
import type { NodePods } from './node-pods.ts';

const NAMESPACE = 'kube-system';
const UNREACHED: ReadonlySet<string> = new Set(['refused', 'timeout', 'unreachable']);

/** How the kube-proxy of a node fares, and who misses it. */
export function proxyPart(context: FactContext, { metadata }: Node, { systemPods }: NodePods): Pick<NodeDoc, 'proxy_down' | 'unreached_callers'> {
  const proxies = context.inventory.list<Pod>('Pod', NAMESPACE).filter(isKubeProxy);
  const absent = context.inventory.covers('Pod', NAMESPACE) && proxies.length > 0 && !proxies.some(({ spec }) => spec.nodeName === metadata.name);
  return { proxy_down: absent || systemPods.some(isKubeProxy), unreached_callers: unreachedCallers(context, metadata.name) };
}

/** A Service with ready pods that does not answer is not to blame by itself. */
function unreachedCallers(context: FactContext, node: string): number {
  const { failedCalls, endpointsOf } = networkOf(context);
  const unreached = failedCalls.filter(({ ongoing, endpoint, target, pod }) => {
    if (!ongoing || !UNREACHED.has(endpoint.error ?? '') || target.kind !== 'service' || endpointsOf(target.service).ready === 0) return false;
    const caller = context.inventory.lookup<Pod>('Pod', pod.namespace, pod.name);
    return caller.status === 'found' && caller.value.spec.nodeName === node;
  });
  return new Set(unreached.map(({ caller }) => refKey(caller))).size;
}
