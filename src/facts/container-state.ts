import type { ContainerDoc } from '../domain/facts/container.ts';
import type { Pod, Probe, TerminatedState } from '../domain/kubernetes/pod.ts';
import type { PodContainer } from './container-spec.ts';
import { ageSeconds, type FactContext } from './context.ts';

/** Waiting for these is the ordinary way to start, not a failure. */
const ORDINARY_WAITS = new Set(['ContainerCreating', 'PodInitializing']);
/** An end within this time still counts as a fault of now, unless the container has recovered since. */
const RECENT_S = 3600;
/** Ready for so long, after the back-off's cap of five minutes (kubelet: MaxContainerBackOff), means recovered; sooner after few restarts. */
const STABLE_S = 600;
const STABLE_PER_RESTART_S = 120;
const READY_GRACE_S = 60;

export type StatePart = Pick<
  ContainerDoc,
  'ready' | 'started' | 'running_s' | 'restart_count' | 'waiting' | 'termination' | 'failing' | 'recently_failed' | 'finished'
>;

/** What the kubelet says of a container's life, and whether that is trouble. `leftBehind`: its pod is history (see pod-context.ts). */
export function statePart(context: FactContext, container: PodContainer, leftBehind: boolean): StatePart {
  const { status } = container;
  const life: Omit<StatePart, 'failing' | 'recently_failed' | 'finished'> = {
    ready: status?.ready ?? null,
    started: status?.started ?? null,
    running_s: ageSeconds(context, status?.state?.running?.startedAt),
    restart_count: status?.restartCount ?? null,
    waiting: status?.state?.waiting ? { reason: status.state.waiting.reason ?? null, message: status.state.waiting.message ?? null } : null,
    termination: terminationOf(context, container),
  };
  const finished = hasFinished(container, life.termination);
  const silent = leftBehind || finished;
  return {
    ...life,
    finished,
    failing: !silent && isFailing(container, life),
    recently_failed: !silent && hasRecentlyFailed(container, life),
  };
}

function terminationOf(context: FactContext, { status }: PodContainer): ContainerDoc['termination'] {
  const current = status?.state?.terminated;
  const state = current ?? status?.lastState?.terminated;
  if (state === undefined || state === null) return null;
  return {
    reason: state.reason ?? null,
    exit_code: state.exitCode ?? null,
    signal: state.signal ?? null,
    message: state.message ?? null,
    started_at: state.startedAt ?? null,
    finished_at: state.finishedAt ?? null,
    age_s: ageSeconds(context, state.finishedAt),
    ran_s: ranSeconds(state),
    current: current !== undefined && current !== null,
  };
}

function ranSeconds({ startedAt, finishedAt }: TerminatedState): number | null {
  const started = Date.parse(startedAt ?? '');
  // A container that never started has the zero time (containerd: StartError).
  if (started <= 0) return 0;
  const seconds = (Date.parse(finishedAt ?? '') - started) / 1000;
  return Number.isNaN(seconds) ? null : Math.max(0, Math.round(seconds));
}

/** Whether an end is followed by a new start: init containers end by design, others by the pod's restartPolicy. */
function mayEnd({ role, pod }: PodContainer, exitCode: number | null): boolean {
  if (exitCode !== 0 || role === 'sidecar') return false;
  return role === 'init' || (pod.spec.restartPolicy ?? 'Always') !== 'Always';
}

function hasFinished(container: PodContainer, termination: ContainerDoc['termination']): boolean {
  return termination?.current === true && mayEnd(container, termination.exit_code);
}

type Life = Pick<StatePart, 'ready' | 'running_s' | 'restart_count' | 'waiting' | 'termination'>;

function isFailing(container: PodContainer, { ready, running_s, waiting, termination }: Life): boolean {
  if (waiting !== null) return waiting.reason !== null && !ORDINARY_WAITS.has(waiting.reason);
  if (termination?.current) return true;
  return ready === false && container.role !== 'init' && running_s !== null && running_s > timeToReady(container.spec.readinessProbe);
}

function timeToReady(probe: Probe | undefined): number {
  const { initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 } = probe ?? {};
  return Math.max(READY_GRACE_S, initialDelaySeconds + periodSeconds * failureThreshold);
}

function hasRecentlyFailed(container: PodContainer, { ready, running_s, restart_count, termination }: Life): boolean {
  if (termination === null || mayEnd(container, termination.exit_code)) return false;
  if (termination.age_s === null || termination.age_s > RECENT_S) return false;
  const recovered =
    ready === true &&
    running_s !== null &&
    running_s >= Math.min(STABLE_S, STABLE_PER_RESTART_S * (restart_count ?? Infinity)) &&
    running_s >= 5 * (termination.ran_s ?? 0);
  return !recovered;
}

/** When the container became well, as far as the pod's conditions tell; null while it is not. */
export function recoveredAt(context: FactContext, pod: Pod, state: StatePart): string | null {
  if (state.failing || state.recently_failed || state.ready !== true) return null;
  const ready = pod.status?.conditions?.find(({ type }) => type === 'Ready');
  // Dumps made from printed tables lack transition times: a container that is ready now was well when it was last looked at.
  return ready?.lastTransitionTime ?? new Date(context.now).toISOString();
}
