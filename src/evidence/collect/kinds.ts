import type { Inventory } from '../../domain/inventory.ts';
import type { AddOnResource } from '../../domain/kubernetes/add-ons.ts';
import { EXPERIMENT_KINDS } from '../../domain/kubernetes/chaos.ts';
import type { Pod } from '../../domain/kubernetes/pod.ts';
import type { Kind } from '../../domain/kubernetes/resource-type.ts';
import type { PersistentVolumeClaim } from '../../domain/kubernetes/storage.ts';
import { desiredReplicas, podTemplateOf, readyReplicas, WORKLOAD_KINDS, type Workload } from '../../domain/kubernetes/workload.ts';

/** One list that the first round may ask for. */
export interface ListPlan {
  readonly kind: Kind;
  /** Reading it costs a request only when what was read before shows a use for it. */
  readonly when?: (read: Inventory) => boolean;
  /** What concerns a namespace may stand in any other: it is listed in all of them. */
  readonly everywhere?: boolean;
  /** Little depends on it: a dump without it has no gap. */
  readonly minor?: boolean;
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly pageSize?: number;
  /** Field selector of what need not cross the wire, because nothing reasons over it. What is left counts as the whole list. */
  readonly leaveOut?: string;
}

const MB = 2 ** 20;
const LIMITS = { maxItems: 10_000, maxBytes: 64 * MB };
const essential = (kind: Kind, limits: Partial<ListPlan> = {}): ListPlan => ({ kind, ...LIMITS, ...limits });
const minor = (kind: Kind, limits: Partial<ListPlan> = {}): ListPlan => ({ kind, ...LIMITS, minor: true, ...limits });

const addOn = (kind: Kind, when?: ListPlan['when']): ListPlan => ({ kind, ...LIMITS, maxItems: 5_000, minor: true, ...(when ? { when } : {}) });

/** What every namespace of an investigation is read for, the most telling first. */
export const NAMESPACED: readonly ListPlan[] = [
  essential('Pod', { maxItems: 30_000, maxBytes: 512 * MB }),
  // That a pod was scheduled stands in its condition, and is half of all events.
  essential('Event', { maxItems: 20_000, maxBytes: 128 * MB, pageSize: 2_000, leaveOut: 'reason!=Scheduled' }),
  essential('Deployment'),
  essential('ReplicaSet', { maxItems: 20_000, maxBytes: 192 * MB }),
  essential('StatefulSet'),
  essential('DaemonSet'),
  essential('Service'),
  minor('EndpointSlice'),
  minor('Job'),
  minor('CronJob'),
  minor('Ingress'),
  minor('NetworkPolicy'),
  minor('ConfigMap', { maxItems: 5_000 }),
  essential('PersistentVolumeClaim'),
  minor('ResourceQuota'),
  minor('LimitRange'),
  minor('HorizontalPodAutoscaler'),
  minor('PodDisruptionBudget'),
  minor('ServiceAccount'),
];

/** They stand in any namespace, often one of their own, and choose pods elsewhere. */
export const EXPERIMENTS: readonly ListPlan[] = EXPERIMENT_KINDS.map((kind) => ({ ...addOn(kind), maxItems: 1_000, everywhere: true }));

/** Of a dump everything may be read: it costs no request, and no permission on Secrets is asked of anybody. Their values are dropped. */
export const NAMESPACED_IN_DUMPS: readonly ListPlan[] = [
  ...NAMESPACED,
  minor('Endpoints'),
  minor('Secret'),
  minor('ReplicationController'),
  minor('ControllerRevision'),
  ...(['HTTPRoute', 'Gateway', 'Certificate', 'Issuer', 'Challenge', 'ExternalSecret', 'SealedSecret', 'VolumeSnapshot'] as const).map((kind) => addOn(kind)),
  ...(['PeerAuthentication', 'Application', 'Rollout', 'Canary', 'Kustomization', 'HelmRelease'] as const).map((kind) => addOn(kind)),
  ...(['ClusterServiceVersion', 'Subscription', 'InstallPlan'] as const).map((kind) => addOn(kind)),
];

/** What a second or third namespace is read for. */
export const OTHER_NAMESPACES: ReadonlySet<Kind> = new Set<Kind>([
  'Pod',
  'Event',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Service',
  'EndpointSlice',
  'NetworkPolicy',
  'ConfigMap',
  'PersistentVolumeClaim',
]);

export const CLUSTER_WIDE: readonly ListPlan[] = [
  essential('Node', { maxBytes: 256 * MB }),
  minor('Namespace'),
  minor('ValidatingWebhookConfiguration'),
  minor('MutatingWebhookConfiguration'),
  minor('APIService'),
];

const isUnready = (workload: Workload): boolean =>
  readyReplicas(workload) < desiredReplicas(workload) || workload.status?.currentRevision !== workload.status?.updateRevision;

/** Asked for in the first namespace when it shows a use for them: what the templates of sets that are not well were before. */
export const NAMESPACED_ON_DEMAND: readonly ListPlan[] = [
  minor('ControllerRevision', { when: (read) => [...read.list<Workload>('StatefulSet'), ...read.list<Workload>('DaemonSet')].some(isUnready) }),
];

const asksForStorage = (read: Inventory): boolean =>
  read.list('PersistentVolumeClaim').length > 0 || read.list<Workload>('StatefulSet').some(({ spec }) => (spec?.volumeClaimTemplates ?? []).length > 0);
const asksFor =
  (field: 'priorityClassName' | 'runtimeClassName') =>
  (read: Inventory): boolean =>
    [...read.list<Workload>('Deployment'), ...read.list<Workload>('StatefulSet'), ...read.list<Workload>('DaemonSet')].some(
      (workload) => podTemplateOf(workload)?.spec?.[field] !== undefined,
    );

/** Asked for when the first lists show a use for them. */
export const CLUSTER_WIDE_ON_DEMAND: readonly ListPlan[] = [
  minor('PersistentVolume', { when: asksForStorage }),
  minor('StorageClass', { when: asksForStorage }),
  minor('VolumeAttachment', { when: asksForStorage }),
  minor('CSIDriver', { when: asksForStorage }),
  minor('IngressClass', { when: (read) => read.list('Ingress').length > 0 }),
  minor('PriorityClass', { when: asksFor('priorityClassName') }),
  minor('RuntimeClass', { when: asksFor('runtimeClassName') }),
];

const certificatesFail = (read: Inventory): boolean =>
  read
    .list<AddOnResource>('Certificate')
    .some(({ status }) => status?.conditions?.every(({ type, status: state }) => type !== 'Ready' || state !== 'True') ?? true);

export const CLUSTER_ISSUERS: ListPlan = addOn('ClusterIssuer');

/** Kinds of add-ons, in two rounds: of the second, each only when the first shows a use for it. Of the first namespace only. */
export const ADD_ONS: readonly (readonly ListPlan[])[] = [
  [
    addOn('HTTPRoute'),
    addOn('Gateway'),
    addOn('Certificate'),
    addOn('ExternalSecret'),
    addOn('SealedSecret'),
    addOn('Rollout'),
    addOn('Canary'),
    addOn('ClusterServiceVersion'),
    ...(['PeerAuthentication', 'Application', 'Kustomization', 'HelmRelease', 'Subscription', 'InstallPlan'] as const).map((kind) => ({
      ...addOn(kind),
      everywhere: true,
    })),
    ...EXPERIMENTS,
    addOn('VolumeSnapshot', (read) =>
      read.list<PersistentVolumeClaim>('PersistentVolumeClaim').some(({ spec }) => spec?.dataSource?.kind === 'VolumeSnapshot'),
    ),
  ],
  [addOn('Issuer', certificatesFail), addOn('Challenge', certificatesFail), { ...CLUSTER_ISSUERS, when: certificatesFail }],
];

/** Kubelets renew their leases here (KEP-589). */
export const LEASES: ListPlan = minor('Lease');
export const LEASE_NAMESPACE = 'kube-node-lease';
/** The scheduler and the controller manager renew theirs here: asked for where something waits for one of them. */
export const SYSTEM_NAMESPACE = 'kube-system';

/** Something waits for a part of the control plane that says nothing: a pod for the scheduler, a workload for its controller. */
export function controlPlaneSilent(read: Inventory): boolean {
  const unplaced = read
    .list<Pod>('Pod')
    .some(({ spec, status }) => spec?.nodeName === undefined && status?.phase === 'Pending' && !status.conditions?.some(({ type }) => type === 'PodScheduled'));
  return unplaced || WORKLOAD_KINDS.some((kind) => read.list<Workload>(kind).some(isUnattended));
}

/** Its controller has not seen its newest spec, or not made the pods that it wants. */
function isUnattended(workload: Workload): boolean {
  const { metadata, status } = workload;
  if (workload.kind === 'Job' || workload.kind === 'CronJob') return false;
  const observed = status?.observedGeneration;
  if ((observed ?? 0) < (metadata.generation ?? 0)) return true;
  return observed !== undefined && (status?.replicas ?? readyReplicas(workload)) < desiredReplicas(workload);
}

/** Events about cluster-scoped objects are written here. */
export const CLUSTER_EVENTS_NAMESPACE = 'default';
