import type { Pod } from '../domain/kubernetes/pod.ts';
import { isKind } from '../domain/kubernetes/resource-type.ts';
import { type Candidate, earliest } from './candidate.ts';
import type { Known } from './known.ts';

/**
 * Kubelets and controllers report late (a lost node after about 40 s, its evictions after 5 min, probes after several periods),
 * so that a cause may seem to begin this much after its effect.
 */
const TOLERANCE_MS = 5 * 60_000;

/** A container keeps only its last termination: when it has restarted before, the trouble may be as old as the pod. */
const RECURRING: ReadonlySet<string> = new Set(['crashing', 'killed', 'not-ready', 'dependency-failing', 'name-unresolvable']);

/** The earliest time at which the candidate may have begun, as far as it can be read; ISO 8601. */
export function earliestOnset(candidate: Candidate, known: Known): string | null {
  const observed = candidate.evidenceIds.map((id) => known.evidence(id)?.observed_at);
  const restarted = RECURRING.has(candidate.effect) ? candidate.subjects.map((subject) => startOfRestarted(subject, known)) : [];
  return earliest([candidate.since, ...observed, ...restarted]);
}

/** True when `cause` can only have begun after `effect` was there already. Unknown times contradict nothing. */
export function beganAfter(cause: Candidate, effect: Candidate, known: Known): boolean {
  const causeAt = earliestOnset(cause, known);
  if (causeAt === null || effect.since === null) return false;
  return Date.parse(causeAt) > Date.parse(effect.since) + TOLERANCE_MS;
}

function startOfRestarted({ kind, namespace, name }: { kind: string; namespace?: string | undefined; name: string }, known: Known): string | null {
  if (kind !== 'Pod' || !isKind(kind)) return null;
  const pod = known.inventory.lookup<Pod>('Pod', namespace, name);
  if (pod.status !== 'found') return null;
  const { containerStatuses = [], initContainerStatuses = [], startTime } = pod.value.status ?? {};
  const restarts = [...containerStatuses, ...initContainerStatuses].map(({ restartCount }) => restartCount ?? 0);
  return Math.max(0, ...restarts) > 1 ? (startTime ?? null) : null;
}
