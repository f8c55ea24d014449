import type { ContainerDoc } from '../domain/facts/container.ts';
import type { ContainerSpec, ContainerStatus, Pod } from '../domain/kubernetes/pod.ts';
import { parseQuantity } from '../domain/kubernetes/quantity.ts';
import { heapOf } from './container-heap.ts';
import { parseImage } from './image-reference.ts';

export type Role = ContainerDoc['role'];

/** One container of a pod: its spec, its role, and its status where the kubelet has written one. */
export interface PodContainer {
  readonly pod: Pod;
  readonly spec: ContainerSpec;
  readonly status: ContainerStatus | undefined;
  readonly role: Role;
  /** Where it stands in the pod: `spec.containers[name=app]`. */
  readonly specPath: string;
  readonly statusPath: string;
}

/** The pod's containers, init containers first, as they start. */
export function containersOf(pod: Pod): PodContainer[] {
  const init = (pod.spec?.initContainers ?? []).map((spec) => containerOf(pod, spec, spec.restartPolicy === 'Always' ? 'sidecar' : 'init'));
  return [...init, ...(pod.spec?.containers ?? []).map((spec) => containerOf(pod, spec, 'main'))];
}

function containerOf(pod: Pod, spec: ContainerSpec, role: Role): PodContainer {
  const list = role === 'main' ? 'containers' : 'initContainers';
  const statusList = role === 'main' ? 'containerStatuses' : 'initContainerStatuses';
  return {
    pod,
    spec,
    role,
    status: pod.status?.[statusList]?.find((status) => status.name === spec.name),
    specPath: `spec.${list}[name=${spec.name}]`,
    statusPath: `status.${statusList}[name=${spec.name}]`,
  };
}

export type SpecPart = Pick<
  ContainerDoc,
  | 'image'
  | 'image_registry'
  | 'image_repository'
  | 'image_tag'
  | 'image_pull_policy'
  | 'limits'
  | 'requests'
  | 'cpu_limit'
  | 'memory_limit'
  | 'cpu_request'
  | 'memory_request'
  | 'max_heap'
  | 'ports'
  | 'env'
  | 'command'
  | 'mounts'
  | 'security'
>;

/** What the template says of a container. */
export function specPart({ pod, spec }: PodContainer): SpecPart {
  const image = spec.image === undefined ? null : parseImage(spec.image);
  const { limits = {}, requests = {} } = spec.resources ?? {};
  const env = Object.fromEntries((spec.env ?? []).flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
  const command = [...(spec.command ?? []), ...(spec.args ?? [])];
  return {
    image: spec.image ?? null,
    image_registry: image?.registry ?? null,
    image_repository: image?.repository ?? null,
    image_tag: image?.tag ?? null,
    image_pull_policy: spec.imagePullPolicy ?? null,
    limits,
    requests,
    cpu_limit: parseQuantity(limits.cpu) ?? null,
    memory_limit: parseQuantity(limits.memory) ?? null,
    cpu_request: parseQuantity(requests.cpu) ?? null,
    memory_request: parseQuantity(requests.memory) ?? null,
    ports: (spec.ports ?? []).map(({ name, containerPort, protocol }) => ({ name: name ?? null, port: containerPort, protocol: protocol ?? 'TCP' })),
    env,
    command,
    max_heap: heapOf({ env, command }),
    mounts: mountsOf(pod, spec),
    security: securityOf(pod, spec),
  };
}

function mountsOf(pod: Pod, spec: ContainerSpec): ContainerDoc['mounts'] {
  return (spec.volumeMounts ?? []).map((mount) => {
    const volume = pod.spec.volumes?.find(({ name }) => name === mount.name);
    const kind = Object.keys(volume ?? {}).find((key) => key !== 'name') ?? 'unknown';
    return { path: mount.mountPath, volume: mount.name, kind, read_only: mount.readOnly ?? false, sub_path: mount.subPath ?? null };
  });
}

function securityOf(pod: Pod, spec: ContainerSpec): ContainerDoc['security'] {
  const own = spec.securityContext ?? {};
  const shared = pod.spec.securityContext ?? {};
  return {
    run_as: runAs(own.runAsUser ?? shared.runAsUser, shared.fsGroup),
    run_as_user: own.runAsUser ?? shared.runAsUser ?? null,
    run_as_group: own.runAsGroup ?? shared.runAsGroup ?? null,
    run_as_non_root: own.runAsNonRoot ?? shared.runAsNonRoot ?? null,
    fs_group: shared.fsGroup ?? null,
    read_only_root: own.readOnlyRootFilesystem ?? false,
    privileged: own.privileged ?? false,
    capabilities_add: [...(own.capabilities?.add ?? [])],
    capabilities_drop: [...(own.capabilities?.drop ?? [])],
  };
}

function runAs(user: number | undefined, fsGroup: number | undefined): string {
  return `${user === undefined ? 'the user of its image' : `user ${user}`}${fsGroup === undefined ? '' : ` with fsGroup ${fsGroup}`}`;
}
