import { type ObjectRef, refKey, sameObject } from '../domain/object-ref.ts';
import type { Graph } from '../topology/graph.ts';
import type { Candidate } from './candidate.ts';
import { WAYS } from './mechanisms.ts';
import type { Relation } from './relation.ts';
import { pathTo, walk } from './walk.ts';

/** Effects that are complaints about another object: they can be passed on to callers in error messages. */
export function isComplaint({ effect }: Candidate): boolean {
  return effect === 'dependency-failing' || effect === 'name-unresolvable';
}

/** What a complaint is about. */
export function complainedOf({ foreign, object, via }: Candidate): readonly ObjectRef[] {
  return foreign ? [object, ...via] : via;
}

/**
 * The way by which `effect` only repeats what `cause` complains of: both name the same target, the one because it is configured
 * with it, the other only because its log quotes the error of the one it calls. undefined where it is a complaint of its own.
 */
export function echoOf(cause: Candidate, effect: Candidate, graph: Graph): Relation | undefined {
  if (!isComplaint(cause) || !isComplaint(effect)) return undefined;
  const shared = complainedOf(effect).filter((target) => complainedOf(cause).some((other) => sameObject(other, target)));
  if (!shared.some((target) => originsTo(effect, target, graph).every((origin) => origin === 'log'))) return undefined;
  if (!shared.some((target) => originsTo(cause, target, graph).some((origin) => origin !== 'log'))) return undefined;
  const arrivals = walk(graph, effect.felt, WAYS.traffic);
  for (const ref of cause.felt) {
    const arrival = arrivals.get(refKey(ref));
    if (arrival?.left) return { where: 'traffic', path: pathTo(arrival), calls: arrival.calls };
  }
  return undefined;
}

/** How it is known that the sufferers call the target; empty where no edge says so. */
function originsTo({ felt }: Candidate, target: ObjectRef, graph: Graph): string[] {
  return felt.flatMap((ref) => graph.needs(ref)).flatMap(({ to, origin }) => (sameObject(to, target) ? [origin] : []));
}
