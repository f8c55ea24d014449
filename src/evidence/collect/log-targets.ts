import type { ClusterReader } from '../../cluster/reader.ts';
import type { Inventory } from '../../domain/inventory.ts';
import { selects } from '../../domain/kubernetes/label-selector.ts';
import type { Service } from '../../domain/kubernetes/network.ts';
import { controllerOf } from '../../domain/kubernetes/object.ts';
import type { ContainerStatus, Pod } from '../../domain/kubernetes/pod.ts';
import type { ObjectRef } from '../../domain/object-ref.ts';
import type { Scope } from '../../domain/report.ts';

/** One container whose log is worth reading. */
export interface LogTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** The run before the last restart, the present one, or both. A container that waits after a crash shows its last run either way. */
  readonly runs: 'previous' | 'current' | 'both';
  /** Why, for the steps: "waiting: CrashLoopBackOff". */
  readonly reason: string;
  /** Nothing points at it: its log is read only because there is room. */
  readonly well: boolean;
}

/** How many logs are read. */
export interface LogLimits {
  readonly containers: number;
  /** So many workloads are few enough to look at the logs of each, also where nothing points at one. */
  readonly workloads: number;
}

/** Every log is a request there. */
const LIVE_LIMITS: LogLimits = { containers: 20, workloads: 20 };
/** A file that lies beside the others costs next to nothing, and many faults show only in the log of something that looks well. */
const DUMP_LIMITS: LogLimits = { containers: 150, workloads: 150 };

export function logLimitsOf({ target }: Pick<ClusterReader, 'target'>): LogLimits {
  return target.reader === 'snapshot' ? DUMP_LIMITS : LIVE_LIMITS;
}

const PODS_PER_WORKLOAD = 2;
/** A container that ended this long ago and runs since is not what hurts now. */
const RECENT_MS = 3_600_000;

interface Candidate extends LogTarget {
  readonly weight: number;
  readonly workload: string;
  readonly createdAt: number;
}

/** Containers whose logs may tell the cause, most telling first: failing ones, then those of what the question or the telemetry names. */
export function logTargets(inventory: Inventory, scope: Scope, limits: LogLimits): LogTarget[] {
  const pods = inventory.list<Pod>('Pod').filter(({ metadata }) => scope.namespaces.length === 0 || scope.namespaces.includes(metadata.namespace ?? ''));
  const suspects = suspectPods(inventory, scope);
  const candidates = pods.flatMap((pod) => candidatesOf(pod, inventory, suspects));
  const workloads = new Set(candidates.map(({ workload }) => workload));
  const telling = candidates.filter(({ weight }) => weight > WEIGHT.healthy || workloads.size <= limits.workloads);
  telling.sort((a, b) => b.weight - a.weight || b.createdAt - a.createdAt);
  return spread(telling, limits.containers).map(({ namespace, pod, container, runs, reason, well }) => ({ namespace, pod, container, runs, reason, well }));
}

/** At most two pods of one workload: fifty replicas of a bad release say the same. One where they are well. */
function spread(candidates: readonly Candidate[], limit: number): Candidate[] {
  const podsOf = new Map<string, Set<string>>();
  const taken: Candidate[] = [];
  for (const candidate of candidates) {
    const pods = podsOf.get(candidate.workload) ?? new Set();
    const room = candidate.weight > WEIGHT.suspect ? PODS_PER_WORKLOAD : 1;
    if (!pods.has(candidate.pod) && pods.size >= room) continue;
    podsOf.set(candidate.workload, pods.add(candidate.pod));
    taken.push(candidate);
    if (taken.length === limit) break;
  }
  return taken;
}

const WEIGHT = { crashed: 100, ended: 95, initRuns: 90, notReady: 80, restarted: 60, named: 50, suspect: 40, healthy: 10, inQuestion: 30 } as const;

function candidatesOf(pod: Pod, inventory: Inventory, suspects: Suspects): Candidate[] {
  const { namespace = '', name, creationTimestamp } = pod.metadata;
  const workload = workloadKey(pod, inventory);
  const named = suspects.named.has(podKey(pod)) || suspects.named.has(workload);
  const suspected = suspects.suspected.has(podKey(pod)) || suspects.suspected.has(workload);
  const createdAt = Date.parse(creationTimestamp ?? '') || 0;
  const init = (pod.status?.initContainerStatuses ?? []).map((status) => ({ status, isInit: true }));
  const main = (pod.status?.containerStatuses ?? []).map((status) => ({ status, isInit: false }));
  return [...init, ...main].flatMap(({ status, isInit }) => {
    const seen = judge(status, isInit, pod, Date.parse(inventory.asOf));
    if (seen === undefined) return [];
    const fails = seen.weight > WEIGHT.healthy;
    const weight = fails ? seen.weight + (named ? WEIGHT.inQuestion : 0) : named ? WEIGHT.named : suspected ? WEIGHT.suspect : seen.weight;
    const reason = fails ? seen.reason : named ? 'named by the question' : suspected ? 'its Service or an alert points at it' : seen.reason;
    return [{ namespace, pod: name, container: status.name, runs: seen.runs, reason, well: weight === WEIGHT.healthy, weight, workload, createdAt }];
  });
}

interface Judgement {
  readonly weight: number;
  readonly runs: LogTarget['runs'];
  readonly reason: string;
}

function judge(status: ContainerStatus, isInit: boolean, pod: Pod, now: number): Judgement | undefined {
  const { state = {}, lastState, ready, restartCount = 0 } = status;
  const before = lastState?.terminated;
  if (state.waiting !== undefined) {
    const reason = `waiting: ${state.waiting.reason ?? 'unknown'}`;
    return before === undefined && restartCount === 0 ? undefined : { weight: WEIGHT.crashed, runs: 'previous', reason };
  }
  if (state.terminated !== undefined) {
    const { exitCode = 0, reason = 'ended' } = state.terminated;
    return exitCode === 0 && pod.status?.phase !== 'Failed' ? undefined : { weight: WEIGHT.ended, runs: 'current', reason: `${reason}, exit code ${exitCode}` };
  }
  if (state.running === undefined) return undefined;
  const runs = before === undefined ? 'current' : 'both';
  if (isInit && pod.status?.phase === 'Pending' && status.started !== true) return { weight: WEIGHT.initRuns, runs, reason: 'init container still runs' };
  if (ready === false) return { weight: WEIGHT.notReady, runs, reason: 'not ready' };
  const recent = before !== undefined && now - (Date.parse(before.finishedAt ?? '') || 0) <= RECENT_MS;
  if (recent) return { weight: WEIGHT.restarted, runs: 'both', reason: `restarted: ${before.reason ?? 'ended'}` };
  return isInit ? undefined : { weight: WEIGHT.healthy, runs: 'current', reason: 'runs, and nothing else fails' };
}

interface Suspects {
  readonly named: ReadonlySet<string>;
  readonly suspected: ReadonlySet<string>;
}

/** Pods and workloads, by key, that the question names, or that a Service, alert or connectivity check in trouble leads to. */
function suspectPods(inventory: Inventory, scope: Scope): Suspects {
  const named = new Set<string>();
  const suspected = new Set<string>();
  for (const ref of scope.objects) {
    named.add(keyOf(ref));
    if (ref.kind === 'Service') for (const key of behind(inventory, ref.namespace, ref.name)) named.add(key);
  }
  const { connectivity, alerts } = inventory.telemetry;
  for (const check of connectivity) {
    if (!check.reachable) for (const key of behind(inventory, check.namespace, check.service)) suspected.add(key);
  }
  for (const { labels } of alerts) {
    const namespace = labels['namespace'] ?? labels['exported_namespace'] ?? '';
    if (labels['pod'] !== undefined) suspected.add(`Pod/${namespace}/${labels['pod']}`);
    for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet']) {
      const name = labels[kind.toLowerCase()];
      if (name !== undefined) suspected.add(`${kind}/${namespace}/${name}`);
    }
    if (labels['service'] !== undefined) for (const key of behind(inventory, namespace, labels['service'])) suspected.add(key);
  }
  return { named, suspected };
}

/** Keys of the pods that a Service selects. */
function behind(inventory: Inventory, namespace: string | undefined, name: string): string[] {
  const service = inventory.lookup<Service>('Service', namespace, name);
  if (service.status !== 'found') return [];
  return inventory
    .list<Pod>('Pod', namespace)
    .filter(({ metadata }) => selects(service.value.spec?.selector, metadata.labels))
    .map(podKey);
}

function podKey({ metadata }: Pod): string {
  return `Pod/${metadata.namespace ?? ''}/${metadata.name}`;
}

function keyOf({ kind, namespace, name }: ObjectRef): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

/** The owner that people name: a ReplicaSet's Deployment, a Job's CronJob; the pod itself where it has none. */
function workloadKey(pod: Pod, inventory: Inventory): string {
  const namespace = pod.metadata.namespace ?? '';
  const owner = controllerOf(pod);
  if (owner === undefined) return podKey(pod);
  const above = owner.kind === 'ReplicaSet' || owner.kind === 'Job' ? inventory.lookup(owner.kind, namespace, owner.name) : undefined;
  const top = above?.status === 'found' ? controllerOf(above.value) : undefined;
  return `${top?.kind ?? owner.kind}/${namespace}/${top?.name ?? owner.name}`;
}
