import { type Labels, selects } from '../domain/kubernetes/label-selector.ts';
import type { Service } from '../domain/kubernetes/network.ts';
import type { FactContext } from './context.ts';
import type { Dependency } from './dependency-calls.ts';
import type { Network } from './network.ts';
import { blockingPolicy, type Direction, type Party } from './network-policy-verdict.ts';

export interface BlockedCall {
  readonly name: string;
  readonly namespace: string;
  readonly direction: Direction;
}

/** The NetworkPolicy that stops the caller from reaching what it depends on; undefined when it passes or cannot be told. */
export function blockedCall(
  context: FactContext,
  network: Network,
  { caller, target, port, host }: Pick<Dependency, 'caller' | 'target' | 'port' | 'host'>,
): BlockedCall | undefined {
  const from: Party = { namespace: caller.namespace, labels: caller.labels };
  const to = receiver(network, { target, port, host });
  // Pods on the host's network are not isolated by policies (networking.k8s.io: "cluster ingress and egress").
  if (to === undefined || caller.spec.hostNetwork) return undefined;
  const blocking = blockingPolicy(context.inventory, { from, to: to.party, port: to.port, protocol: 'TCP' });
  return blocking && { name: blocking.policy.metadata.name, namespace: blocking.policy.metadata.namespace ?? '', direction: blocking.direction };
}

function receiver(network: Network, { target, port, host }: Pick<Dependency, 'target' | 'port' | 'host'>): { party: Party; port: number | null } | undefined {
  if (target.kind === 'external') return { party: { namespace: undefined, labels: undefined, ip: /^[\d.]+$/.test(host) ? host : undefined }, port };
  if (target.kind !== 'service') return undefined;
  const labels = podLabels(network, target.service);
  return labels && { party: { namespace: target.service.metadata.namespace, labels }, port: targetPort(target.service, port) };
}

function podLabels(network: Network, service: Service): Labels | undefined {
  const selector = service.spec?.selector;
  const pod = network.pods.selected(service.metadata.namespace, selector)[0]?.pod.metadata.labels;
  return pod ?? network.sites.workloads.all(service.metadata.namespace).find(({ labels }) => selects(selector, labels))?.labels;
}

/** Policies see the port of the pod; a named one cannot be compared without the pod's declaration. */
function targetPort(service: Service, port: number | null): number | null {
  const entry = (service.spec?.ports ?? []).find((candidate) => candidate.port === port);
  const target = entry?.targetPort ?? entry?.port;
  return typeof target === 'number' ? target : null;
}
