import type { Fact, FactText, Origin } from '../domain/fact.ts';
import type { PodDoc } from '../domain/facts/pod.ts';
import type { Role } from '../domain/facts/roles.ts';
import type { Node } from '../domain/kubernetes/node.ts';
import { controllerOf, refOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { type ObjectRef, objectRef, shortLabel } from '../domain/object-ref.ts';
import { ageSeconds, type FactContext } from './context.ts';
import { type Displacement, displacementOf } from './displacement.ts';
import { objectFact } from './object-fact.ts';
import { partLease, partLeaseOrigin } from './part-lease.ts';
import { claimStates, type MissingClaim, missingClaim, mountClaim, pinnedVolume } from './pod-claims.ts';
import { conditionMap, isLeftBehind } from './pod-context.ts';
import { isReplaced, isStillMade } from './pod-replacement.ts';
import { podScheduling, type Scheduling } from './pod-scheduling.ts';
import { podTexts, schedulingText, startedAt } from './pod-texts.ts';
import { originOfText } from './texts.ts';

const SETTLING_S = 10;
const SILENCE_S = 30;

/** A fact of every pod that is not simply ready or finished. */
export function* podFacts(context: FactContext): Iterable<Fact> {
  for (const pod of context.inventory.list<Pod>('Pod')) if (isNoteworthy(pod)) yield podFact(context, pod);
}

function isNoteworthy(pod: Pod): boolean {
  if (pod.spec === undefined) return false;
  if (pod.metadata.deletionTimestamp !== undefined) return true;
  if (pod.status?.phase === 'Succeeded') return false;
  return !(pod.status?.phase === 'Running' && pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'));
}

function podFact(context: FactContext, pod: Pod): Fact {
  const texts = podTexts(context, pod);
  const claims = claimStates(context, pod);
  const missing = missingClaim(context, pod, claims);
  const said = schedulingText(pod, texts);
  const scheduling = said === undefined || !isWaiting(context, pod) ? undefined : podScheduling(context, pod, said.text, claims);
  const displaced = displacementOf(context, pod, scheduling?.doc.shortage?.resource);
  const owner = context.graph.ownerOf(refOf(pod));
  return objectFact({
    subject: 'Pod',
    object: refOf(pod),
    doc: podDoc(context, pod, { texts, claims, missing, scheduling, displaced, owner }),
    texts,
    relations: {
      ...podRelations({ pod, owner, scheduling, mounting: mountClaim(context, pod, texts) }),
      quota: missing.quota,
      displacer: displaced?.by,
      pinned_volume: scheduling?.doc.primary === 'volume-node-affinity' ? (pinnedVolume(context, pod) ?? owner) : undefined,
    },
    groups: { cordoned_nodes: refs(scheduling?.cordoned), unhealthy_nodes: refs(scheduling?.unhealthy), tainted_nodes: refs(scheduling?.tainted) },
    since: pod.status?.conditions?.find(({ status }) => status === 'False')?.lastTransitionTime ?? pod.metadata.creationTimestamp ?? null,
    origins: {
      ...podOrigins(pod, said, missing.quota),
      ...(displaced === undefined ? {} : { displaced: { object: displaced.by, fieldPath: 'spec.priority' } }),
    },
  });
}

/** Pending without a node, not young, not on its way out. */
function isWaiting(context: FactContext, pod: Pod): boolean {
  return (
    pod.spec.nodeName === undefined &&
    (pod.status?.phase ?? 'Pending') === 'Pending' &&
    pod.metadata.deletionTimestamp === undefined &&
    (ageSeconds(context, pod.metadata.creationTimestamp) ?? SETTLING_S) >= SETTLING_S
  );
}

interface PodParts {
  readonly texts: readonly FactText[];
  readonly claims: PodDoc['claims'];
  readonly missing: MissingClaim;
  readonly scheduling: Scheduling | undefined;
  readonly displaced: Displacement | undefined;
  readonly owner: ObjectRef;
}

function podDoc(context: FactContext, pod: Pod, { texts, claims, missing, scheduling, displaced, owner }: PodParts): Readonly<PodDoc> {
  const lease = partLease(context, 'kube-scheduler');
  const conditions = conditionMap(context, pod.status?.conditions);
  const boundFor = conditions['PodScheduled']?.status === 'True' ? conditions['PodScheduled'].age_s : ageSeconds(context, pod.metadata.creationTimestamp);
  return {
    name: pod.metadata.name,
    namespace: pod.metadata.namespace ?? '',
    phase: pod.status?.phase ?? null,
    reason: pod.status?.reason ?? null,
    message: pod.status?.message ?? null,
    age_s: ageSeconds(context, pod.metadata.creationTimestamp),
    node: pod.spec.nodeName ?? null,
    node_ready: nodeReady(context, pod.spec.nodeName),
    deleting: pod.metadata.deletionTimestamp !== undefined,
    grace_s: pod.spec.terminationGracePeriodSeconds ?? 30,
    // The API server sets deletionTimestamp to the end of the grace period, not to the moment of the request.
    overdue_s: ageSeconds(context, pod.metadata.deletionTimestamp),
    finalizers: [...(pod.metadata.finalizers ?? [])],
    scheduling: scheduling?.doc ?? null,
    displaced: displaced?.doc ?? null,
    scheduler: pod.spec.schedulerName ?? 'default-scheduler',
    scheduler_silent: isWaiting(context, pod) && isSilent(context, pod, texts),
    scheduler_lease_s: lease.age_s,
    scheduler_lease_stale: lease.stale,
    gates: (pod.spec.schedulingGates ?? []).map(({ name }) => name),
    starting_s: pod.spec.nodeName === undefined || startedAt(pod) !== null || pod.status?.phase !== 'Pending' ? null : boundFor,
    claims,
    similar_claim: missing.similar,
    storage_quota: missing.quotaText,
    runtime_class: pod.spec.runtimeClassName ?? null,
    priority_class: pod.spec.priorityClassName ?? null,
    service_account: pod.spec.serviceAccountName ?? 'default',
    owner_kind: controllerOf(pod)?.kind ?? null,
    workload: shortLabel(owner),
    left_behind: isLeftBehind(context, pod),
    replaced: isReplaced(context, pod, owner),
    still_made: isStillMade(context, pod),
    qos: pod.status?.qosClass ?? null,
    conditions,
  };
}

function isSilent(context: FactContext, pod: Pod, texts: readonly FactText[]): boolean {
  const spoken =
    pod.status?.conditions?.some(({ type }) => type === 'PodScheduled') || texts.some(({ reason }) => reason === 'FailedScheduling' || reason === 'Scheduled');
  return !spoken && (pod.spec.schedulingGates ?? []).length === 0 && (ageSeconds(context, pod.metadata.creationTimestamp) ?? 0) >= SILENCE_S;
}

function nodeReady(context: FactContext, name: string | undefined): string | null {
  if (name === undefined) return null;
  const node = context.inventory.lookup<Node>('Node', undefined, name);
  return node.status === 'found' ? (node.value.status?.conditions?.find(({ type }) => type === 'Ready')?.status ?? null) : null;
}

interface RelationParts {
  readonly pod: Pod;
  readonly owner: ObjectRef;
  readonly scheduling: Scheduling | undefined;
  readonly mounting: ObjectRef | undefined;
}

function podRelations({ pod, owner, scheduling, mounting }: RelationParts): { readonly [role in Role<'Pod'>]?: ObjectRef | undefined } {
  const namespace = pod.metadata.namespace;
  const waitsFor = scheduling?.doc.claim;
  const claim = waitsFor ? objectRef('PersistentVolumeClaim', namespace, waitsFor) : mounting;
  return {
    pod: refOf(pod),
    workload: owner,
    namespace: namespace === undefined ? undefined : objectRef('Namespace', undefined, namespace),
    node: pod.spec.nodeName === undefined ? undefined : objectRef('Node', undefined, pod.spec.nodeName),
    claim,
    storage: claim ?? owner,
    cordoned_node: refs(scheduling?.cordoned)[0],
    unhealthy_node: refs(scheduling?.unhealthy)[0],
    tainted_node: refs(scheduling?.tainted)[0],
  };
}

function refs(nodes: readonly Node[] | undefined): ObjectRef[] {
  return (nodes ?? []).map((node) => objectRef('Node', undefined, node.metadata.name));
}

function podOrigins(pod: Pod, said: FactText | undefined, quota: ObjectRef | undefined): Record<string, string | Origin> {
  return {
    phase: 'status.phase',
    reason: 'status.reason',
    message: 'status.message',
    age_s: 'metadata.creationTimestamp',
    node: 'spec.nodeName',
    node_ready: { object: objectRef('Node', undefined, pod.spec.nodeName ?? ''), fieldPath: 'status.conditions[type=Ready].status' },
    deleting: 'metadata.deletionTimestamp',
    overdue_s: 'metadata.deletionTimestamp',
    grace_s: 'spec.terminationGracePeriodSeconds',
    finalizers: 'metadata.finalizers',
    scheduling: said === undefined ? 'status.conditions[type=PodScheduled]' : originOfText(said),
    scheduler: 'spec.schedulerName',
    scheduler_silent: 'status.conditions',
    scheduler_lease_s: partLeaseOrigin('kube-scheduler'),
    scheduler_lease_stale: partLeaseOrigin('kube-scheduler'),
    gates: 'spec.schedulingGates',
    starting_s: 'status.containerStatuses',
    claims: 'spec.volumes',
    storage_quota: { object: quota ?? refOf(pod), fieldPath: 'status' },
    runtime_class: 'spec.runtimeClassName',
    priority_class: 'spec.priorityClassName',
    service_account: 'spec.serviceAccountName',
    conditions: 'status.conditions',
  };
}
