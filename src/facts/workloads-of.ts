import { refOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { type ObjectRef, refKey } from '../domain/object-ref.ts';
import type { FactContext } from './context.ts';

/** The owners that people name of these pods, each once. */
export function workloadsOf(context: FactContext, pods: readonly Pod[]): ObjectRef[] {
  const owners = pods.map((pod) => context.graph.ownerOf(refOf(pod)));
  return [...new Map(owners.map((owner) => [refKey(owner), owner])).values()];
}
