import type { ContainerSpec } from '../domain/kubernetes/pod.ts';
import { type ObjectRef, objectRef, refKey } from '../domain/object-ref.ts';
import type { ConfiguredAddress } from '../topology/addresses/configured-addresses.ts';
import type { Resolution } from '../topology/addresses/host-resolver.ts';
import type { Site } from '../topology/sites.ts';
import type { FailedCall, Network } from './network.ts';

/** Something that a workload uses: where it is written, and what the workload's log says of it. */
export interface Dependency {
  readonly caller: Site;
  readonly container: string;
  readonly host: string;
  readonly port: number | null;
  readonly target: Exclude<Resolution, { kind: 'self' }>;
  readonly address: ConfiguredAddress | undefined;
  /** Newest and most telling first. */
  readonly calls: readonly FailedCall[];
}

const known = new WeakMap<Network, Map<Site, readonly Dependency[]>>();

/** Everything a workload is configured with or complains about, each address once. */
export function dependenciesOf(network: Network, site: Site): readonly Dependency[] {
  const bySite = known.get(network) ?? new Map<Site, readonly Dependency[]>();
  known.set(network, bySite);
  const dependencies = bySite.get(site) ?? collect(network, site);
  bySite.set(site, dependencies);
  return dependencies;
}

function collect(network: Network, site: Site): Dependency[] {
  const found = new Map<string, { -readonly [K in keyof Dependency]: Dependency[K] }>();
  for (const address of network.addressesOf(site)) {
    const target = leadingTo(network, site, address);
    if (target === undefined || (!address.sure && target.kind !== 'service')) continue;
    const key = keyOf(target.ref, address.port);
    if (found.has(key) || aliasOf(site, address.host)) continue;
    found.set(key, { caller: site, container: address.container, host: address.host, port: address.port, target, address, calls: [] });
  }
  for (const call of network.failedCallsOf(site.ref)) {
    const { target, endpoint } = call;
    if (target.kind === 'self') continue;
    const key = matchingKey([...found.keys()], target.ref, endpoint.port);
    const entry = key === undefined ? undefined : found.get(key);
    if (entry) {
      entry.calls = [...entry.calls, call];
      entry.port ??= endpoint.port;
      entry.container = call.container;
    } else
      found.set(keyOf(target.ref, endpoint.port), {
        caller: site,
        container: call.container,
        host: endpoint.host,
        port: endpoint.port,
        target,
        address: undefined,
        calls: [call],
      });
  }
  return [...found.values()].map((dependency) => ({ ...dependency, calls: dependency.calls.toSorted(byWeight) }));
}

/** What the address stands for; its own pod only where the log says that nothing answers there. */
function leadingTo(network: Network, site: Site, { host, port }: ConfiguredAddress): Dependency['target'] | undefined {
  const target = network.resolver.resolve(host, site.namespace);
  if (target.kind !== 'self') return target;
  const refused = network.failedCallsOf(site.ref).find((call) => call.target.kind === 'loopback' && call.endpoint.port === port)?.target;
  return refused?.kind === 'loopback' ? refused : undefined;
}

/** A log often names a host without its port, or the port of the connection where the setting has none. */
function matchingKey(keys: readonly string[], ref: ObjectRef, port: number | null): string | undefined {
  const same = keys.filter((key) => key.startsWith(`${refKey(ref)} `));
  return same.find((key) => key === keyOf(ref, port)) ?? same.find((key) => port === null || key === keyOf(ref, null));
}

function keyOf(ref: ObjectRef, port: number | null): string {
  return `${refKey(ref)} ${port ?? ''}`;
}

/** A name that the pod's own hosts file answers is no business of the cluster. */
function aliasOf({ spec }: Site, host: string): boolean {
  return (spec.hostAliases ?? []).some(({ hostnames = [] }) => hostnames.includes(host));
}

const WEIGHT = ['unresolvable', 'refused', 'unreachable', 'timeout', 'auth', 'tls', 'unregistered', 'unavailable', 'reset', 'other'];

function byWeight(a: FailedCall, b: FailedCall): number {
  return Number(b.ongoing) - Number(a.ongoing) || WEIGHT.indexOf(a.endpoint.error) - WEIGHT.indexOf(b.endpoint.error) || b.endpoint.count - a.endpoint.count;
}

/** The images behind a workload, to tell what it is. */
export function imagesOf(network: Network, ref: ObjectRef | undefined): string[] {
  const spec = ref && network.sites.siteOf(ref)?.spec;
  return (spec?.containers ?? []).flatMap(({ image }: ContainerSpec) => image ?? []);
}

/** Who answers: the workload behind a Service, else the Service, else the host. */
export function answererOf(network: Network, { target }: Pick<Dependency, 'target'>): { backend: ObjectRef | undefined; dependency: ObjectRef } {
  if (target.kind === 'service') {
    const { spec, metadata } = target.service;
    if (metadata.namespace === 'default' && metadata.name === 'kubernetes')
      return { backend: undefined, dependency: objectRef('ControlPlane', undefined, 'kube-apiserver') };
    const backend = network.sites.workloads.selected(metadata.namespace, spec?.selector)[0];
    return { backend, dependency: backend ?? target.ref };
  }
  return { backend: target.kind === 'workload' ? target.ref : undefined, dependency: target.ref };
}
