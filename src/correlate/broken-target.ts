import { isKind } from '../domain/kubernetes/resource-type.ts';
import { desiredReplicas, readyReplicas, type Workload } from '../domain/kubernetes/workload.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import type { Candidate } from './candidate.ts';
import { isComplaint } from './echo.ts';
import type { Known } from './known.ts';

const REPLICATED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/**
 * The one complained of, where none of its pods is ready: that it does not answer follows from a fault of its own, which
 * nobody could read. undefined where it seems to be well, or is not known.
 */
export function brokenTarget(candidate: Candidate, { inventory }: Known): ObjectRef | undefined {
  const { object, foreign } = candidate;
  if (!foreign || !isComplaint(candidate) || !isKind(object.kind) || !REPLICATED.has(object.kind)) return undefined;
  const lookup = inventory.lookup<Workload>(object.kind, object.namespace, object.name);
  if (lookup.status !== 'found') return undefined;
  return desiredReplicas(lookup.value) > 0 && readyReplicas(lookup.value) === 0 ? object : undefined;
}
