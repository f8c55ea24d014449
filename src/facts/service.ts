import type { Fact, Origin } from '../domain/fact.ts';
import type { ServiceDoc } from '../domain/facts/service.ts';
import type { Service } from '../domain/kubernetes/network.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import { type ObjectRef, refKey } from '../domain/object-ref.ts';
import { clusterDns, dnsWorkload } from '../topology/edges/dns.ts';
import { ageSeconds, type FactContext } from './context.ts';
import { localTraffic } from './local-traffic.ts';
import { type EndpointCount, type Network, networkOf } from './network.ts';
import { objectFact } from './object-fact.ts';
import { type Attempts, attempts } from './service-checks.ts';
import { type Behind, behind, nearMiss } from './service-pods.ts';
import { knownPorts, type PortFaults, portFaults } from './service-ports.ts';
import { eventTexts } from './texts.ts';

/** A fact of every Service. */
export function* serviceFacts(context: FactContext): Iterable<Fact> {
  const network = networkOf(context);
  const dns = clusterDns(context.inventory);
  const all = context.inventory.list<Service>('Service');
  const byNamespace = Map.groupBy(all, ({ metadata }) => metadata.namespace);
  for (const service of all) {
    yield serviceFact(context, service, { network, services: byNamespace.get(service.metadata.namespace) ?? [], dns });
  }
}

interface Around {
  readonly network: Network;
  readonly services: readonly Service[];
  readonly dns: ObjectRef | undefined;
}

function serviceFact(context: FactContext, service: Service, { network, services, dns }: Around): Fact {
  const self = refOf(service);
  const pods = behind(network, service);
  const tried = attempts(context, network, service, pods.workloads);
  const endpoints = network.endpointsOf(service);
  const faults = faultsOfPorts(context, service, { network, pods, tried });
  // Of what was scaled to zero no pod is left: only who knows the workloads can say that a selector meant another.
  const selectsNothing = pods.workloads.length === 0 && pods.pods.length === 0 && context.inventory.covers('Deployment', service.metadata.namespace);
  const miss = selectsNothing && service.spec?.selector ? nearMiss(network, service, services) : undefined;
  const isDns = dns !== undefined && refKey(dns) === refKey(self);
  const backend = pods.workloads[0] ?? (isDns ? dnsWorkload(context.inventory) : undefined);
  const callers = [...new Map(tried.failed.map(({ caller }) => [refKey(caller), caller])).values()];
  const routes = context.graph
    .neededBy(self)
    .filter(({ type, from }) => type === 'routes-to' || (type === 'calls' && from.namespace === undefined && from.kind !== 'External'));
  const known = knownCallers(context, [self, ...pods.workloads]).filter((ref) => network.livePodsOf(ref).length > 0);

  const doc: ServiceDoc = {
    ...specPart(context, service, network),
    pods: {
      known: context.inventory.covers('Pod', service.metadata.namespace),
      selected: pods.pods.length,
      ready: pods.pods.filter(({ ready }) => ready).length,
      wanted: pods.wanted,
    },
    workloads_known: context.inventory.covers('Deployment', service.metadata.namespace),
    workload_name: backend?.name ?? null,
    scaled_to_zero: pods.workloads.length > 0 && pods.wanted === 0 && pods.pods.length === 0,
    endpoints: { known: endpoints.known, ready: endpoints.ready, not_ready: endpoints.notReady },
    near_miss: miss?.miss ?? null,
    wrong_port: faults.wrong,
    unnamed_port: faults.unnamed,
    wrong_protocol: faults.protocol,
    untranslated_port: faults.untranslated,
    reachable: tried.reachable,
    callers_failing: callers.length,
    callers_known: known.length,
    caller_error: tried.failed[0]?.endpoint.error ?? null,
    routed: routes.length > 0,
    local_traffic: localTraffic(context, network, service, pods.pods),
    dns: isDns,
  };
  return objectFact({
    subject: 'Service',
    object: self,
    doc,
    texts: [...tried.texts, ...eventTexts(context, context.inventory.eventsOf(service), null)],
    relations: { service: self, workload: backend, near: miss?.ref },
    groups: { callers, known_callers: known, workloads: pods.workloads, routes: routes.map(({ from }) => from) },
    since: sinceNotReady(pods),
    origins: origins(self, faults, endpoints),
  });
}

/** Workloads that are known to call the Service or what is behind it. */
function knownCallers({ graph }: FactContext, called: readonly ObjectRef[]): ObjectRef[] {
  const callers = called.flatMap((ref) => graph.neededBy(ref).flatMap(({ type, from }) => (type === 'calls' || type === 'depends-on' ? [from] : [])));
  const others = callers.filter(({ kind, namespace }) => kind !== 'Service' && namespace !== undefined);
  return [...new Map(others.map((ref) => [refKey(ref), ref])).values()];
}

function specPart(context: FactContext, service: Service, network: Network) {
  const { spec = {}, metadata } = service;
  const selector = Object.entries(spec.selector ?? {});
  const target = spec.externalName === undefined ? undefined : network.resolver.resolve(spec.externalName, metadata.namespace ?? '');
  const type = spec.type ?? 'ClusterIP';
  return {
    name: metadata.name,
    service_type: type,
    headless: spec.clusterIP === 'None',
    system: metadata.namespace === 'kube-system' || metadata.name === 'kubernetes',
    age_s: ageSeconds(context, metadata.creationTimestamp),
    external_name: spec.externalName ?? null,
    external_name_missing: target?.kind === 'absent-service',
    selector: selector.length === 0 ? null : selector.map(([key, value]) => `${key}=${value}`).join(', '),
    ports: (spec.ports ?? []).map(({ name, port, targetPort, protocol }) => ({
      name: name ?? null,
      port,
      target_port: String(targetPort ?? port),
      protocol: protocol ?? 'TCP',
    })),
    load_balancer_pending: type === 'LoadBalancer' && (service.status?.loadBalancer?.ingress ?? []).length === 0,
  };
}

function faultsOfPorts(context: FactContext, service: Service, { network, pods, tried }: { network: Network; pods: Behind; tried: Attempts }): PortFaults {
  const specs = pods.workloads.flatMap((ref) => network.sites.siteOf(ref)?.spec ?? []);
  return portFaults(service, knownPorts(context, specs, pods.pods), (port) => tried.fails(port));
}

/** When the last of its pods stopped being ready; null while one is, or when nothing says. */
function sinceNotReady({ pods }: Behind): string | null {
  if (pods.length === 0 || pods.some(({ ready }) => ready)) return null;
  const times = pods.flatMap(
    ({ pod }) => pod.status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime ?? pod.metadata.creationTimestamp ?? [],
  );
  return times.toSorted().at(-1) ?? null;
}

function origins(self: ObjectRef, faults: PortFaults, { object, path, excerpt }: EndpointCount): Record<string, Origin> {
  const at = (fieldPath: string): Origin => ({ object: self, fieldPath });
  return {
    selector: at('spec.selector'),
    service_type: at('spec.type'),
    external_name: at('spec.externalName'),
    external_name_missing: at('spec.externalName'),
    near_miss: at('spec.selector'),
    pods: at('spec.selector'),
    scaled_to_zero: at('spec.selector'),
    wrong_port: at(faults.paths.wrong),
    unnamed_port: at(faults.paths.unnamed),
    wrong_protocol: at(faults.paths.protocol),
    untranslated_port: at(faults.paths.untranslated),
    local_traffic: at('spec.externalTrafficPolicy'),
    load_balancer_pending: at('status.loadBalancer.ingress'),
    endpoints: { object, fieldPath: path, ...(excerpt === undefined ? {} : { excerpt, source: 'lookup' }) },
    dns: at('metadata.labels'),
    age_s: at('metadata.creationTimestamp'),
  };
}
