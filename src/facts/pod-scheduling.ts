import type { SchedulingDoc } from '../domain/facts/pod.ts';
import type { Node, Taint } from '../domain/kubernetes/node.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { type ObjectRef, sameObject } from '../domain/object-ref.ts';
import type { FactContext } from './context.ts';
import { freeOn, type NodeCapacity, nodeCapacities } from './node-capacity.ts';
import { devicesLost } from './node-devices.ts';
import { acceptsNode, isControlPlane, selectsNodes, unmetDemands, untoleratedTaints } from './node-selection.ts';
import { formatAmount, podRequests } from './pod-requests.ts';
import { decideBlockers } from './scheduling-blockers.ts';
import { type Clause, parseSchedulingMessage, taintKind } from './scheduling-message.ts';

/** Why the scheduler refuses a pod, joined with the nodes it was compared with. */
export interface Scheduling {
  readonly doc: SchedulingDoc;
  readonly cordoned: readonly Node[];
  readonly unhealthy: readonly Node[];
  readonly tainted: readonly Node[];
}

/** undefined when the message tells no reason. `claims` are the names of the pod's claims with their lookup status. */
export function podScheduling(
  context: FactContext,
  pod: Pod,
  message: string,
  claims: readonly { name: string; status: string; phase: string | null }[],
): Scheduling | undefined {
  const parsed = parseSchedulingMessage(message);
  if (parsed === undefined) return undefined;
  const capacities = nodeCapacities(context);
  const nodes = capacities.map(({ node }) => node);
  const clauses = nameTaints(parsed.clauses, pod, nodes);
  const accepting = capacities.filter(({ node }) => acceptsNode(pod.spec, node));
  const isTainted = ({ node }: NodeCapacity): boolean => userTaints(pod, node).length > 0;
  const usable = accepting.filter((capacity) => !isTainted(capacity));
  const shortage = shortageOf(pod, clauses, usable.length > 0 ? usable : accepting.length > 0 ? accepting : capacities);
  const cordoned = byCordonTime(accepting.filter(({ node }) => node.spec?.unschedulable === true).map(({ node }) => node));
  const unhealthy = accepting.filter(({ node }) => isUnhealthy(node)).map(({ node }) => node);
  const tainted = accepting.filter(isTainted).map(({ node }) => node);
  const withRoom = (node: Node): boolean => accepting.some((capacity) => capacity.node === node && hasRoom(capacity, pod));
  const blockers = decideBlockers({
    clauses,
    exceedsEveryNode: shortage?.exceeds_every_node === true,
    offeredBehindTaint: shortage?.exceeds_every_node === true && shortage.resource.includes('/') && offers(accepting.filter(isTainted), pod, shortage.resource),
    acceptingNodes: nodes.length === 0 || !selectsNodes(pod.spec) ? null : accepting.length,
    controlPlaneCordoned: nodes.filter((node) => node.spec?.unschedulable === true && isControlPlane(node)).length,
    cordonedWithRoom: cordoned.some((node) => !isControlPlane(node) && withRoom(node)),
    unhealthyWithRoom: unhealthy.some((node) => withRoom(node) || wasLeftFor(context, node, pod)),
  });
  const siblings = placedSiblings(context, pod);
  const primary = blockers[0] ?? 'other';
  // Room that was never meant for the pod is not what it lacks: nodes that others keep away from too are left out.
  const reserved = primary !== 'taint' && tainted.length > 0 && tainted.every((node) => isReserved(context, node));
  const beside = blockers.slice(1).filter((kind) => kind !== 'taint' || !reserved);
  const claim = clauses.find((clause) => clause.claim !== null)?.claim ?? claims.find(({ status, phase }) => status !== 'found' || phase !== 'Bound')?.name;
  const unmet = unmetDemands(pod.spec, nodes);
  return {
    cordoned,
    unhealthy,
    tainted,
    doc: {
      message,
      total_nodes: parsed.totalNodes,
      clauses: [...clauses],
      kinds: [...new Set(clauses.map(({ kind }) => kind))],
      primary,
      beside,
      summary: describeClauses(clauses.toSorted((a, b) => Number(b.kind === primary) - Number(a.kind === primary))),
      shortage,
      unmet: unmet.length === 0 ? null : unmet.map(describeUnmet).join('; '),
      unmet_from: unmet[0]?.from ?? (selectsNodes(pod.spec) && accepting.length === 0 ? demandSource(pod) : null),
      accepting_nodes: nodes.length === 0 || !selectsNodes(pod.spec) ? null : accepting.length,
      cordoned: names(cordoned),
      unhealthy: names(unhealthy),
      taint: taintText(
        tainted.flatMap((node) => userTaints(pod, node)),
        clauses,
      ),
      tainted: names(tainted),
      fitted_before: siblings.some((sibling) =>
        tainted.some((node) => node.metadata.name === sibling.spec.nodeName && untoleratedTaints(sibling.spec, node.spec?.taints).length > 0),
      ),
      host_ports: hostPorts(pod),
      claim: claim ?? null,
      claim_status: claims.find(({ name }) => name === claim)?.status ?? null,
      siblings: siblings.length,
    },
  };
}

/** The first resource that is short, compared with what nodes offer and with what is free on those that may be used. */
function shortageOf(pod: Pod, clauses: readonly Clause[], capacities: readonly NodeCapacity[]): SchedulingDoc['shortage'] {
  const requests = podRequests(pod.spec);
  const short = clauses.filter(({ kind, resource }) => kind === 'insufficient' && resource !== null).map(({ resource }) => resource ?? '');
  const most = (amounts: readonly number[]): number => Math.max(0, ...amounts);
  const largest = (resource: string): number => most(capacities.map(({ allocatable }) => allocatable[resource] ?? 0));
  const exceeds = (resource: string): boolean => capacities.length > 0 && (requests[resource] ?? 0) > largest(resource);
  const resource = short.find(exceeds) ?? short[0];
  if (resource === undefined) return null;
  const usable = capacities.filter(({ node }) => node.spec?.unschedulable !== true && !isUnhealthy(node));
  const free = usable.map((capacity) => freeOn(capacity, resource));
  return {
    resource,
    requested: formatAmount(resource, requests[resource] ?? 0),
    largest: capacities.length === 0 ? null : formatAmount(resource, largest(resource)),
    best_free: free.length === 0 || free.includes(null) ? null : formatAmount(resource, most(free.map((amount) => amount ?? 0))),
    exceeds_every_node: exceeds(resource),
    lost_node: capacities.find(({ node }) => devicesLost(node, resource) >= Math.max(1, requests[resource] ?? 0))?.node.metadata.name ?? null,
  };
}

/** "3 × Insufficient cpu, 1 × were unschedulable". */
function describeClauses(clauses: readonly Clause[]): string {
  return clauses.map(({ nodes, text }) => (nodes === null ? text : `${nodes} × ${text.replace(/^node\(s\) /, '')}`)).join(', ');
}

function userTaints(pod: Pod, node: Node): readonly Taint[] {
  return untoleratedTaints(pod.spec, node.spec?.taints).filter((taint) => taintKind(taint.key) === 'taint');
}

/** v1.34 says "had untolerated taint(s)" and no more: which they are is read from the nodes, the first on each as the scheduler does. */
function nameTaints(clauses: readonly Clause[], pod: Pod, nodes: readonly Node[]): Clause[] {
  return clauses.flatMap((clause) => {
    if (clause.kind !== 'taint' || clause.taint_key !== null) return [clause];
    const firsts = nodes.filter((node) => node.spec?.unschedulable !== true).flatMap((node) => untoleratedTaints(pod.spec, node.spec?.taints).slice(0, 1));
    const groups = [...Map.groupBy(firsts, ({ key, value = '' }) => `{${key}: ${value}}`)];
    if (groups.length === 0) return [clause];
    return groups.map(([text, [first, ...rest]]) => ({
      ...clause,
      kind: taintKind(first?.key ?? ''),
      text: `node(s) had untolerated taint ${text}`,
      nodes: rest.length + 1,
      taint_key: first?.key ?? null,
      taint_value: first?.value ?? '',
    }));
  });
}

/**
 * A node that its taint keeps for others: nobody who does not tolerate it is seen to run there. A taint that came later finds
 * such pods in place; one that evicts them (NoExecute) proves nothing.
 */
function isReserved(context: FactContext, { metadata, spec }: Node): boolean {
  const taints = (spec?.taints ?? []).filter(({ key }) => taintKind(key) === 'taint');
  if (taints.some(({ effect }) => effect === 'NoExecute')) return false;
  return !context.inventory
    .list<Pod>('Pod')
    .some((other) => other.spec.nodeName === metadata.name && other.status?.phase === 'Running' && untoleratedTaints(other.spec, taints).length > 0);
}

function offers(capacities: readonly NodeCapacity[], pod: Pod, resource: string): boolean {
  const asked = podRequests(pod.spec)[resource] ?? 0;
  return capacities.some(({ allocatable }) => (allocatable[resource] ?? 0) >= asked);
}

function hasRoom(capacity: NodeCapacity, pod: Pod): boolean {
  return Object.entries({ ...podRequests(pod.spec), pods: 1 }).every(([resource, amount]) => {
    const free = freeOn(capacity, resource);
    return free !== null && free >= amount;
  });
}

/** A pod of the same workload ran there and is being evicted: there was room for it. */
function wasLeftFor(context: FactContext, { metadata }: Node, pod: Pod): boolean {
  const owner = context.graph.ownerOf(refOf(pod));
  return context.inventory
    .list<Pod>('Pod', pod.metadata.namespace)
    .some(
      (other) =>
        other.spec.nodeName === metadata.name &&
        (other.metadata.deletionTimestamp !== undefined || other.status?.phase === 'Failed') &&
        sameObject(context.graph.ownerOf(refOf(other)), owner),
    );
}

function placedSiblings(context: FactContext, pod: Pod): Pod[] {
  const owner: ObjectRef = context.graph.ownerOf(refOf(pod));
  if (owner.kind === 'Pod') return [];
  return context.inventory
    .list<Pod>('Pod', pod.metadata.namespace)
    .filter((other) => other.spec.nodeName !== undefined && other.status?.phase === 'Running' && sameObject(context.graph.ownerOf(refOf(other)), owner));
}

function isUnhealthy(node: Node): boolean {
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready');
  const health = (node.spec?.taints ?? []).some(({ key, effect }) => taintKind(key) === 'node-unhealthy' && effect !== 'PreferNoSchedule');
  return health || (ready !== undefined && ready.status !== 'True');
}

/** Oldest cordon first where the taint tells its time; control-plane nodes last, they are often cordoned by design. */
function byCordonTime(nodes: readonly Node[]): Node[] {
  const cordonedAt = (node: Node): string => node.spec?.taints?.find(({ key }) => taintKind(key) === 'cordoned')?.timeAdded ?? '9999';
  return [...nodes].sort(
    (a, b) =>
      Number(isControlPlane(a)) - Number(isControlPlane(b)) || cordonedAt(a).localeCompare(cordonedAt(b)) || a.metadata.name.localeCompare(b.metadata.name),
  );
}

function taintText(taints: readonly { key: string; value?: string }[], clauses: readonly Clause[]): string | null {
  const named = clauses.find(({ kind, taint_key }) => kind === 'taint' && taint_key !== null);
  const key = named?.taint_key ?? taints[0]?.key;
  const value = named?.taint_value ?? taints[0]?.value;
  return key === undefined ? null : value ? `${key}=${value}` : key;
}

function describeUnmet({ key, wanted, values_present }: { key: string; wanted: string; values_present: readonly string[] }): string {
  return `${wanted} (${values_present.length === 0 ? `no node has the label ${key}` : `nodes have ${key}=${values_present.join(', ')}`})`;
}

/** Where demands stand that nodes meet one by one but no node all together. */
function demandSource(pod: Pod): 'nodeSelector' | 'nodeAffinity' {
  return pod.spec.affinity?.nodeAffinity === undefined ? 'nodeSelector' : 'nodeAffinity';
}

function hostPorts(pod: Pod): string | null {
  const ports = pod.spec.containers.flatMap(({ ports: own = [] }) => own.flatMap(({ hostPort }) => hostPort ?? []));
  return ports.length === 0 ? null : ports.join(', ');
}

/** Names for a sentence, at most five of them. */
function names(nodes: readonly Node[]): string | null {
  if (nodes.length === 0) return null;
  const listed = nodes.slice(0, 5).map(({ metadata }) => metadata.name);
  return nodes.length > 5 ? `${listed.join(', ')} and ${nodes.length - 5} more` : listed.join(', ');
}
