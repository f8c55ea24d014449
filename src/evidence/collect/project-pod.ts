import type { KubeObject } from '../../domain/kubernetes/object.ts';
import type { ContainerSpec, ContainerStatus, Pod, PodSpec, Volume } from '../../domain/kubernetes/pod.ts';
import type { Workload } from '../../domain/kubernetes/workload.ts';
import { Interner } from './interner.ts';

/** The token that every pod mounts; nothing reasons over it while the pod is well. */
const TOKEN_VOLUME = /^(?:kube-api-access|default-token)-/;
const MAX_VALUE = 500;
/** Taints that the API server lets every pod tolerate for five minutes. */
const DEFAULT_TOLERATIONS = new Set(['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']);

/** Pods as they are reasoned over; of a healthy one that a controller owns, what its controller does not say anyway. Parts that are alike are one. */
export function podProjection(): (object: KubeObject) => KubeObject {
  const interner = new Interner();
  return (object) => projectPod(object, interner);
}

function projectPod(object: KubeObject, interner: Interner): KubeObject {
  const pod = object as Pod;
  if (pod.spec?.containers === undefined) return pod;
  const { labels, ownerReferences, ...metadata } = pod.metadata;
  const healthy = isHealthy(pod) && (ownerReferences ?? []).length > 0;
  const { initContainerStatuses, containerStatuses, ...status } = pod.status ?? {};
  return {
    apiVersion: pod.apiVersion,
    kind: pod.kind,
    metadata: {
      ...metadata,
      ...(labels === undefined ? {} : { labels: interner.intern(labels) }),
      ...(ownerReferences === undefined ? {} : { ownerReferences: interner.intern(ownerReferences) }),
    },
    spec: shared(projectSpec(pod.spec, healthy), interner),
    status: {
      ...status,
      ...(containerStatuses === undefined ? {} : { containerStatuses: containerStatuses.map(projectStatus) }),
      ...(initContainerStatuses === undefined ? {} : { initContainerStatuses: initContainerStatuses.map(projectStatus) }),
    },
  } as KubeObject;
}

/** All but the node is the same in the pods of one template. */
function shared({ nodeName, ...template }: PodSpec, interner: Interner): PodSpec {
  const { containers, ...rest } = template;
  const spec = interner.intern({ ...rest, containers: containers.map((container) => interner.intern(container)) });
  return nodeName === undefined ? spec : { ...spec, nodeName };
}

/** Running, every container ready, none ever restarted, and not going away. */
export function isHealthy(pod: Pod): boolean {
  const statuses = pod.status?.containerStatuses ?? [];
  return (
    pod.status?.phase === 'Running' &&
    pod.metadata.deletionTimestamp === undefined &&
    statuses.length > 0 &&
    statuses.every((status) => status.ready === true && (status.restartCount ?? 0) === 0)
  );
}

/** Workloads of all kinds: their templates without what no pod needs to be explained. */
export function projectTemplates(object: KubeObject): KubeObject {
  const { spec } = object as Workload;
  const outer = spec?.template;
  const inner = spec?.jobTemplate?.spec?.template;
  if (outer?.spec?.containers !== undefined)
    return { ...object, spec: { ...spec, template: { ...outer, spec: projectSpec(outer.spec, false) } } } as KubeObject;
  if (inner?.spec?.containers === undefined) return object;
  const template = { ...inner, spec: projectSpec(inner.spec, false) };
  return { ...object, spec: { ...spec, jobTemplate: { ...spec?.jobTemplate, spec: { ...spec?.jobTemplate?.spec, template } } } } as KubeObject;
}

/** A ControllerRevision keeps a template as its data. */
export function projectRevision(object: KubeObject & { readonly data?: { readonly spec?: Workload['spec'] } }): KubeObject {
  const template = object.data?.spec?.template;
  if (template?.spec?.containers === undefined) return object;
  const data = { spec: { template: { ...template, spec: projectSpec(template.spec, false) } } };
  return { ...object, data } as KubeObject;
}

function projectSpec(spec: PodSpec, lean: boolean): PodSpec {
  const { containers, initContainers, volumes, tolerations, ...rest } = spec;
  const keptVolumes = lean ? volumes?.filter(({ name }) => !TOKEN_VOLUME.test(name)) : volumes;
  const keptTolerations = tolerations?.filter(({ key, effect }) => !(effect === 'NoExecute' && DEFAULT_TOLERATIONS.has(key ?? '')));
  return {
    ...rest,
    containers: containers.map((container) => projectContainer(container, lean)),
    ...(initContainers === undefined ? {} : { initContainers: initContainers.map((container) => projectContainer(container, lean)) }),
    ...(keptVolumes === undefined ? {} : { volumes: keptVolumes as readonly Volume[] }),
    ...(keptTolerations === undefined || keptTolerations.length === 0 ? {} : { tolerations: keptTolerations }),
  };
}

const LEAN_FIELDS = [
  'name',
  'image',
  'ports',
  'resources',
  'env',
  'envFrom',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'restartPolicy',
  'volumeMounts',
] as const;
const FULL_FIELDS = [...LEAN_FIELDS, 'imagePullPolicy', 'command', 'args', 'lifecycle', 'securityContext', 'workingDir'] as const;

function projectContainer(container: ContainerSpec, lean: boolean): ContainerSpec {
  const kept: Record<string, unknown> = {};
  for (const field of lean ? LEAN_FIELDS : FULL_FIELDS) {
    const value = (container as unknown as Record<string, unknown>)[field];
    if (value !== undefined) kept[field] = value;
  }
  if (container.env)
    kept['env'] = lean ? container.env.flatMap(({ name, valueFrom }) => (valueFrom ? [{ name, valueFrom }] : [])) : container.env.map(shortValue);
  if (lean && container.volumeMounts) kept['volumeMounts'] = container.volumeMounts.filter(({ name }) => !TOKEN_VOLUME.test(name));
  return kept as unknown as ContainerSpec;
}

type EnvVar = NonNullable<ContainerSpec['env']>[number];

function shortValue(variable: EnvVar): EnvVar {
  const { value } = variable;
  return value !== undefined && value.length > MAX_VALUE ? { ...variable, value: value.slice(0, MAX_VALUE) } : variable;
}

function projectStatus({ name, image, imageID, ready, started, restartCount, state, lastState }: ContainerStatus): ContainerStatus {
  const kept: Record<string, unknown> = { name, image, imageID, ready, started, restartCount, state };
  if (lastState !== undefined && Object.keys(lastState).length > 0) kept['lastState'] = lastState;
  for (const [key, value] of Object.entries(kept)) if (value === undefined) delete kept[key];
  return kept as unknown as ContainerStatus;
}
