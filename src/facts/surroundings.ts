import type { ContainerDoc } from '../domain/facts/container.ts';
import { selects } from '../domain/kubernetes/label-selector.ts';
import type { Service } from '../domain/kubernetes/network.ts';
import type { Node } from '../domain/kubernetes/node.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import type { ContainerSpec, Pod } from '../domain/kubernetes/pod.ts';
import { type ObjectRef, refKey } from '../domain/object-ref.ts';
import { containersOf, type PodContainer } from './container-spec.ts';
import { type ContainerTemplate, containerTemplates } from './container-template.ts';
import type { FactContext } from './context.ts';
import { parseImage } from './image-reference.ts';
import { clockOff } from './node-clock.ts';
import { type PodGroup, podGroup } from './pod-group.ts';
import { podReferences } from './references.ts';

/** Why a container waits whose image is not pulled. */
export const PULL_FAILURES: ReadonlySet<string> = new Set(['ErrImagePull', 'ImagePullBackOff']);

interface PullFailure {
  readonly workload: string;
  readonly registry: string;
  readonly node: string | undefined;
}

/** What lies around all pods, gathered once for a run: the facts of a container ask it about its pod's neighbours. */
export interface Surroundings {
  workloadOf(pod: Pod): ObjectRef;
  groupOf(pod: Pod): PodGroup;
  nodeOf(pod: Pod): ContainerDoc['node'];
  /** Numeric target ports of the Services that select the pod; a named one is resolved by the pod's own ports. */
  servedPorts(pod: Pod): readonly number[];
  templateOf(container: PodContainer): ContainerTemplate;
  pullSecretsOf(pod: Pod): ContainerDoc['pull_secrets'];
  imageElsewhere(container: PodContainer): ContainerDoc['image_elsewhere'];
}

export function surroundingsOf(context: FactContext): Surroundings {
  const pods = context.inventory.list<Pod>('Pod');
  const workloads = new Map<Pod, ObjectRef>(pods.map((pod) => [pod, context.graph.ownerOf(refOf(pod))]));
  const byWorkload = Map.groupBy(pods, (pod) => refKey(workloads.get(pod) ?? refOf(pod)));
  const workloadOf = (pod: Pod): ObjectRef => workloads.get(pod) ?? context.graph.ownerOf(refOf(pod));
  const nodes = new Map<string, ContainerDoc['node']>();
  const pullSecrets = new Map<string, ContainerDoc['pull_secrets']>();
  const groups = new Map<Pod, PodGroup>();
  for (const together of byWorkload.values()) {
    const group = podGroup(together);
    for (const pod of together) groups.set(pod, group);
  }
  const images = imagesRunning(pods);
  const failures = pullFailures(pods, workloadOf);
  return {
    workloadOf,
    groupOf: (pod) => groups.get(pod) ?? podGroup([pod]),
    nodeOf(pod) {
      const name = pod.spec.nodeName;
      if (name === undefined) return null;
      const node = nodes.get(name) ?? nodeDoc(context, name);
      nodes.set(name, node);
      return node;
    },
    servedPorts: servedPortsOf(context),
    templateOf: containerTemplates(context),
    pullSecretsOf(pod) {
      const { serviceAccountName = '', imagePullSecrets = [] } = pod.spec;
      const key = [pod.metadata.namespace, serviceAccountName, ...imagePullSecrets.map(({ name }) => name)].join('\n');
      const known = pullSecrets.get(key) ?? pullSecretsOf(context, pod);
      pullSecrets.set(key, known);
      return known;
    },
    imageElsewhere({ pod, spec, status }) {
      const running = images.get(spec.image ?? '') ?? 0;
      if (!PULL_FAILURES.has(status?.state?.waiting?.reason ?? '')) return { running, same_registry_failing: 0, same_node_failing: 0 };
      return { running, ...failingElsewhere(failures, failureOf(pod, spec, workloadOf)) };
    },
  };
}

interface Served {
  readonly namespace: string | undefined;
  readonly containers: readonly ContainerSpec[];
  readonly ports: readonly number[];
}

/** Looked up once for all pods of one template: their labels and containers are the same objects. */
function servedPortsOf(context: FactContext): Surroundings['servedPorts'] {
  const known = new WeakMap<object, Served>();
  return (pod) => {
    const { namespace, labels } = pod.metadata;
    // No selector finds a pod without labels.
    if (labels === undefined) return [];
    const { containers } = pod.spec;
    const served = known.get(labels);
    if (served?.namespace === namespace && served?.containers === containers) return served.ports;
    const selecting = context.inventory.list<Service>('Service', namespace).filter((service) => selects(service.spec?.selector, labels));
    const ports = selecting.flatMap((service) => targetPorts(service, pod));
    known.set(labels, { namespace, containers, ports });
    return ports;
  };
}

function pullSecretsOf(context: FactContext, pod: Pod): ContainerDoc['pull_secrets'] {
  const secrets = podReferences(context.inventory, pod.metadata.namespace ?? '', pod.spec).filter(({ kind }) => kind === 'Secret');
  const names = (...statuses: string[]): string[] => secrets.filter(({ status }) => statuses.includes(status)).map(({ name }) => name);
  return { named: secrets.map(({ name }) => name), missing: names('not-found'), unknown: names('forbidden', 'not-collected') };
}

function nodeDoc(context: FactContext, name: string): ContainerDoc['node'] {
  const lookup = context.inventory.lookup<Node>('Node', undefined, name);
  if (lookup.status !== 'found')
    return { name, ready: null, memory_pressure: false, disk_pressure: false, system_oom: false, architecture: null, os: null, clock_off: null };
  const node = lookup.value;
  const isTrue = (type: string): boolean => node.status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;
  return {
    name,
    ready: node.status?.conditions?.some(({ type }) => type === 'Ready') ? isTrue('Ready') : null,
    memory_pressure: isTrue('MemoryPressure'),
    disk_pressure: isTrue('DiskPressure'),
    system_oom: context.inventory.eventsOf(node).some(({ reason }) => reason === 'SystemOOM'),
    architecture: node.status?.nodeInfo?.architecture ?? null,
    os: node.status?.nodeInfo?.operatingSystem ?? null,
    clock_off: clockOff(context, name),
  };
}

function targetPorts(service: Service, pod: Pod): number[] {
  const declared = containersOf(pod).flatMap(({ spec }) => spec.ports ?? []);
  return (service.spec?.ports ?? []).flatMap(({ port, targetPort = port, protocol }) => {
    if (protocol === 'UDP') return [];
    if (typeof targetPort === 'number') return [targetPort];
    return declared.filter(({ name }) => name === targetPort).map(({ containerPort }) => containerPort);
  });
}

function imagesRunning(pods: readonly Pod[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const pod of pods) {
    for (const { spec, status } of containersOf(pod)) {
      if (spec.image !== undefined && status?.state?.running) counts.set(spec.image, (counts.get(spec.image) ?? 0) + 1);
    }
  }
  return counts;
}

function pullFailures(pods: readonly Pod[], workloadOf: (pod: Pod) => ObjectRef): PullFailure[] {
  const failures = pods.flatMap((pod) =>
    containersOf(pod)
      .filter(({ status }) => PULL_FAILURES.has(status?.state?.waiting?.reason ?? ''))
      .map(({ spec }) => failureOf(pod, spec, workloadOf)),
  );
  return [...new Map(failures.map((failure) => [`${failure.workload} ${failure.registry} ${failure.node}`, failure])).values()];
}

function failureOf(pod: Pod, spec: ContainerSpec, workloadOf: (pod: Pod) => ObjectRef): PullFailure {
  return { workload: refKey(workloadOf(pod)), registry: parseImage(spec.image ?? '').registry, node: pod.spec.nodeName };
}

function failingElsewhere(failures: readonly PullFailure[], { workload, registry, node }: PullFailure): Omit<ContainerDoc['image_elsewhere'], 'running'> {
  const others = failures.filter((other) => other.workload !== workload);
  const workloads = (of: readonly PullFailure[]): number => new Set(of.map((other) => other.workload)).size;
  return {
    same_registry_failing: workloads(others.filter((other) => other.registry === registry)),
    same_node_failing: workloads(others.filter((other) => node !== undefined && other.node === node && other.registry !== registry)),
  };
}
