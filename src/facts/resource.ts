import type { Fact, FactText } from '../domain/fact.ts';
import type { ResourceDoc } from '../domain/facts/resource.ts';
import { type AddOnResource, type Certificate, type Gateway, type HttpRoute, secretMadeBy, type VolumeSnapshot } from '../domain/kubernetes/add-ons.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import { isKind, type Kind } from '../domain/kubernetes/resource-type.ts';
import { type ObjectRef, objectRef, refLabel } from '../domain/object-ref.ts';
import { gatewaySecrets, issuerOf, routeBackends } from '../topology/edges/add-ons.ts';
import { ageSeconds, type FactContext } from './context.ts';
import { deliveryTexts } from './delivery-texts.ts';
import { helmRecordFacts } from './helm-records.ts';
import { objectFact } from './object-fact.ts';
import { conditionMap } from './pod-context.ts';
import { type ResourceOperator, resourceOperator } from './resource-operator.ts';
import { type ResourceState, resourceState } from './resource-state.ts';
import { challengeTexts, snapshotErrorTexts, troubleTexts } from './resource-troubles.ts';
import { eventTexts } from './texts.ts';

/** Each kind with the condition that sums it up; none where another field does. */
const KINDS = [
  ['HTTPRoute', 'Accepted'],
  ['Gateway', 'Programmed'],
  ['VolumeSnapshot', 'Ready'],
  ['Certificate', 'Ready'],
  ['Issuer', 'Ready'],
  ['ClusterIssuer', 'Ready'],
  ['ExternalSecret', 'Ready'],
  ['SealedSecret', 'Synced'],
  ['Application', ''],
  ['Rollout', ''],
  ['Canary', ''],
  ['Kustomization', 'Ready'],
  ['HelmRelease', 'Ready'],
  ['ClusterServiceVersion', ''],
  ['Subscription', ''],
  ['InstallPlan', ''],
] as const satisfies readonly (readonly [Kind, string])[];

/** One fact a resource of an add-on. */
export function* resourceFacts(context: FactContext): Iterable<Fact> {
  for (const [kind, summary] of KINDS) {
    const objects = context.inventory.list<AddOnResource>(kind).filter(isOriginal);
    const operator = objects.length === 0 ? undefined : resourceOperator(context, kind);
    for (const object of objects) yield resourceFact(context, object, { summary, operator });
  }
  yield* helmRecordFacts(context);
}

/** The operator lifecycle manager copies what serves all namespaces into each of them. */
function isOriginal({ status }: AddOnResource & { readonly status?: { readonly reason?: string } }): boolean {
  return status?.reason !== 'Copied';
}

interface Around {
  readonly summary: string;
  readonly operator: ResourceOperator | undefined;
}

function resourceFact(context: FactContext, object: AddOnResource, { summary, operator }: Around): Fact {
  const self = refOf(object);
  const secret = secretMadeBy(object);
  const made = secret === undefined ? undefined : objectRef('Secret', self.namespace, secret.name);
  const users = usersOf(context, made ?? self);
  const state = resourceState(object, summary);
  const doc = docOf(context, object, { summary, state, secret: made, users, operator: operator?.part ?? null });
  const condition = object.status?.conditions?.find(({ type }) => type === summary);
  const trouble = condition !== undefined && condition.status !== 'True';
  return objectFact({
    subject: 'Resource',
    object: self,
    doc,
    texts: textsOf(context, object, condition?.status === 'True' ? (condition.lastTransitionTime ?? null) : null),
    relations: { operator: operator?.ref, secret: made, issuer: object.kind === 'Certificate' ? issuerOf(object as Certificate) : undefined },
    groups: { users, secrets: object.kind === 'Gateway' ? gatewaySecrets(object as Gateway).map(({ to }) => to) : [] },
    since: trouble ? (condition.lastTransitionTime ?? null) : state.ready === 'False' ? state.phaseSince : null,
    origins: originsOf(object.kind, state.path, secret?.path),
  });
}

function textsOf(context: FactContext, object: AddOnResource, recoveredAt: string | null): FactText[] {
  return [
    ...troubleTexts(context, object),
    ...deliveryTexts(context, object),
    ...(object.kind === 'VolumeSnapshot' ? snapshotErrorTexts(context, object as VolumeSnapshot) : []),
    ...(object.kind === 'Certificate' ? challengeTexts(context, object as Certificate) : []),
    ...eventTexts(context, context.inventory.eventsOf(object), recoveredAt),
  ];
}

interface Parts {
  readonly summary: string;
  readonly state: ResourceState;
  readonly operator: ResourceDoc['operator'];
  readonly secret: ObjectRef | undefined;
  readonly users: readonly ObjectRef[];
}

function docOf(context: FactContext, object: AddOnResource, { summary, state, secret, users, operator }: Parts): ResourceDoc {
  const { metadata, status } = object;
  const age = ageSeconds(context, metadata.creationTimestamp);
  const { ready, phase, phaseSince, answered } = state;
  const issuer = object.kind === 'Certificate' ? issuerOf(object as Certificate) : undefined;
  const conditions = conditionMap(context, status?.conditions);
  return {
    kind: object.kind,
    name: metadata.name,
    namespace: metadata.namespace ?? null,
    age_s: age,
    deleting: metadata.deletionTimestamp !== undefined,
    answered,
    ready,
    phase,
    phase_s: ageSeconds(context, phaseSince),
    stale: (status?.observedGeneration ?? metadata.generation ?? 0) < (metadata.generation ?? 0),
    operator,
    not_ready_s: ready === 'True' ? null : (conditions[summary]?.age_s ?? ageSeconds(context, phaseSince) ?? age),
    hosts: hostsOf(object).join(', ') || 'any host',
    class: object.kind === 'Gateway' ? ((object as Gateway).spec?.gatewayClassName ?? null) : null,
    missing: missingOf(context, object),
    issuer: issuer === undefined ? null : `${issuer.kind} ${issuer.name}`,
    secret: secret?.name ?? null,
    expires_in_s: object.kind === 'Certificate' ? negative(ageSeconds(context, (object as Certificate).status?.notAfter)) : null,
    users: users.length === 0 ? 'nothing that was read' : users.slice(0, 5).map(refLabel).join(', '),
    conditions,
  };
}

function hostsOf(object: AddOnResource): readonly string[] {
  if (object.kind === 'HTTPRoute') return (object as HttpRoute).spec?.hostnames ?? [];
  if (object.kind === 'Gateway') return ((object as Gateway).spec?.listeners ?? []).flatMap(({ hostname }) => hostname ?? []);
  if (object.kind !== 'Certificate') return [];
  const { dnsNames = [], commonName } = (object as Certificate).spec ?? {};
  return dnsNames.length > 0 || commonName === undefined ? dnsNames : [commonName];
}

/** What is proven not to exist of the objects that it refers to. */
function missingOf(context: FactContext, object: AddOnResource): string[] {
  const refs = [...new Map(referencesOf(object).map((ref) => [refLabel(ref), ref])).values()];
  return refs.filter(({ kind, namespace, name }) => isKind(kind) && context.inventory.lookup(kind, namespace, name).status === 'not-found').map(refLabel);
}

function referencesOf(object: AddOnResource): ObjectRef[] {
  switch (object.kind) {
    case 'HTTPRoute': {
      const { spec, metadata } = object as HttpRoute;
      const gateways = (spec?.parentRefs ?? []).filter(({ kind = 'Gateway' }) => kind === 'Gateway');
      return [
        ...gateways.map(({ namespace = metadata.namespace, name }) => objectRef('Gateway', namespace, name)),
        ...routeBackends(object as HttpRoute).map(({ to }) => to),
      ];
    }
    case 'Gateway':
      return gatewaySecrets(object as Gateway).map(({ to }) => to);
    case 'Certificate':
      return [issuerOf(object as Certificate)].filter((issuer) => issuer !== undefined);
    default:
      return [];
  }
}

/** Workloads, Ingresses and claims that refer to the object. */
function usersOf(context: FactContext, made: ObjectRef): ObjectRef[] {
  return context.graph.neededBy(made).flatMap(({ type, from }) => (type === 'made-from' && from.kind === 'Secret' ? [] : [from]));
}

function negative(age: number | null): number | null {
  return age === null ? null : -age;
}

function originsOf(kind: string, ready: string, secretPath: string | undefined): Record<string, string> {
  const references: Readonly<Record<string, string>> = { HTTPRoute: 'spec', Gateway: 'spec.listeners', Certificate: 'spec.issuerRef' };
  return {
    age_s: 'metadata.creationTimestamp',
    deleting: 'metadata.deletionTimestamp',
    answered: 'status',
    ready,
    not_ready_s: ready,
    phase: ready,
    phase_s: ready,
    stale: 'status.observedGeneration',
    class: 'spec.gatewayClassName',
    missing: references[kind] ?? 'spec',
    issuer: 'spec.issuerRef',
    secret: secretPath ?? 'spec',
    expires_in_s: 'status.notAfter',
    conditions: 'status.conditions',
  };
}
