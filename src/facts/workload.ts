import type { Fact, FactText, Origin } from '../domain/fact.ts';
import type { WorkloadDoc } from '../domain/facts/workload.ts';
import type { LabelSelector } from '../domain/kubernetes/label-selector.ts';
import { controllerOf, refOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { desiredReplicas, podTemplateOf, readyReplicas, type Workload } from '../domain/kubernetes/workload.ts';
import { type ObjectRef, objectRef, refKey, sameObject } from '../domain/object-ref.ts';
import { ageSeconds, type FactContext } from './context.ts';
import { daemonPart } from './daemon-nodes.ts';
import { policyPart } from './namespace-policy.ts';
import { objectFact } from './object-fact.ts';
import { partLease, partLeaseOrigin } from './part-lease.ts';
import { conditionMap } from './pod-context.ts';
import { podReferences } from './references.ts';
import { podCounts, refusals } from './refusals.ts';
import { templateChanges } from './template-changes.ts';
import { conditionTexts, eventTexts, originOfText } from './texts.ts';
import { cronPart, jobPart, podCountsOf, statefulPart } from './workload-parts.ts';

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicaSet', 'ReplicationController'] as const;
/** These count the pods of the newest revision; like every count that is 0, the API leaves it out. */
const KEEPS_UPDATED = new Set(['Deployment', 'StatefulSet']);
/** Their controllers write into the status, first of all, which generation they have seen. */
const OBSERVED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);
/** Kinds of which a condition says since when they are unwell; one that lacks it was never well. */
const HAS_CONDITIONS = new Set(['Deployment', 'Job', 'CronJob']);
/** kube-controller-manager: Deployments fail to progress after this time unless they say otherwise. */
const PROGRESS_DEADLINE_S = 600;
/** A new pod of any workload may take so long to become ready before that is worth a word. */
const START_S = 120;

/** One fact a workload of the level that people name, Jobs of CronJobs included. */
export function* workloadFacts(context: FactContext): Generator<Fact> {
  const pods = podsByWorkload(context);
  for (const kind of KINDS) {
    const all = context.inventory.list<Workload>(kind);
    const selectors = Map.groupBy(all, selectorKey);
    for (const workload of all) {
      const below = controllerOf(workload) !== undefined && kind !== 'Job';
      if (below || workload.spec === undefined) continue;
      const alike = selectors.get(selectorKey(workload)) ?? [];
      yield workloadFact(context, workload, pods.get(refKey(refOf(workload))) ?? [], alike);
    }
  }
}

function podsByWorkload(context: FactContext): ReadonlyMap<string, readonly Pod[]> {
  const pods = context.inventory.list<Pod>('Pod');
  const byOwner = new Map<string, Pod[]>();
  for (const pod of pods) {
    const controller = controllerOf(pod);
    const direct = controller === undefined ? [] : [objectRef(controller.kind, pod.metadata.namespace, controller.name)];
    const owners = new Map([...direct, context.graph.ownerOf(refOf(pod))].map((owner) => [refKey(owner), owner]));
    for (const key of owners.keys()) byOwner.set(key, [...(byOwner.get(key) ?? []), pod]);
  }
  return byOwner;
}

function selectorKey(workload: Workload): string {
  const { matchLabels = {} }: LabelSelector = workload.spec?.selector ?? {};
  return `${workload.metadata.namespace}/${JSON.stringify(Object.entries(matchLabels).sort())}`;
}

function workloadFact(context: FactContext, workload: Workload, pods: readonly Pod[], alike: readonly Workload[]): Fact {
  const self = refOf(workload);
  const texts = textsOf(context, workload);
  const refusal = texts.find(({ reason, stale }) => reason === 'FailedCreate' && !stale);
  const doc = docOf(context, workload, { pods, alike, refused: refusal !== undefined });
  return objectFact({
    subject: 'Workload',
    object: self,
    doc,
    texts,
    relations: { workload: context.graph.ownerOf(self), namespace: namespaceOf(self) },
    groups: { pods: pods.map(refOf) },
    since: sinceOf(doc, workload),
    origins: { ...ORIGINS(self), ...(refusal === undefined ? {} : { creation_refused: originOfText(refusal) }) },
  });
}

const namespaceOf = ({ namespace = '' }: ObjectRef): ObjectRef => objectRef('Namespace', undefined, namespace);

/** Where what a rule cites stands in the object. */
const ORIGINS = (self: ObjectRef): Record<string, string | Origin> => ({
  desired: 'spec.replicas',
  current: 'status.replicas',
  ready: 'status.readyReplicas',
  updated: 'status.updatedReplicas',
  available: 'status.availableReplicas',
  paused: 'spec.paused',
  suspended: 'spec.suspend',
  observed_stale: 'status.observedGeneration',
  creation_refused: 'status.replicas',
  unobserved_s: { object: self, fieldPath: 'metadata.managedFields' },
  controller_lease_s: partLeaseOrigin('kube-controller-manager'),
  controller_lease_stale: partLeaseOrigin('kube-controller-manager'),
  conditions: 'status.conditions',
  namespace_written_s: { object: namespaceOf(self), fieldPath: 'metadata.managedFields' },
  pod_security: { object: namespaceOf(self), fieldPath: 'metadata.labels' },
  service_account: 'spec.template.spec.serviceAccountName',
  service_account_status: { object: self, fieldPath: 'spec.template.spec.serviceAccountName', source: 'lookup' },
  overlaps: 'spec.selector',
  job: 'status',
  hook: 'metadata.annotations',
  cron: 'status',
  stateful: 'status',
  daemon: 'status',
});

interface Around {
  readonly pods: readonly Pod[];
  readonly alike: readonly Workload[];
  readonly refused: boolean;
}

function docOf(context: FactContext, workload: Workload, { pods, alike, refused }: Around): WorkloadDoc {
  const { metadata, spec = {}, status = {} } = workload;
  const counted = workload.kind !== 'Job' && workload.kind !== 'CronJob';
  const template = podTemplateOf(workload)?.spec;
  const references = template === undefined ? [] : podReferences(context.inventory, metadata.namespace ?? '', template);
  const account = references.find(({ kind }) => kind === 'ServiceAccount');
  const observed_stale = isObservedStale(workload);
  const lease = partLease(context, 'kube-controller-manager');
  return {
    name: metadata.name,
    kind: workload.kind,
    namespace: metadata.namespace ?? null,
    desired: counted ? desiredReplicas(workload) : null,
    current: counted ? podCounts(workload).present : null,
    ready: counted ? readyReplicas(workload) : null,
    updated: KEEPS_UPDATED.has(workload.kind) ? (status.updatedReplicas ?? 0) : null,
    available: counted ? (status.availableReplicas ?? null) : null,
    paused: spec.paused ?? false,
    suspended: spec.suspend ?? false,
    age_s: ageSeconds(context, metadata.creationTimestamp),
    observed_stale,
    unobserved_s: observed_stale ? ageSeconds(context, lastWritten(workload) ?? firstWritten(workload)) : null,
    controller_lease_s: lease.age_s,
    controller_lease_stale: lease.stale,
    rollout_in_progress: counted && isRollingOut(context, workload),
    conditions: conditionMap(context, status.conditions),
    pods: podCountsOf(pods),
    ...policyPart(context, workload, refused),
    creation_refused: refused,
    references,
    service_account: account?.name ?? null,
    service_account_status: account === undefined || account.status === 'key-missing' ? null : account.status,
    changes: templateChanges(context, workload),
    overlaps:
      counted && spec.selector !== undefined
        ? alike.filter((other) => other !== workload && !isYounger(other, workload)).map((other) => other.metadata.name)
        : [],
    job: jobPart(context, workload, pods),
    hook: metadata.annotations?.['helm.sh/hook'] ?? null,
    cron: cronPart(context, workload),
    stateful: statefulPart(workload, pods),
    daemon: daemonPart(context, workload, pods),
  };
}

function isYounger({ metadata }: Workload, than: Workload): boolean {
  return Date.parse(metadata.creationTimestamp ?? '') > Date.parse(than.metadata.creationTimestamp ?? '');
}

/** An object whose status is still empty was never seen by its controller. */
function isObservedStale({ kind, metadata, status }: Workload): boolean {
  const observed =
    status?.observedGeneration ?? (status !== undefined && OBSERVED.has(kind) && Object.values(status).every((count) => count === 0) ? 0 : undefined);
  return (observed ?? metadata.generation ?? 0) < (metadata.generation ?? 0);
}

/** Of the first generation, the spec is as old as the object. */
function firstWritten({ metadata }: Workload): string | undefined {
  return metadata.generation === 1 ? metadata.creationTimestamp : undefined;
}

/** When a person or tool last wrote the spec: writes of the status do not count. */
function lastWritten({ metadata }: Workload): string | undefined {
  return metadata.managedFields
    ?.filter(({ subresource, time }) => subresource === undefined && time !== undefined)
    .map(({ time }) => time)
    .sort()
    .at(-1);
}

function isRollingOut(context: FactContext, workload: Workload): boolean {
  const { status = {}, spec = {} } = workload;
  const progressing = status.conditions?.find(({ type }) => type === 'Progressing');
  if (progressing !== undefined) {
    const age = ageSeconds(context, progressing.lastUpdateTime ?? progressing.lastTransitionTime ?? workload.metadata.creationTimestamp);
    const deadline = Math.min(spec.progressDeadlineSeconds ?? PROGRESS_DEADLINE_S, START_S);
    return progressing.status === 'True' && progressing.reason !== 'NewReplicaSetAvailable' && age !== null && age < deadline;
  }
  const age = ageSeconds(context, workload.metadata.creationTimestamp);
  return age !== null && age < START_S;
}

/** Its own events and conditions, and what the API server refuses to its sets; all stale once every pod is ready. */
function textsOf(context: FactContext, workload: Workload): FactText[] {
  const self = refOf(workload);
  const own = refusals(context).filter((refusal) => sameObject(refusal.workload, self) || sameObject(refOf(refusal.set), self));
  const refused = own.map(({ text }) => text);
  const isRefusal = new Set(refused.map(({ evidence }) => evidence.excerpt));
  const complete = workload.kind !== 'Job' && workload.kind !== 'CronJob' && readyReplicas(workload) >= desiredReplicas(workload);
  const events = eventTexts(context, context.inventory.eventsOf(workload), null).filter(({ evidence }) => !isRefusal.has(evidence.excerpt));
  const conditions = conditionTexts(
    context,
    workload,
    workload.status?.conditions?.filter(({ message }) => message),
  );
  return [
    ...refused,
    ...conditions.filter(({ evidence }) => !isRefusal.has(evidence.excerpt)),
    ...events.map((text) => ({ ...text, stale: text.stale || complete })),
  ];
}

function sinceOf({ conditions, job }: WorkloadDoc, workload: Workload): string | null {
  const unhealthy = workload.status?.conditions?.find(
    ({ type, status }) => (type === 'Available' && status === 'False') || (type === 'Failed' && status === 'True'),
  );
  if (unhealthy !== undefined) return unhealthy.lastTransitionTime ?? null;
  if (conditions['Available']?.status === 'True' || job?.complete) return null;
  // Sets have no condition that tells: when they were made says nothing of when they fell ill.
  return HAS_CONDITIONS.has(workload.kind) ? (workload.metadata.creationTimestamp ?? null) : null;
}
