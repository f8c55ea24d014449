import type { Fact, FactText, Origin } from '../domain/fact.ts';
import type { NodeDoc } from '../domain/facts/node.ts';
import { eventTime } from '../domain/kubernetes/event.ts';
import type { Lease, Node } from '../domain/kubernetes/node.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { objectRef, refLabel } from '../domain/object-ref.ts';
import { ageSeconds, type FactContext } from './context.ts';
import { clockOff } from './node-clock.ts';
import { nodeConnectivity } from './node-connectivity.ts';
import { lostDevices } from './node-devices.ts';
import { leavingTaint } from './node-leaving.ts';
import { type NodePods, podsByNode } from './node-pods.ts';
import { proxyPart } from './node-proxy.ts';
import { isDown, nodeServiceRole } from './node-role.ts';
import { isControlPlane } from './node-selection.ts';
import { objectFact } from './object-fact.ts';
import { conditionMap } from './pod-context.ts';
import { conditionTexts, eventTexts } from './texts.ts';

const SETTLING_S = 10;
/** node-monitor-grace-period of the controller manager was 40 s up to v1.31 and is 50 s since. */
const LEASE_GRACE_S = 40;
const DAY_S = 86_400;

export function* nodeFacts(context: FactContext): Iterable<Fact> {
  const fare = podsByNode(context);
  const leases = leaseAges(context);
  const nodes = context.inventory.list<Node>('Node');
  const newest = Math.max(...nodes.map(kubeletMinor));
  for (const node of nodes) yield nodeFact(context, node, { fare: fare(node.metadata.name), leases, newest });
}

interface Around {
  readonly fare: NodePods;
  readonly leases: ReadonlyMap<string, number>;
  /** The newest minor version of a kubelet. */
  readonly newest: number;
}

function nodeFact(context: FactContext, node: Node, around: Around): Fact {
  const { fare } = around;
  const doc = nodeDoc(context, node, around);
  return objectFact({
    subject: 'Node',
    object: refOf(node),
    doc,
    texts: nodeTexts(context, node, fare),
    relations: { node: refOf(node) },
    groups: { failing_workloads: fare.failingWorkloads.slice(0, 20) },
    since: node.status?.conditions?.find(({ type, status }) => type === 'Ready' && status !== 'True')?.lastTransitionTime ?? null,
    origins: nodeOrigins(node),
  });
}

/** The node's own events and conditions, and what the kubelet says about the pods that fail on it. */
function nodeTexts(context: FactContext, node: Node, fare: NodePods): FactText[] {
  const ready = node.status?.conditions?.find(({ type, status }) => type === 'Ready' && status === 'True')?.lastTransitionTime ?? null;
  const ofPods = fare.failing.slice(0, 10).flatMap((pod) => context.inventory.eventsOf(pod).filter(({ reason }) => reason === 'FailedCreatePodSandBox'));
  return [
    ...eventTexts(context, context.inventory.eventsOf(node), ready),
    ...conditionTexts(context, node, node.status?.conditions),
    ...eventTexts(context, ofPods, null),
  ];
}

function nodeDoc(context: FactContext, node: Node, { fare, leases, newest }: Around): Readonly<NodeDoc> {
  const conditions = conditionMap(context, node.status?.conditions);
  const ready = conditions['Ready'];
  const services = context.inventory.telemetry.nodeServices.filter((service) => service.node === node.metadata.name);
  const is = (type: string): boolean => conditions[type]?.status === 'True';
  return {
    name: node.metadata.name,
    ready: ready?.status ?? null,
    ready_reason: ready?.reason ?? null,
    ready_message: ready?.message ?? null,
    unready_s: ready === undefined || ready.status === 'True' ? null : ready.age_s,
    down: ready !== undefined && ready.status !== 'True' && (ready.age_s ?? SETTLING_S) >= SETTLING_S,
    ...leasePart(node.metadata.name, leases),
    memory_pressure: is('MemoryPressure'),
    disk_pressure: is('DiskPressure'),
    pid_pressure: is('PIDPressure'),
    network_unavailable: is('NetworkUnavailable'),
    cordoned: node.spec?.unschedulable === true,
    control_plane: isControlPlane(node),
    taints: (node.spec?.taints ?? []).map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`),
    leaving: leavingTaint(node),
    lost_devices: lostDevices(node),
    down_services: [...new Set(services.filter(isDown).map(({ service }) => nodeServiceRole(service)))],
    services_known: services.length > 0,
    rebooted_s: rebootAge(context, node),
    pods: fare.pods,
    failing_pods: fare.failing.length,
    failing_workloads: fare.failingWorkloads.length,
    elsewhere_failing: fare.elsewhereFailing,
    elsewhere_pods: fare.elsewherePods,
    only_here: fare.onlyHere,
    workloads: fare.failingWorkloads.length === 0 ? null : fare.failingWorkloads.slice(0, 5).map(refLabel).join(', '),
    runtime_errors: fare.failing.filter((pod) => runtimeUnreachable(context, pod)).length,
    connectivity: nodeConnectivity(context.inventory.telemetry.connectivity, node.metadata.name),
    system_pods: fare.systemPods.map(({ metadata }) => metadata.name),
    clock_off: clockOff(context, node.metadata.name),
    ...versionPart(node, newest),
    ...proxyPart(context, node, fare),
    conditions,
  };
}

function versionPart(node: Node, newest: number): Pick<NodeDoc, 'kubelet_version' | 'versions_behind'> {
  const behind = newest - kubeletMinor(node);
  return { kubelet_version: node.status?.nodeInfo?.['kubeletVersion'] ?? null, versions_behind: Number.isFinite(behind) ? behind : null };
}

/** -Infinity where it is not known. */
function kubeletMinor({ status }: Node): number {
  const minor = /^v?1\.(\d+)/.exec(status?.nodeInfo?.['kubeletVersion'] ?? '')?.[1];
  return minor === undefined ? Number.NEGATIVE_INFINITY : Number(minor);
}

/** A lease is stale only beside fresher ones: in an old dump all of them are. */
function leasePart(name: string, leases: ReadonlyMap<string, number>): Pick<NodeDoc, 'lease_s' | 'lease_stale'> {
  const age = leases.get(name) ?? null;
  const freshest = Math.min(...leases.values());
  return { lease_s: age, lease_stale: age !== null && age - Math.max(0, leases.size > 1 ? freshest : 0) > LEASE_GRACE_S };
}

function leaseAges(context: FactContext): Map<string, number> {
  const leases = context.inventory.list<Lease>('Lease', 'kube-node-lease');
  return new Map(
    leases.flatMap((lease) => {
      const age = ageSeconds(context, lease.spec?.renewTime);
      return age === null ? [] : [[lease.metadata.name, age] as const];
    }),
  );
}

function rebootAge(context: FactContext, node: Node): number | null {
  const reboot = context.inventory.eventsOf(node).find(({ reason }) => reason === 'Rebooted');
  const age = reboot === undefined ? null : ageSeconds(context, eventTime(reboot));
  return age !== null && age <= DAY_S ? age : null;
}

/** The kubelet could not talk to the runtime's socket, which is a matter of the node whatever the pod. */
function runtimeUnreachable(context: FactContext, pod: Pod): boolean {
  return context.inventory
    .eventsOf(pod)
    .some(
      ({ reason, message = '' }) =>
        reason === 'FailedCreatePodSandBox' && /dial unix \S+\.sock: connect: |runtime (?:service )?is (?:down|not ready)/.test(message),
    );
}

function nodeOrigins(node: Node): Record<string, string | Origin> {
  const ready = 'status.conditions[type=Ready]';
  const lease: Origin = { object: objectRef('Lease', 'kube-node-lease', node.metadata.name), fieldPath: 'spec.renewTime' };
  return {
    ready: `${ready}.status`,
    ready_reason: `${ready}.reason`,
    ready_message: `${ready}.message`,
    unready_s: `${ready}.lastTransitionTime`,
    down: `${ready}.status`,
    lease_s: lease,
    lease_stale: lease,
    memory_pressure: 'status.conditions[type=MemoryPressure].status',
    disk_pressure: 'status.conditions[type=DiskPressure].status',
    pid_pressure: 'status.conditions[type=PIDPressure].status',
    network_unavailable: 'status.conditions[type=NetworkUnavailable].status',
    cordoned: 'spec.unschedulable',
    taints: 'spec.taints',
    leaving: 'spec.taints',
    lost_devices: 'status.allocatable',
    down_services: { object: refOf(node), fieldPath: 'services', source: 'node-service' },
    connectivity: { object: refOf(node), fieldPath: 'connectivity', source: 'connectivity' },
    clock_off: lease,
    kubelet_version: 'status.nodeInfo.kubeletVersion',
    versions_behind: 'status.nodeInfo.kubeletVersion',
    conditions: 'status.conditions',
  };
}
