import { fieldWrites } from '../../cluster/field-writes.ts';
import type { KubeEvent } from '../../domain/kubernetes/event.ts';
import type { KubeObject, ObjectMeta } from '../../domain/kubernetes/object.ts';
import type { Kind } from '../../domain/kubernetes/resource-type.ts';
import { projectConfigMap, projectSecret } from './project-config.ts';
import { podProjection, projectRevision, projectTemplates } from './project-pod.ts';
import { replicaSetProjection } from './project-replica-sets.ts';

type Project = (object: KubeObject) => KubeObject;
type Loose = { readonly [key: string]: unknown };

/** Annotations that something reasons over; all others are dropped, `last-applied-configuration` above all. */
const ANNOTATIONS = new Set([
  'deployment.kubernetes.io/revision',
  'kubectl.kubernetes.io/restartedAt',
  'kubernetes.io/change-cause',
  'kubernetes.io/config.hash',
  'kubernetes.io/config.mirror',
  'kubernetes.io/ingress.class',
  'ingressclass.kubernetes.io/is-default-class',
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
  'volume.beta.kubernetes.io/storage-class',
  'volume.kubernetes.io/selected-node',
  'volume.kubernetes.io/storage-provisioner',
  'volume.beta.kubernetes.io/storage-provisioner',
  'pv.kubernetes.io/provisioned-by',
  'pv.kubernetes.io/bind-completed',
  'cluster-autoscaler.kubernetes.io/scale-down-disabled',
  'meta.helm.sh/release-name',
  'helm.sh/hook',
  'nginx.ingress.kubernetes.io/canary',
]);
/** Kinds that are many or written often: only writes whose fields are known are kept. */
const FEW_CHANGES = ['Node', 'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];
/** Kinds whose times of change are evidence: when, by which manager, and what a later write changed. */
const CHANGES: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'ConfigMap',
  'Service',
  'NetworkPolicy',
  'Ingress',
  'ResourceQuota',
  'LimitRange',
  'HorizontalPodAutoscaler',
  'Secret',
  'Lease',
  'Namespace',
  'PodDisruptionBudget',
  ...FEW_CHANGES,
]);

/** Whether it is evidence of the kind who wrote what when. */
export function keepsManagedFields(kind: Kind): boolean {
  return CHANGES.has(kind);
}

/** What is kept of each kind, made anew for each list: some look at what came before. Nothing is kept by reference that is not needed. */
export function projectionOf(kind: Kind): Project {
  const own = SPECIAL[kind]?.() ?? ((object) => object);
  return (object) => own({ ...object, metadata: projectMeta(object) });
}

/** The kinds of which a cluster holds most. What is kept of these stays the same when it passes the projection again. */
export const REPEATABLE: ReadonlySet<Kind> = new Set(['Pod', 'Event']);

const SPECIAL: Partial<Record<Kind, () => Project>> = {
  Pod: podProjection,
  Deployment: () => projectTemplates,
  StatefulSet: () => projectTemplates,
  DaemonSet: () => projectTemplates,
  Job: () => projectTemplates,
  CronJob: () => projectTemplates,
  ReplicaSet: replicaSetProjection,
  ReplicationController: () => projectTemplates,
  ControllerRevision: () => projectRevision,
  ConfigMap: () => projectConfigMap,
  Secret: () => projectSecret,
  Node: () => projectNode,
  Event: () => projectEvent,
  ValidatingWebhookConfiguration: () => withoutBundles,
  MutatingWebhookConfiguration: () => withoutBundles,
  APIService: () => withoutBundles,
  SealedSecret: () => withoutPayload,
  Challenge: () => withoutPayload,
  ClusterServiceVersion: () => withoutSpec,
  InstallPlan: () => withoutSteps,
};

/** Field by field, as of events: there are tens of thousands. */
function projectMeta(object: KubeObject): ObjectMeta {
  const { kind, metadata } = object;
  const kept: Record<string, unknown> = { name: metadata.name };
  for (const field of META_FIELDS) if (metadata[field] !== undefined) kept[field] = metadata[field];
  if (metadata.annotations !== undefined) {
    const annotations = Object.entries(metadata.annotations).filter(([name]) => ANNOTATIONS.has(name));
    if (annotations.length > 0) kept['annotations'] = Object.fromEntries(annotations);
  }
  if (metadata.ownerReferences !== undefined) {
    kept['ownerReferences'] = metadata.ownerReferences.map(({ kind, name, uid, controller }) => ({
      kind,
      name,
      ...defined('uid', uid),
      ...defined('controller', controller),
    }));
  }
  if (metadata.managedFields !== undefined && keepsManagedFields(kind as Kind)) {
    const writes = fieldWrites(object);
    kept['managedFields'] = FEW_CHANGES.includes(kind) ? writes.filter(({ changed }) => changed !== undefined) : writes;
  }
  return kept as unknown as ObjectMeta;
}

const META_FIELDS = ['namespace', 'uid', 'labels', 'creationTimestamp', 'deletionTimestamp', 'generation', 'finalizers'] as const;

function defined<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}

/** Without the images on its disk, which are most of it. */
function projectNode(node: KubeObject & { readonly status?: Loose }): KubeObject {
  const { images: _images, volumesInUse: _inUse, volumesAttached: _attached, ...status } = node.status ?? {};
  return { ...node, status } as KubeObject;
}

const MAX_MESSAGE = 4_000;

/** Field by field: of all kinds events are the most. */
function projectEvent(object: KubeObject): KubeObject {
  const event = object as KubeEvent;
  const { kind, namespace, name, uid, fieldPath } = event.involvedObject ?? {};
  const involved: Record<string, string> = {};
  if (kind !== undefined) involved['kind'] = kind;
  if (namespace !== undefined) involved['namespace'] = namespace;
  if (name !== undefined) involved['name'] = name;
  if (uid !== undefined) involved['uid'] = uid;
  if (fieldPath !== undefined) involved['fieldPath'] = fieldPath;
  const { message } = event;
  const kept: Record<string, unknown> = { kind: event.kind, metadata: event.metadata, involvedObject: involved };
  for (const field of EVENT_FIELDS) if (event[field] !== undefined && event[field] !== null) kept[field] = event[field];
  if (message !== undefined) kept['message'] = message.length > MAX_MESSAGE ? message.slice(0, MAX_MESSAGE) : message;
  return kept as unknown as KubeObject;
}

const EVENT_FIELDS = ['type', 'reason', 'count', 'firstTimestamp', 'lastTimestamp', 'eventTime', 'series', 'source', 'reportingComponent'] as const;

/** Without certificates of authorities: large, and nothing reasons over them. */
function withoutBundles(object: KubeObject & { readonly spec?: Loose; readonly webhooks?: readonly Loose[] }): KubeObject {
  const { caBundle: _bundle, ...spec } = object.spec ?? {};
  const webhooks = object.webhooks?.map((webhook) => {
    const { caBundle: _inner, ...clientConfig } = (webhook['clientConfig'] ?? {}) as Loose;
    return { ...webhook, clientConfig };
  });
  return { ...object, ...(object.spec === undefined ? {} : { spec }), ...(webhooks === undefined ? {} : { webhooks }) } as KubeObject;
}

/** Without what is sealed, and without the proofs that an ACME server asks for: nothing reasons over them. */
function withoutPayload(object: KubeObject & { readonly spec?: Loose }): KubeObject {
  const { encryptedData: _sealed, data: _old, key: _key, token: _token, ...spec } = object.spec ?? {};
  return { ...object, spec } as KubeObject;
}

/** Its spec describes a whole operator; what became of it stands in the status, the objects that it demands one by one. */
function withoutSpec(object: KubeObject & { readonly spec?: Loose; readonly status?: Loose }): KubeObject {
  const { spec: _spec, ...rest } = object;
  const { requirementStatus: _requirements, conditions: _history, ...status } = object.status ?? {};
  return { ...rest, status } as KubeObject;
}

/** Without the manifests that it would apply. */
function withoutSteps(object: KubeObject & { readonly status?: Loose }): KubeObject {
  const { plan: _plan, bundleLookups: _bundles, ...status } = object.status ?? {};
  return { ...object, status } as KubeObject;
}
