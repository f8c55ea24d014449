import type { Service } from '../../domain/kubernetes/network.ts';
import { type ObjectRef, objectRef, sameObject } from '../../domain/object-ref.ts';
import { addressText, configuredAddresses } from '../addresses/configured-addresses.ts';
import type { HostResolver, Resolution } from '../addresses/host-resolver.ts';
import { calledEndpoints } from '../addresses/logged-endpoints.ts';
import type { Edge } from '../graph.ts';
import type { GraphBuilder } from '../indexed-graph.ts';
import type { Sites } from '../sites.ts';
import { field } from './evidence.ts';

interface Call {
  readonly from: ObjectRef;
  readonly target: Resolution;
  readonly origin: Edge['origin'];
  readonly cite: () => NonNullable<Edge['evidence']>;
}

function callEdge({ from, target, origin, cite }: Call, graph: GraphBuilder): void {
  if (target.kind === 'self' || sameObject(from, target.ref)) return;
  graph.edge({ from, to: target.ref, type: 'calls', origin, cite });
}

/** From the addresses that workloads are configured with. */
export function configuredCallEdges({ inventory, sites }: Sites, resolver: HostResolver, graph: GraphBuilder): void {
  for (const site of sites) {
    for (const address of configuredAddresses(site, inventory)) {
      const target = resolver.resolve(address.host, site.namespace);
      if (!address.sure && target.kind !== 'service') continue;
      callEdge({ from: site.ref, target, origin: 'name', cite: field(address.object, address.path, `${address.name}=${addressText(address)}`) }, graph);
    }
  }
}

/** From the hosts that error lines name. */
export function loggedCallEdges({ inventory, owners }: Sites, resolver: HostResolver, graph: GraphBuilder): void {
  for (const { pod, ref, owner } of owners.pods) {
    const { namespace = '', name } = pod.metadata;
    for (const container of [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])]) {
      for (const excerpt of inventory.logsOf(namespace, name, container.name)) {
        for (const endpoint of calledEndpoints(excerpt)) {
          const cite = () => ({ source: 'log' as const, object: ref, field_path: null, container: container.name, excerpt: endpoint.example });
          callEdge({ from: owner, target: resolver.resolve(endpoint.host, namespace), origin: 'log', cite }, graph);
        }
      }
    }
  }
}

/** From what a mesh or tracing system recorded: names there are those of Services, or of workloads where no Service is called so. */
export function recordedCallEdges({ inventory, workloads }: Sites, graph: GraphBuilder): void {
  const link = (caller: string, called: string, namespace: string): void => {
    const to = objectRef('Service', namespace, called);
    const cite = () => ({ source: 'lookup' as const, object: to, field_path: null, excerpt: `recorded dependencies: ${caller} calls ${called}` });
    const behind = inventory.lookup<Service>('Service', namespace, caller);
    const callers = behind.status === 'found' ? workloads.selected(namespace, behind.value.spec?.selector) : [];
    const named = workloads.all(namespace).flatMap(({ item }) => (item.name === caller ? [item] : []));
    for (const from of callers.length > 0 ? callers : named)
      callEdge({ from, target: { kind: 'unread-service', ref: to, needs: '' }, origin: 'recorded', cite }, graph);
  };
  for (const { service, namespace, upstream, downstream } of inventory.telemetry.serviceDependencies) {
    const home = namespace ?? namespaceOf(service, inventory.list<Service>('Service'));
    if (home === undefined) continue;
    for (const called of downstream) link(service, called, home);
    for (const caller of upstream) link(caller, service, home);
  }
}

/** The one namespace that has a Service of this name. */
function namespaceOf(name: string, services: readonly Service[]): string | undefined {
  const found = services.filter(({ metadata }) => metadata.name === name);
  return found.length === 1 ? found[0]?.metadata.namespace : undefined;
}
