import { eventContainer, eventCount, eventTime, type KubeEvent } from '../domain/kubernetes/event.ts';
import type { ContainerSpec, Probe } from '../domain/kubernetes/pod.ts';
import type { PodContainer } from './container-spec.ts';

/**
 * Which container each event of a pod is about. Printed events carry no fieldPath, so the message decides next: it names a
 * container, its image, or the port of its probe. What is about the pod as a whole goes to its first main container.
 */
export function eventsByContainer(containers: readonly PodContainer[], events: readonly KubeEvent[]): ReadonlyMap<string, readonly KubeEvent[]> {
  const specs = containers.map(({ spec }) => spec);
  const first = containers.find(({ role }) => role === 'main')?.spec.name;
  const byName = new Map<string, KubeEvent[]>(specs.map(({ name }) => [name, []]));
  for (const event of events) {
    const name = eventContainer(event) ?? containerInMessage(specs, event) ?? first;
    if (name !== undefined) byName.get(name)?.push(event);
  }
  return byName;
}

/** The kubelet's wordings: "Stopping container app", "Container app failed liveness probe", "Created container: app", "failed container app in pod". */
const NAMED = /(?:^|\s)[Cc]ontainer:? "?([a-z0-9][-a-z0-9]*)"?(?=[\s,:]|$)/g;

function containerInMessage(specs: readonly ContainerSpec[], event: KubeEvent): string | undefined {
  const message = event.message ?? '';
  for (const [, name] of message.matchAll(NAMED)) if (specs.some((spec) => spec.name === name)) return name;
  const image = /image "([^"]+)"/.exec(message)?.[1];
  const byImage = specs.filter((spec) => image !== undefined && spec.image === image);
  if (byImage.length === 1) return byImage[0]?.name;
  const mount = /volume "([^"]+)"/.exec(message)?.[1];
  const byMount = specs.find((spec) => mount !== undefined && spec.volumeMounts?.some(({ name }) => name === mount));
  if (byMount !== undefined) return byMount.name;
  return event.reason === 'Unhealthy' ? byProbe(specs, message)?.name : undefined;
}

function byProbe(specs: readonly ContainerSpec[], message: string): ContainerSpec | undefined {
  const probed = probeOf(message);
  if (probed === undefined) return undefined;
  const candidates = specs.filter((spec) => spec[`${probed}Probe`] !== undefined);
  if (candidates.length === 1) return candidates[0];
  const port = /:(\d+)(?=[/"\s:]|$)/.exec(message)?.[1];
  return candidates.find((spec) => port !== undefined && String(portOf(spec[`${probed}Probe`])) === port);
}

function portOf(probe: Probe | undefined): number | string | undefined {
  return probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port;
}

export type ProbeName = 'liveness' | 'readiness' | 'startup';

/** Which probe an Unhealthy event is about: "Liveness probe failed: …", "Readiness probe errored: …". */
export function probeOf(message: string): ProbeName | undefined {
  const word = /^(Liveness|Readiness|Startup) probe (?:failed|errored)/.exec(message)?.[1]?.toLowerCase();
  return word as ProbeName | undefined;
}

export type Killer = 'oom' | 'liveness' | 'startup' | 'post-start' | 'deletion' | 'eviction';

const KILLINGS: readonly (readonly [RegExp, Killer])[] = [
  [/failed liveness probe/, 'liveness'],
  [/failed startup probe/, 'startup'],
  [/PostStartHook|post-?start hook/i, 'post-start'],
  [/^Stopping container/, 'deletion'],
];
/** Exit codes of a process that a signal ended: 128 + SIGKILL, 128 + SIGTERM. */
const BY_SIGNAL = new Set([137, 143]);
const EVICTED = new Set(['Evicted', 'NodeShutdown', 'Terminated', 'Preempting', 'DeletionByTaintManager', 'TerminationByKubelet']);
/** The kubelet drops repeated events (25 an object, then one in five minutes), so the newest Killing may be older than the newest kill. */
const SLACK_S = 600;
const SIGNAL_SLACK_S = 3600;

/** Who ended the last run, when it was not the process: by its reason, its pod's fate, and the kubelet's Killing events. */
export function killerOf({ pod, spec, status }: PodContainer, events: readonly KubeEvent[]): Killer | null {
  const ended = status?.state?.terminated ?? status?.lastState?.terminated;
  if (ended?.reason === 'OOMKilled') return 'oom';
  const bySignal = BY_SIGNAL.has(ended?.exitCode ?? -1);
  if (EVICTED.has(pod.status?.reason ?? '')) return 'eviction';
  if (pod.metadata.deletionTimestamp !== undefined && bySignal) return 'deletion';
  const killings = events.filter(({ reason }) => reason === 'Killing' || reason === 'FailedPostStartHook');
  if (killings.length === 0) return null;
  const ran = secondsBetween(ended?.startedAt, ended?.finishedAt ?? '');
  for (const event of killings) {
    const killer = KILLINGS.find(([pattern]) => pattern.test(`${event.reason} ${event.message}`.replace(/^Killing /, '')))?.[1];
    const late = secondsBetween(eventTime(event), ended?.finishedAt ?? '') > (bySignal ? SIGNAL_SLACK_S : SLACK_S);
    const early = (killer === 'liveness' || killer === 'startup') && ran < soonestKill(spec[`${killer}Probe`]);
    if (killer !== undefined && !late && !early) return killer;
  }
  return null;
}

/** A probe cannot kill before it has failed as often as it may; a run that was shorter ended by itself. Two seconds for rounding. */
function soonestKill(probe: Probe | undefined): number {
  const { initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 } = probe ?? {};
  return initialDelaySeconds + periodSeconds * (failureThreshold - 1) - 2;
}

function secondsBetween(earlier: string | undefined, later: string): number {
  const seconds = (Date.parse(later) - Date.parse(earlier ?? '')) / 1000;
  return Number.isNaN(seconds) ? 0 : seconds;
}

/** How often a probe failed in the events that count, and the newest such event. */
export function probeFailures(events: readonly KubeEvent[], probe: ProbeName): { readonly count: number; readonly newest: KubeEvent | undefined } {
  const failures = events.filter((event) => event.reason === 'Unhealthy' && probeOf(event.message ?? '') === probe);
  return { count: failures.reduce((sum, event) => sum + eventCount(event), 0), newest: failures[0] };
}
