import type { Service } from '../domain/kubernetes/network.ts';
import { type ObjectRef, objectRef, refKey } from '../domain/object-ref.ts';
import { clusterDns, dnsWorkload } from '../topology/edges/dns.ts';
import type { FactContext } from './context.ts';
import { type DnsOverride, dnsOverrides } from './dns-overrides.ts';
import { networkOf } from './network.ts';
import { blockingPolicy, type Party } from './network-policy-verdict.ts';

/** The cluster DNS as callers meet it. */
export interface DnsState {
  /** Ready endpoints; null when they were not read. */
  readonly ready: number | null;
  /** Who is blamed when it fails: the workload that serves it, else the control plane's part of that name. */
  readonly server: ObjectRef;
  /** Workloads that cannot resolve the name of a Service that exists. */
  readonly sufferers: ReadonlySet<string>;
  readonly overrides: readonly DnsOverride[];
}

export function dnsState(context: FactContext): DnsState {
  const network = networkOf(context);
  const dns = clusterDns(context.inventory);
  const lookup = dns?.kind === 'Service' ? context.inventory.lookup<Service>('Service', dns.namespace, dns.name) : undefined;
  const endpoints = lookup?.status === 'found' ? network.endpointsOf(lookup.value) : undefined;
  const sufferers = network.failedCalls.filter(
    ({ ongoing, endpoint, target }) => ongoing && endpoint.error === 'unresolvable' && target.kind === 'service' && !isHeadless(target.service),
  );
  return {
    ready: endpoints?.known ? endpoints.ready : null,
    server: dnsWorkload(context.inventory) ?? objectRef('ControlPlane', undefined, 'cluster-dns'),
    sufferers: new Set(sufferers.map(({ caller }) => refKey(caller))),
    overrides: dnsOverrides(context),
  };
}

function isHeadless(service: Service): boolean {
  return service.spec?.clusterIP === 'None';
}

/** The label of the DNS pods is part of every cluster's contract, so that policies can name them. */
const DNS_PODS: Party = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };

/** The policy that keeps pods with these labels from asking the cluster DNS. */
export function dnsBlockedBy(context: FactContext, from: Party): string | null {
  const blocking = blockingPolicy(context.inventory, { from, to: DNS_PODS, port: 53, protocol: 'UDP' });
  return blocking?.policy.metadata.name ?? null;
}
