import type { Effect } from '../domain/effect.ts';
import { refKey } from '../domain/object-ref.ts';
import { type Candidate, indexBy } from './candidate.ts';
import { complainedOf, isComplaint } from './echo.ts';
import { MECHANISMS, WAYS, type Way } from './mechanisms.ts';
import type { Relations } from './relations.ts';

/**
 * For each candidate, the others that could explain it: those seen on the same object, those at the end of a way from it, those
 * that complain of the same, and those that may act from anywhere. With hundreds of findings this is what keeps the judging from growing with their square.
 */
export function* possiblePairs(candidates: readonly Candidate[], relations: Relations): Iterable<{ cause: Candidate; effect: Candidate }> {
  const byKey = indexBy(candidates, (candidate) => relations.keysOf(candidate));
  const byAnchor = indexBy(candidates, (candidate) => relations.anchorsOf(candidate));
  const byTarget = indexBy(candidates.filter(isComplaint), (complaint) => complainedOf(complaint).map(refKey));
  const byEffect = Map.groupBy(candidates, ({ effect }) => effect);
  for (const effect of candidates) {
    const causes = new Set<Candidate>();
    for (const key of relations.keysOf(effect)) for (const cause of byKey.get(key) ?? []) causes.add(cause);
    for (const way of WAYS_TO.get(effect.effect) ?? []) {
      for (const key of relations.reachOf(effect, way)) for (const cause of byAnchor.get(key) ?? []) causes.add(cause);
    }
    for (const from of ANYWHERE_TO.get(effect.effect) ?? []) for (const cause of byEffect.get(from) ?? []) causes.add(cause);
    if (isComplaint(effect)) for (const target of complainedOf(effect)) for (const cause of byTarget.get(refKey(target)) ?? []) causes.add(cause);
    causes.delete(effect);
    for (const cause of causes) yield { cause, effect };
  }
}

/** The ways that the table knows to each effect. */
const WAYS_TO: ReadonlyMap<Effect, ReadonlySet<Way>> = new Map(
  [...new Set(MECHANISMS.flatMap(({ to }) => to))].map((effect) => [
    effect,
    new Set(MECHANISMS.filter(({ to }) => to.includes(effect)).flatMap(({ where }) => where.filter((one): one is Way => one in WAYS))),
  ]),
);

/** The effects that may cause each effect without any way of need between the two. */
const ANYWHERE_TO: ReadonlyMap<Effect, ReadonlySet<Effect>> = new Map(
  [...WAYS_TO.keys()].map((effect) => [
    effect,
    new Set(
      MECHANISMS.filter(({ to, where }) => to.includes(effect) && where.some((one) => one === 'anywhere' || one === 'store')).flatMap(({ from }) => from),
    ),
  ]),
);
