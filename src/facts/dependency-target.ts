import type { DependencyDoc } from '../domain/facts/dependency.ts';
import type { Service } from '../domain/kubernetes/network.ts';
import type { ResourceQuota } from '../domain/kubernetes/policy.ts';
import { parseQuantity } from '../domain/kubernetes/quantity.ts';
import { nearness } from '../domain/near-names.ts';
import { sameObject } from '../domain/object-ref.ts';
import type { FactContext } from './context.ts';
import type { Dependency } from './dependency-calls.ts';
import type { Network } from './network.ts';

/** The Service that an address leads to. */
export function servicePart(network: Network, { target, port }: Dependency): DependencyDoc['service'] {
  if (target.kind !== 'service') return null;
  const { spec = {}, metadata } = target.service;
  const endpoints = network.endpointsOf(target.service);
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? '',
    ports: (spec.ports ?? []).map((entry) => entry.port).join(', '),
    has_port: hasPort(target.service, port),
    headless: spec.clusterIP === 'None',
    ready: endpoints.known ? endpoints.ready : null,
    external_name: target.service.spec?.externalName ?? null,
    kubernetes: metadata.namespace === 'default' && metadata.name === 'kubernetes',
  };
}

/** Null when no port is known, and for Services that take any: headless ones and other names. */
export function hasPort({ spec = {} }: Service, port: number | null): boolean | null {
  const { ports = [] } = spec;
  if (port === null || spec.clusterIP === 'None' || spec.externalName !== undefined || ports.length === 0) return null;
  return ports.some((entry) => entry.port === port);
}

/** What is known about a Service that does not exist: what may have been meant, and why it may be missing. */
export function missingPart(context: FactContext, network: Network, dependency: Dependency): DependencyDoc['missing'] {
  const { target } = dependency;
  if (target.kind !== 'absent-service') return null;
  const { name, namespace = '' } = target.ref;
  const services = context.inventory.list<Service>('Service');
  const elsewhere = services
    .filter(({ metadata }) => metadata.name === name && metadata.namespace !== namespace)
    .map(({ metadata }) => metadata.namespace ?? '');
  const workload = network.sites.sites.find(({ ref }) => ref.name === name && ref.namespace === namespace);
  const near = nearService(network, dependency, services);
  const hints = [...(near === null ? [] : [`there is ${near}`]), ...(elsewhere.length === 0 ? [] : [`namespace ${elsewhere.join(', ')} has one of that name`])];
  return {
    name,
    namespace,
    near,
    elsewhere: elsewhere.length === 0 ? null : elsewhere.join(', '),
    hint: hints.map((hint) => `; ${hint}`).join(''),
    workload: workload ? `${workload.ref.kind} ${workload.ref.name}` : null,
    quota_full: serviceQuotaFull(context, namespace),
  };
}

/** A Service of nearly that name that takes the port. One that the caller uses by another setting was not meant here. */
function nearService(network: Network, { target, port, caller }: Dependency, services: readonly Service[]): string | null {
  if (target.kind !== 'absent-service') return null;
  const { name, namespace } = target.ref;
  const used = network.addressesOf(caller).map(({ host }) => network.resolver.resolve(host, caller.namespace));
  const candidates = services.flatMap((service) => {
    const distance = service.metadata.namespace === namespace ? nearness(name, service.metadata.name) : undefined;
    const takesPort = port === null || (service.spec?.ports ?? []).some((entry) => entry.port === port);
    const isUsed = used.some(
      (other) => other.kind === 'service' && sameObject(other.ref, { kind: 'Service', namespace: namespace ?? '', name: service.metadata.name }),
    );
    return distance !== undefined && takesPort && !isUsed ? [{ name: service.metadata.name, distance }] : [];
  });
  return candidates.toSorted((a, b) => a.distance - b.distance)[0]?.name ?? null;
}

function serviceQuotaFull({ inventory }: FactContext, namespace: string): boolean {
  return inventory.list<ResourceQuota>('ResourceQuota', namespace).some(({ status }) =>
    ['services', 'count/services'].some((resource) => {
      const [used, hard] = [parseQuantity(status?.used?.[resource]), parseQuantity(status?.hard?.[resource])];
      return used !== undefined && hard !== undefined && used >= hard;
    }),
  );
}
