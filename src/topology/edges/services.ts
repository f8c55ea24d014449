import type { Ingress, IngressBackend, Service } from '../../domain/kubernetes/network.ts';
import { refOf } from '../../domain/kubernetes/object.ts';
import { objectRef } from '../../domain/object-ref.ts';
import type { HostResolver } from '../addresses/host-resolver.ts';
import type { GraphBuilder } from '../indexed-graph.ts';
import type { Sites } from '../sites.ts';
import { field } from './evidence.ts';

/** Services to the workloads that their selectors match, ExternalName Services to their host. */
export function serviceEdges({ inventory, workloads }: Sites, resolver: HostResolver, graph: GraphBuilder): void {
  for (const service of inventory.list<Service>('Service')) {
    const self = refOf(service);
    graph.node(self);
    for (const workload of workloads.selected(service.metadata.namespace, service.spec?.selector)) {
      const cite = field(self, 'spec.selector', JSON.stringify(service.spec?.selector));
      graph.edge({ from: self, to: workload, type: 'selects', origin: 'object', cite });
    }
    const { externalName } = service.spec ?? {};
    const target = externalName ? resolver.resolve(externalName, service.metadata.namespace ?? '') : undefined;
    if (target && target.kind !== 'self') {
      graph.edge({ from: self, to: target.ref, type: 'calls', origin: 'object', cite: field(self, 'spec.externalName', externalName ?? '') });
    }
  }
}

/** Where an Ingress sends requests: each backend with its place. Also used for facts. */
export function* ingressBackends(ingress: Ingress): Iterable<{ backend: IngressBackend; path: string; host: string | null; url: string | null }> {
  const { defaultBackend, rules = [] } = ingress.spec ?? {};
  if (defaultBackend) yield { backend: defaultBackend, path: 'spec.defaultBackend', host: null, url: null };
  for (const [ruleIndex, rule] of rules.entries()) {
    for (const [pathIndex, { backend, path }] of (rule.http?.paths ?? []).entries()) {
      yield { backend, path: `spec.rules[${ruleIndex}].http.paths[${pathIndex}].backend`, host: rule.host ?? null, url: path ?? null };
    }
  }
}

export function ingressEdges({ inventory }: Sites, graph: GraphBuilder): void {
  for (const ingress of inventory.list<Ingress>('Ingress')) {
    const self = refOf(ingress);
    graph.node(self);
    const { namespace } = ingress.metadata;
    for (const { backend, path } of ingressBackends(ingress)) {
      if (!backend.service?.name) continue;
      const to = objectRef('Service', namespace, backend.service.name);
      graph.edge({ from: self, to, type: 'routes-to', origin: 'object', cite: field(self, `${path}.service.name`, backend.service.name) });
    }
    for (const [index, { secretName }] of (ingress.spec?.tls ?? []).entries()) {
      if (!secretName) continue;
      const to = objectRef('Secret', namespace, secretName);
      graph.edge({ from: self, to, type: 'uses', origin: 'object', cite: field(self, `spec.tls[${index}].secretName`, secretName) });
    }
    const { ingressClassName } = ingress.spec ?? {};
    if (!ingressClassName) continue;
    const to = objectRef('IngressClass', undefined, ingressClassName);
    graph.edge({ from: self, to, type: 'uses', origin: 'object', cite: field(self, 'spec.ingressClassName', ingressClassName) });
  }
}
