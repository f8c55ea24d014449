import { refKey } from '../domain/object-ref.ts';
import { type Candidate, compareStrength } from './candidate.ts';
import { componentsOf } from './components.ts';
import { isComplaint } from './echo.ts';
import { type Explanation, explain, mayLeadTo } from './explains.ts';
import type { Known } from './known.ts';
import { Onsets } from './onset.ts';
import { possiblePairs } from './pairs.ts';
import type { Relations } from './relations.ts';

/** A cause that has a mechanism and a way to an effect, and still does not explain it. */
export interface Rejection {
  readonly cause: Candidate;
  readonly effect: Candidate;
  readonly reason: string;
}

/** Who explains whom. Without cycles: what explains itself in a circle was cut at its most likely beginning. */
export interface Explanations {
  readonly roots: readonly Candidate[];
  /** Explanations that start at a candidate, nearest first. */
  readonly byCause: ReadonlyMap<Candidate, readonly Explanation[]>;
  /** Symptoms that no cause explains. */
  readonly unexplained: readonly Candidate[];
  readonly rejections: readonly Rejection[];
}

/** Finds the roots: causes that no other cause leads to, directly or through symptoms. */
export function findExplanations(candidates: readonly Candidate[], known: Known, relations: Relations): Explanations {
  const { explanations, rejections } = judgePairs(candidates, known, relations);
  const byEffect = Map.groupBy(withoutShadowed(explanations), ({ effect }) => effect);
  const roots = chooseRoots(candidates, byEffect);
  const byCause = Map.groupBy([...byEffect.values()].flat(), ({ cause }) => cause);
  for (const list of byCause.values()) list.sort((a, b) => a.relation.path.length - b.relation.path.length);
  const reached = reachedFrom(roots, byCause);
  return { roots, byCause, unexplained: candidates.filter((candidate) => candidate.role === 'symptom' && !reached.has(candidate)), rejections };
}

function judgePairs(candidates: readonly Candidate[], known: Known, relations: Relations): { explanations: Explanation[]; rejections: Rejection[] } {
  const explanations: Explanation[] = [];
  const rejections: Rejection[] = [];
  const onsets = new Onsets(known);
  for (const { cause, effect } of possiblePairs(candidates, relations)) {
    if (!mayLeadTo(cause, effect)) continue;
    const judged = explain(cause, effect, { onsets, relations });
    if ('relation' in judged) explanations.push(judged);
    else if (judged.name === 'tooLate' || judged.name === 'tooWeak') rejections.push({ cause, effect, reason: judged.reason });
  }
  return { explanations, rejections };
}

/** Where a cause was found nearer (fewer calls away), a farther one is not the explanation. */
function withoutShadowed(explanations: readonly Explanation[]): Explanation[] {
  const nearest = new Map<Candidate, number>();
  for (const { cause, effect, relation } of explanations) {
    if (cause.role === 'cause') nearest.set(effect, Math.min(nearest.get(effect) ?? Number.POSITIVE_INFINITY, relation.calls));
  }
  return explanations.filter(({ effect, relation }) => relation.calls <= (nearest.get(effect) ?? Number.POSITIVE_INFINITY));
}

/**
 * Causes without a cause above them. Of a circle that none stands above, one member is the beginning, and what leads to it
 * is cut: all others are below it then.
 */
function chooseRoots(candidates: readonly Candidate[], byEffect: Map<Candidate, Explanation[]>): Candidate[] {
  const below = Map.groupBy([...byEffect.values()].flat(), ({ cause }) => cause);
  const next = (candidate: Candidate) => (below.get(candidate) ?? []).map(({ effect }) => effect);
  const previous = (candidate: Candidate) => (byEffect.get(candidate) ?? []).map(({ cause }) => cause);
  const underCause = new Set<Candidate>();
  const roots: Candidate[] = [];
  for (const circle of componentsOf(candidates, next, previous)) {
    const isUnder = circle.some((member) => underCause.has(member));
    const causes = circle.filter(({ role }) => role === 'cause');
    const beginning = isUnder ? undefined : beginningOf(causes);
    if (beginning !== undefined) roots.push(beginning);
    if (!isUnder && beginning === undefined) continue;
    for (const effect of circle.flatMap(next)) underCause.add(effect);
  }
  for (const root of roots) byEffect.delete(root);
  return candidates.filter((candidate) => roots.includes(candidate));
}

/** The cause that is most likely the beginning of a circle: not itself a complaint about another, firmest, earliest. */
function beginningOf(causes: readonly Candidate[]): Candidate | undefined {
  return causes.toSorted(
    (a, b) =>
      Number(isComplaint(a)) - Number(isComplaint(b)) ||
      compareStrength(b.strength, a.strength) ||
      timeOf(a) - timeOf(b) ||
      refKey(a.object).localeCompare(refKey(b.object)),
  )[0];
}

/** A time that is not known comes last. */
function timeOf({ since }: Candidate): number {
  return since === null ? Number.MAX_SAFE_INTEGER : Date.parse(since);
}

/** All that hangs below the given causes, themselves included. */
function reachedFrom(causes: readonly Candidate[], byCause: ReadonlyMap<Candidate, readonly Explanation[]>): Set<Candidate> {
  const reached = new Set<Candidate>(causes);
  for (const one of reached) for (const { effect } of byCause.get(one) ?? []) reached.add(effect);
  return reached;
}
