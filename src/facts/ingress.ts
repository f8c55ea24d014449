import type { Fact } from '../domain/fact.ts';
import type { IngressDoc } from '../domain/facts/ingress.ts';
import type { Ingress, Service } from '../domain/kubernetes/network.ts';
import { type KubeObject, refOf } from '../domain/kubernetes/object.ts';
import { nearNames } from '../domain/near-names.ts';
import { type ObjectRef, objectRef } from '../domain/object-ref.ts';
import { ingressBackends } from '../topology/edges/services.ts';
import { ageSeconds, type FactContext } from './context.ts';
import { ingressClaims, ingressConflict } from './ingress-conflict.ts';
import { ingressController } from './ingress-controller.ts';
import { type Network, networkOf } from './network.ts';
import { objectFact } from './object-fact.ts';
import { eventTexts } from './texts.ts';
import { unfitTlsSecret } from './unfit-secrets.ts';

const LEGACY_CLASS = 'kubernetes.io/ingress.class';
const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class';

/** A fact of every Ingress. */
export function* ingressFacts(context: FactContext): Iterable<Fact> {
  const ingresses = context.inventory.list<Ingress>('Ingress');
  const network = networkOf(context);
  const claims = ingressClaims(ingresses);
  for (const ingress of ingresses) yield ingressFact(context, network, ingress, ingressConflict(ingress, claims));
}

function ingressFact(context: FactContext, network: Network, ingress: Ingress, conflict: IngressDoc['conflict']): Fact {
  const self = refOf(ingress);
  const backends = backendFaults(context, network, ingress);
  const secret = missingSecret(context, ingress);
  const unfit = unfitTlsSecret(context, ingress);
  const controller = ingressController(context, network, ingress.spec?.ingressClassName);
  const doc: IngressDoc = {
    name: ingress.metadata.name,
    age_s: ageSeconds(context, ingress.metadata.creationTimestamp),
    hosts: (ingress.spec?.rules ?? []).flatMap(({ host }) => host ?? []).join(', ') || 'any host',
    ...classPart(context, ingress),
    has_address: (ingress.status?.loadBalancer?.ingress ?? []).length > 0,
    controller: controller?.part ?? null,
    missing_service: backends.service?.value ?? null,
    missing_port: backends.port?.value ?? null,
    down_service: backends.down?.value ?? null,
    conflict,
    missing_secret: secret?.name ?? null,
    tls_unfit: unfit === null ? null : { secret: unfit.secret, why: unfit.why, expired_s: unfit.expired_s },
  };
  const at = (fieldPath: string | undefined) => ({ object: self, fieldPath: fieldPath ?? 'spec' });
  const named = secret?.name ?? unfit?.secret;
  const secretRef = named === undefined ? undefined : objectRef('Secret', self.namespace, named);
  return objectFact({
    subject: 'Ingress',
    object: self,
    doc,
    texts: eventTexts(context, context.inventory.eventsOf(ingress), null),
    relations: {
      controller: controller?.ref,
      service: backends.down?.ref ?? backends.port?.ref,
      missing: backends.service?.ref,
      secret: secretRef,
    },
    origins: {
      class: at('spec.ingressClassName'),
      class_missing: at('spec.ingressClassName'),
      has_address: at('status.loadBalancer.ingress'),
      conflict: at('spec.rules'),
      age_s: at('metadata.creationTimestamp'),
      missing_service: at(backends.service?.path),
      missing_port: at(backends.port?.path),
      missing_secret: at(secret?.path),
      tls_unfit: at(unfit?.path),
      ...(backends.down ? { down_service: { object: backends.down.endpoints, fieldPath: 'endpoints' } } : {}),
      ...(controller ? { controller: { object: controller.ref, fieldPath: 'status.readyReplicas' } } : {}),
    },
  });
}

/** A class that was looked for and is not there. The old annotation names controllers without an object, so it proves nothing. */
function classPart({ inventory }: FactContext, ingress: Ingress): Pick<IngressDoc, 'class' | 'class_missing' | 'classes'> {
  const classes = inventory.list<KubeObject>('IngressClass');
  const named = ingress.spec?.ingressClassName ?? null;
  const legacy = ingress.metadata.annotations?.[LEGACY_CLASS];
  const hasDefault = classes.some(({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === 'true');
  const missing = named === null ? legacy === undefined && !hasDefault : inventory.lookup('IngressClass', undefined, named).status === 'not-found';
  return {
    class: named ?? legacy ?? null,
    class_missing: inventory.covers('IngressClass') && missing,
    classes: classes.length === 0 ? 'none' : classes.map(({ metadata }) => metadata.name).join(', '),
  };
}

interface Fault<T> {
  readonly value: T;
  readonly path: string;
  readonly ref: ObjectRef;
}

interface BackendFaults {
  service?: Fault<NonNullable<IngressDoc['missing_service']>>;
  port?: Fault<NonNullable<IngressDoc['missing_port']>>;
  down?: Fault<NonNullable<IngressDoc['down_service']>> & { readonly endpoints: ObjectRef };
}

/** The first backend of each sort of fault. */
function backendFaults({ inventory }: FactContext, network: Network, ingress: Ingress): BackendFaults {
  const { namespace } = ingress.metadata;
  const faults: BackendFaults = {};
  for (const { backend, path, url } of ingressBackends(ingress)) {
    const { name = '', port = {} } = backend.service ?? {};
    if (name === '') continue;
    const ref = objectRef('Service', namespace, name);
    const lookup = inventory.lookup<Service>('Service', namespace, name);
    if (lookup.status === 'not-found') {
      const near = nearNames(
        name,
        inventory.list('Service', namespace).map(({ metadata }) => metadata.name),
        1,
      )[0];
      faults.service ??= { value: { name, path: url ?? '/', hint: near === undefined ? '' : `; there is ${near}` }, path: `${path}.service.name`, ref };
    }
    if (lookup.status !== 'found') continue;
    const ports = lookup.value.spec?.ports ?? [];
    const isThere =
      port.name === undefined
        ? port.number === undefined || ports.some((entry) => entry.port === port.number)
        : ports.some((entry) => entry.name === port.name);
    const has = ports.map((entry) => (entry.name === undefined ? `${entry.port}` : `${entry.port} (${entry.name})`)).join(', ');
    if (!isThere && !lookup.value.spec?.externalName)
      faults.port ??= { value: { service: name, port: String(port.name ?? port.number), has }, path: `${path}.service.port`, ref };
    const endpoints = network.endpointsOf(lookup.value);
    if (endpoints.known && endpoints.ready === 0 && !lookup.value.spec?.externalName)
      faults.down ??= { value: { name, ready: 0 }, path, ref, endpoints: endpoints.object };
  }
  return faults;
}

function missingSecret({ inventory }: FactContext, ingress: Ingress): { name: string; path: string } | undefined {
  for (const [index, { secretName }] of (ingress.spec?.tls ?? []).entries()) {
    if (secretName && inventory.lookup('Secret', ingress.metadata.namespace, secretName).status === 'not-found')
      return { name: secretName, path: `spec.tls[${index}].secretName` };
  }
  return undefined;
}
