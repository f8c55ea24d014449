import type { Pod } from '../domain/kubernetes/pod.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import { type Candidate, earliest } from './candidate.ts';
import type { Known } from './known.ts';

/**
 * Kubelets and controllers report late (a lost node after about 40 s, its evictions after 5 min, probes after several periods),
 * so that a cause may seem to begin this much after its effect.
 */
const TOLERANCE_MS = 5 * 60_000;

/** A container keeps only its last termination: when it has restarted before, the trouble may be as old as the pod. */
const RECURRING: ReadonlySet<string> = new Set(['crashing', 'killed', 'not-ready', 'dependency-failing', 'schema-missing', 'name-unresolvable']);

/** When candidates began, as far as it can be read; worked out once for each. */
export class Onsets {
  readonly #known: Known;
  readonly #earliest = new Map<Candidate, string | null>();

  constructor(known: Known) {
    this.#known = known;
  }

  /** The earliest time at which the candidate may have begun; ISO 8601. */
  earliestOf(candidate: Candidate): string | null {
    const known = this.#earliest.get(candidate);
    if (known !== undefined) return known;
    const observed = candidate.evidenceIds.map((id) => this.#known.evidence(id)?.observed_at);
    const restarted = RECURRING.has(candidate.effect) ? candidate.subjects.map((subject) => startOfRestarted(subject, this.#known)) : [];
    const onset = earliest([candidate.since, ...observed, ...restarted]);
    this.#earliest.set(candidate, onset);
    return onset;
  }

  /** True when `cause` can only have begun after `effect` was there already. Unknown times contradict nothing. */
  beganAfter(cause: Candidate, effect: Candidate): boolean {
    if (effect.since === null) return false;
    const causeAt = this.earliestOf(cause);
    return causeAt !== null && Date.parse(causeAt) > Date.parse(effect.since) + TOLERANCE_MS;
  }
}

function startOfRestarted({ kind, namespace, name }: ObjectRef, known: Known): string | null {
  if (kind !== 'Pod') return null;
  const pod = known.inventory.lookup<Pod>('Pod', namespace, name);
  if (pod.status !== 'found') return null;
  const { containerStatuses = [], initContainerStatuses = [], startTime } = pod.value.status ?? {};
  const restarts = [...containerStatuses, ...initContainerStatuses].map(({ restartCount }) => restartCount ?? 0);
  return Math.max(0, ...restarts) > 1 ? (startTime ?? null) : null;
}
