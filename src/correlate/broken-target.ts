import { isKind } from '../domain/kubernetes/resource-type.ts';
import { desiredReplicas, readyReplicas, type Workload } from '../domain/kubernetes/workload.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import type { EdgeType } from '../topology/graph.ts';
import type { Candidate } from './candidate.ts';
import { isComplaint } from './echo.ts';
import type { Known } from './known.ts';

const REPLICATED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);
/** Effects of an object that only asks another to answer: a webhook, an aggregated API. */
const ASKS_ANOTHER: ReadonlySet<string> = new Set(['admission-blocked', 'api-unavailable']);
const LEADS_ON: ReadonlySet<EdgeType> = new Set(['calls', 'selects']);

/**
 * What should have answered, where none of its pods is ready: that it does not answer follows from a fault of its own, which
 * nobody could read. undefined where it seems to be well, or is not known.
 */
export function brokenTarget(candidate: Candidate, known: Known): ObjectRef | undefined {
  return answerers(candidate, known).find((object) => isDown(object, known));
}

function answerers(candidate: Candidate, { graph }: Known): ObjectRef[] {
  const { object, effect, foreign } = candidate;
  const next = (ref: ObjectRef): ObjectRef[] => graph.needs(ref).flatMap(({ type, to }) => (LEADS_ON.has(type) ? [to] : []));
  if (ASKS_ANOTHER.has(effect)) return next(object).flatMap(next);
  if (!foreign || !isComplaint(candidate)) return [];
  return object.kind === 'Service' ? next(object) : [object];
}

function isDown({ kind, namespace, name }: ObjectRef, { inventory }: Known): boolean {
  if (!isKind(kind) || !REPLICATED.has(kind)) return false;
  const lookup = inventory.lookup<Workload>(kind, namespace, name);
  return lookup.status === 'found' && desiredReplicas(lookup.value) > 0 && readyReplicas(lookup.value) === 0;
}
