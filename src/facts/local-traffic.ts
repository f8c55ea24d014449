import type { ServiceDoc } from '../domain/facts/service.ts';
import type { Service } from '../domain/kubernetes/network.ts';
import type { Node } from '../domain/kubernetes/node.ts';
import type { FactContext } from './context.ts';
import type { LivePod, Network } from './network.ts';
import { isControlPlane } from './node-selection.ts';

const NAMED = 5;

/**
 * Nodes on which a Service that keeps outside traffic local (externalTrafficPolicy) has no ready pod: what arrives there is
 * dropped. null where the policy is another, every node serves, or nodes were not read.
 */
export function localTraffic({ inventory }: FactContext, network: Network, service: Service, pods: readonly LivePod[]): ServiceDoc['local_traffic'] {
  const { externalTrafficPolicy, type, ports = [] } = service.spec ?? {};
  if (externalTrafficPolicy !== 'Local' || (type !== 'NodePort' && type !== 'LoadBalancer') || !inventory.covers('Node', undefined)) return null;
  const serving = new Set(pods.flatMap(({ pod, ready }) => (ready && pod.spec.nodeName !== undefined ? [pod.spec.nodeName] : [])));
  const without = inventory.list<Node>('Node').filter((node) => !serving.has(node.metadata.name) && !isControlPlane(node));
  if (without.length === 0 || serving.size === 0) return null;
  const names = new Set(without.map(({ metadata }) => metadata.name));
  const failed = network.failedCalls.find(
    ({ ongoing, target, endpoint }) =>
      ongoing && target.kind === 'node' && names.has(target.ref.name) && ports.some(({ nodePort }) => nodePort === endpoint.port),
  );
  const shown = [...names].slice(0, NAMED).join(', ');
  return {
    serving: serving.size,
    without: names.size > NAMED ? `${shown} and ${names.size - NAMED} more` : shown,
    failed_at: failed?.target.kind === 'node' ? failed.target.ref.name : null,
  };
}
