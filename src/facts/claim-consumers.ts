import type { Pod } from '../domain/kubernetes/pod.ts';
import type { FactContext } from './context.ts';
import { claimNames } from './pod-claims.ts';

const cache = new WeakMap<FactContext, ReadonlyMap<string, readonly Pod[]>>();

/** Pods that use a claim and have not finished. */
export function claimConsumers(context: FactContext, namespace: string | undefined, claim: string): readonly Pod[] {
  let byClaim = cache.get(context);
  if (byClaim === undefined) {
    byClaim = consumersByClaim(context);
    cache.set(context, byClaim);
  }
  return byClaim.get(`${namespace}/${claim}`) ?? [];
}

function consumersByClaim(context: FactContext): Map<string, Pod[]> {
  const consumers = new Map<string, Pod[]>();
  for (const pod of context.inventory.list<Pod>('Pod')) {
    if (pod.spec === undefined || pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') continue;
    for (const name of claimNames(pod)) {
      const key = `${pod.metadata.namespace}/${name}`;
      consumers.set(key, [...(consumers.get(key) ?? []), pod]);
    }
  }
  return consumers;
}
