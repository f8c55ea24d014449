import { refKey } from '../domain/object-ref.ts';
import { type Candidate, compareStrength } from './candidate.ts';
import { type Explanation, explain, mayLeadTo } from './explains.ts';
import type { Known } from './known.ts';
import type { Relations } from './relation.ts';

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
  for (const effect of candidates) {
    for (const cause of candidates) {
      if (cause === effect || !mayLeadTo(cause, effect)) continue;
      const judged = explain(cause, effect, known, relations);
      if ('relation' in judged) explanations.push(judged);
      else if (judged.name === 'tooLate' || judged.name === 'tooWeak') rejections.push({ cause, effect, reason: judged.reason });
    }
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

/** Repeats until every cause is a root or below one: takes those without a cause above them, else breaks a circle at its best member. */
function chooseRoots(candidates: readonly Candidate[], byEffect: Map<Candidate, Explanation[]>): Candidate[] {
  const causes = candidates.filter(({ role }) => role === 'cause');
  const roots = causes.filter((cause) => causesAbove(cause, byEffect).size === 0);
  for (;;) {
    const below = reachedFrom(
      roots,
      Map.groupBy([...byEffect.values()].flat(), ({ cause }) => cause),
    );
    const open = causes.filter((cause) => !below.has(cause) && !roots.includes(cause));
    const next = beginningOf(open, byEffect);
    if (next === undefined) return roots;
    byEffect.delete(next);
    roots.push(next);
  }
}

/** The member of a circle that is most likely its beginning: not itself a complaint about another, firmest, earliest. */
function beginningOf(open: readonly Candidate[], byEffect: ReadonlyMap<Candidate, readonly Explanation[]>): Candidate | undefined {
  const aboveAll = open.filter((cause) => [...causesAbove(cause, byEffect)].every((above) => causesAbove(above, byEffect).has(cause)));
  return aboveAll.toSorted(
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

function isComplaint({ effect }: Candidate): boolean {
  return effect === 'dependency-failing' || effect === 'name-unresolvable';
}

/** Causes above a candidate, through symptoms and other causes; the candidate itself is not counted. */
function causesAbove(candidate: Candidate, byEffect: ReadonlyMap<Candidate, readonly Explanation[]>): Set<Candidate> {
  const seen = new Set<Candidate>([candidate]);
  for (const one of seen) for (const { cause } of byEffect.get(one) ?? []) seen.add(cause);
  seen.delete(candidate);
  return new Set([...seen].filter(({ role }) => role === 'cause'));
}

/** All that hangs below the given causes, themselves included. */
export function reachedFrom(causes: readonly Candidate[], byCause: ReadonlyMap<Candidate, readonly Explanation[]>): Set<Candidate> {
  const reached = new Set<Candidate>(causes);
  for (const one of reached) for (const { effect } of byCause.get(one) ?? []) reached.add(effect);
  return reached;
}
