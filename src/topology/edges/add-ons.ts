import { type Certificate, type Gateway, type HttpRoute, secretMadeBy } from '../../domain/kubernetes/add-ons.ts';
import { refOf } from '../../domain/kubernetes/object.ts';
import type { PersistentVolumeClaim } from '../../domain/kubernetes/storage.ts';
import { type ObjectRef, objectRef } from '../../domain/object-ref.ts';
import type { GraphBuilder } from '../indexed-graph.ts';
import type { Sites } from '../sites.ts';
import { field } from './evidence.ts';

/** Secrets to the objects that they are made from, certificates to their issuers, claims to the snapshots that they are restored from. */
export function producerEdges({ inventory }: Sites, graph: GraphBuilder): void {
  for (const kind of ['Certificate', 'ExternalSecret', 'SealedSecret'] as const) {
    for (const producer of inventory.list(kind)) {
      const self = refOf(producer);
      graph.node(self);
      const secret = secretMadeBy(producer);
      if (secret === undefined) continue;
      const from = objectRef('Secret', producer.metadata.namespace, secret.name);
      graph.edge({ from, to: self, type: 'made-from', origin: 'object', cite: field(self, secret.path, secret.name) });
    }
  }
  for (const certificate of inventory.list<Certificate>('Certificate')) {
    const issuer = issuerOf(certificate);
    if (issuer === undefined) continue;
    const self = refOf(certificate);
    graph.edge({ from: self, to: issuer, type: 'uses', origin: 'object', cite: field(self, 'spec.issuerRef', `${issuer.kind} ${issuer.name}`) });
  }
  for (const claim of inventory.list<PersistentVolumeClaim>('PersistentVolumeClaim')) {
    const source = claim.spec?.dataSource;
    if (source?.kind !== 'VolumeSnapshot') continue;
    const self = refOf(claim);
    const to = objectRef('VolumeSnapshot', claim.metadata.namespace, source.name);
    graph.edge({ from: self, to, type: 'made-from', origin: 'object', cite: field(self, 'spec.dataSource', `VolumeSnapshot ${source.name}`) });
  }
}

/** The Issuer or ClusterIssuer that a certificate asks; undefined for issuers of other groups. Also used for facts. */
export function issuerOf({ metadata, spec }: Certificate): ObjectRef | undefined {
  const { name, kind = 'Issuer', group = 'cert-manager.io' } = spec?.issuerRef ?? {};
  if (name === undefined || group !== 'cert-manager.io' || (kind !== 'Issuer' && kind !== 'ClusterIssuer')) return undefined;
  return objectRef(kind, kind === 'Issuer' ? metadata.namespace : undefined, name);
}

/** Routes to their Gateways and Services, Gateways to the Secrets with their certificates. */
export function gatewayEdges({ inventory }: Sites, graph: GraphBuilder): void {
  for (const route of inventory.list<HttpRoute>('HTTPRoute')) {
    const self = refOf(route);
    graph.node(self);
    for (const [index, { kind = 'Gateway', namespace = self.namespace, name }] of (route.spec?.parentRefs ?? []).entries()) {
      const to = objectRef(kind, namespace, name);
      graph.edge({ from: self, to, type: 'uses', origin: 'object', cite: field(self, `spec.parentRefs[${index}]`, `${kind} ${name}`) });
    }
    for (const { to, path } of routeBackends(route)) graph.edge({ from: self, to, type: 'routes-to', origin: 'object', cite: field(self, path, to.name) });
  }
  for (const gateway of inventory.list<Gateway>('Gateway')) {
    const self = refOf(gateway);
    graph.node(self);
    for (const { to, path } of gatewaySecrets(gateway)) graph.edge({ from: self, to, type: 'uses', origin: 'object', cite: field(self, path, to.name) });
  }
}

/** The Services that a route sends requests to, each with its place. Also used for facts. */
export function routeBackends({ metadata, spec }: HttpRoute): { to: ObjectRef; path: string }[] {
  return (spec?.rules ?? []).flatMap(({ backendRefs = [] }, rule) =>
    backendRefs.flatMap(({ group = '', kind = 'Service', namespace = metadata.namespace, name }, index) =>
      group === '' && kind === 'Service' ? [{ to: objectRef('Service', namespace, name), path: `spec.rules[${rule}].backendRefs[${index}]` }] : [],
    ),
  );
}

/** The Secrets that a Gateway's listeners take their certificates from. Also used for facts. */
export function gatewaySecrets({ metadata, spec }: Gateway): { to: ObjectRef; path: string; listener: string }[] {
  return (spec?.listeners ?? []).flatMap(({ name: listener, tls }) =>
    (tls?.certificateRefs ?? []).flatMap(({ kind = 'Secret', namespace = metadata.namespace, name }, index) =>
      kind === 'Secret' ? [{ to: objectRef('Secret', namespace, name), path: `spec.listeners[name=${listener}].tls.certificateRefs[${index}]`, listener }] : [],
    ),
  );
}
