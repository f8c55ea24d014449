import { type ObjectRef, refKey } from '../domain/object-ref.ts';
import type { Graph } from '../topology/graph.ts';

/**
 * Where something was seen, prepared for comparing. Two pods of one workload are two places; a pod and its workload are one,
 * as are a ReplicaSet and its Deployment.
 */
export interface Whereabouts {
  readonly pods: ReadonlySet<string>;
  readonly ownersOfPods: ReadonlySet<string>;
  /** Owners of what is no pod: a workload itself, the Deployment of a ReplicaSet, a Node. */
  readonly others: ReadonlySet<string>;
}

export function whereaboutsOf(refs: readonly ObjectRef[], graph: Graph): Whereabouts {
  const pods = new Set<string>();
  const ownersOfPods = new Set<string>();
  const others = new Set<string>();
  for (const ref of refs) {
    const owner = refKey(graph.ownerOf(ref));
    if (ref.kind !== 'Pod') others.add(owner);
    else {
      pods.add(refKey(ref));
      ownersOfPods.add(owner);
    }
  }
  return { pods, ownersOfPods, others };
}

/** True when both were seen on the same object. */
export function meet(a: Whereabouts, b: Whereabouts): boolean {
  return (
    !a.pods.isDisjointFrom(b.pods) || !a.others.isDisjointFrom(b.others) || !a.others.isDisjointFrom(b.ownersOfPods) || !a.ownersOfPods.isDisjointFrom(b.others)
  );
}
