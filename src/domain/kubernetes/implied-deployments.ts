import type { Inventory } from '../inventory.ts';
import type { LookupStatus } from '../lookup.ts';
import { type ObjectRef, objectRef, refKey } from '../object-ref.ts';
import { controllerOf } from './object.ts';
import type { Pod } from './pod.ts';
import type { Kind } from './resource-type.ts';

const HASH_LABEL = 'pod-template-hash';
const UNREAD: ReadonlySet<LookupStatus> = new Set(['forbidden', 'not-collected']);

/**
 * Deployments of which only pods may be read, by the keys of their ReplicaSets: only the controller of Deployments gives pods
 * this label, and its value ends the ReplicaSet's name. A Deployment that does not exist is not implied.
 */
export function impliedDeployments(inventory: Inventory): ReadonlyMap<string, ObjectRef> {
  const implied = new Map<string, ObjectRef>();
  const seen = new Set<string>();
  const isUnread = (kind: Kind, namespace: string | undefined, name: string): boolean => UNREAD.has(inventory.lookup(kind, namespace, name).status);
  for (const { metadata } of inventory.list<Pod>('Pod')) {
    const owner = controllerOf({ kind: 'Pod', metadata });
    const hash = metadata.labels?.[HASH_LABEL];
    if (owner?.kind !== 'ReplicaSet' || hash === undefined || !owner.name.endsWith(`-${hash}`)) continue;
    const key = refKey(objectRef('ReplicaSet', metadata.namespace, owner.name));
    if (seen.has(key)) continue;
    seen.add(key);
    const name = owner.name.slice(0, -hash.length - 1);
    if (isUnread('ReplicaSet', metadata.namespace, owner.name) && isUnread('Deployment', metadata.namespace, name))
      implied.set(key, objectRef('Deployment', metadata.namespace, name));
  }
  return implied;
}
