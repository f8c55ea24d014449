import type { Origin } from '../domain/fact.ts';
import type { Lease } from '../domain/kubernetes/node.ts';
import { objectRef } from '../domain/object-ref.ts';
import { ageSeconds, type FactContext } from './context.ts';

type Part = 'kube-scheduler' | 'kube-controller-manager';

const NAMESPACE = 'kube-system';
/** Renewed every two seconds; after 15 s another may take it. */
const STALE_S = 60;

/** When a part of the control plane last renewed the lease by which it leads; null where that was not read. */
export function partLease(context: FactContext, part: Part): { readonly age_s: number | null; readonly stale: boolean } {
  const lease = context.inventory.lookup<Lease>('Lease', NAMESPACE, part);
  const age = lease.status === 'found' ? ageSeconds(context, lease.value.spec?.renewTime) : null;
  return { age_s: age, stale: age !== null && age > STALE_S };
}

export function partLeaseOrigin(part: Part): Origin {
  return { object: objectRef('Lease', NAMESPACE, part), fieldPath: 'spec.renewTime' };
}
