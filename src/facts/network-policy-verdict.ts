import type { Inventory } from '../domain/inventory.ts';
import { type Labels, matchesLabels } from '../domain/kubernetes/label-selector.ts';
import type { NetworkPolicy, PolicyPeer, PolicyPort } from '../domain/kubernetes/network.ts';

export type Direction = 'ingress' | 'egress';

/** One side of a connection. `labels` undefined: not a pod. `ip` undefined: not known. */
export interface Party {
  readonly namespace: string | undefined;
  readonly labels: Labels | undefined;
  readonly ip?: string | undefined;
}

export interface Connection {
  readonly from: Party;
  readonly to: Party;
  /** As the receiving pod sees it: the target port, not that of the Service. */
  readonly port: number | null;
  readonly protocol: string;
}

/**
 * The policy that stops a connection, by the rules of networking.k8s.io/v1: a pod that some policy isolates gets only what
 * one of its policies allows. Undefined when it passes, or when something needed to tell is not known.
 */
export function blockingPolicy(inventory: Inventory, connection: Connection): { policy: NetworkPolicy; direction: Direction } | undefined {
  for (const direction of ['egress', 'ingress'] as const) {
    const [pod, peer] = direction === 'egress' ? [connection.from, connection.to] : [connection.to, connection.from];
    if (pod.labels === undefined || pod.namespace === undefined || !inventory.covers('NetworkPolicy', pod.namespace)) continue;
    const isolating = inventory
      .list<NetworkPolicy>('NetworkPolicy', pod.namespace)
      .filter((policy) => matchesLabels(policy.spec?.podSelector ?? {}, pod.labels) && isolates(policy, direction));
    const [first] = isolating;
    if (first !== undefined && !isolating.some((policy) => allows(policy, direction, { ...connection, peer, inventory }))) return { policy: first, direction };
  }
  return undefined;
}

/** Ingress is always meant; egress when it is named, or when there are egress rules and no types are named. */
export function isolates({ spec }: NetworkPolicy, direction: Direction): boolean {
  const types = spec?.policyTypes ?? (spec?.egress === undefined ? ['Ingress'] : ['Ingress', 'Egress']);
  return types.includes(direction === 'egress' ? 'Egress' : 'Ingress');
}

interface Asked {
  readonly peer: Party;
  readonly port: number | null;
  readonly protocol: string;
  readonly inventory: Inventory;
}

function allows(policy: NetworkPolicy, direction: Direction, asked: Asked): boolean {
  const rules =
    direction === 'egress'
      ? (policy.spec?.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }))
      : (policy.spec?.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }));
  return rules.some(({ peers, ports }) => {
    // An empty or missing list allows all.
    const byPort = (ports ?? []).length === 0 || (ports ?? []).some((port) => allowsPort(port, asked));
    const byPeer = (peers ?? []).length === 0 || (peers ?? []).some((peer) => allowsPeer(peer, policy.metadata.namespace ?? '', asked));
    return byPort && byPeer;
  });
}

/** A named port, and a port that is not known, count as allowed: they cannot be told. */
function allowsPort({ port, endPort, protocol = 'TCP' }: PolicyPort, asked: Asked): boolean {
  if (protocol !== asked.protocol) return false;
  if (port === undefined || typeof port === 'string' || asked.port === null) return true;
  return endPort === undefined ? port === asked.port : asked.port >= port && asked.port <= endPort;
}

function allowsPeer({ podSelector, namespaceSelector, ipBlock }: PolicyPeer, namespace: string, { peer, inventory }: Asked): boolean {
  if (ipBlock) {
    // Whether the block covers pods depends on the network plugin; an address that is not known may lie in it.
    if (peer.labels !== undefined) return ipBlock.cidr.endsWith('/0');
    return peer.ip === undefined || (inBlock(peer.ip, ipBlock.cidr) && !(ipBlock.except ?? []).some((cidr) => inBlock(peer.ip ?? '', cidr)));
  }
  if (peer.labels === undefined || peer.namespace === undefined) return false;
  const inNamespace =
    namespaceSelector === undefined ? peer.namespace === namespace : matchesLabels(namespaceSelector, namespaceLabels(inventory, peer.namespace));
  return inNamespace && (podSelector === undefined || matchesLabels(podSelector, peer.labels));
}

function namespaceLabels(inventory: Inventory, name: string): Labels {
  const lookup = inventory.lookup('Namespace', undefined, name);
  return { 'kubernetes.io/metadata.name': name, ...(lookup.status === 'found' ? lookup.value.metadata.labels : {}) };
}

/** IPv4 only; an IPv6 address is in no block that is known here. */
function inBlock(ip: string, cidr: string): boolean {
  const [base = '', length = '32'] = cidr.split('/');
  const [a, b] = [toNumber(ip), toNumber(base)];
  if (a === undefined || b === undefined) return false;
  const size = 2 ** (32 - Number(length));
  return Math.floor(a / size) === Math.floor(b / size);
}

function toNumber(ip: string): number | undefined {
  const parts = ip.split('.').map(Number);
  return parts.length === 4 && parts.every((part) => part >= 0 && part <= 255) ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
}
