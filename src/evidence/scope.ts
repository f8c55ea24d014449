import type { Entities } from '../domain/entities.ts';
import type { Inventory } from '../domain/inventory.ts';
import type { InvestigationRequest } from '../domain/investigation-request.ts';
import { impliedDeployments } from '../domain/kubernetes/implied-deployments.ts';
import { controllerOf, type KubeObject, refOf } from '../domain/kubernetes/object.ts';
import { isKind, type Kind } from '../domain/kubernetes/resource-type.ts';
import { WORKLOAD_KINDS } from '../domain/kubernetes/workload.ts';
import { type ObjectRef, objectRef, refKey } from '../domain/object-ref.ts';
import type { Scope } from '../domain/report.ts';

export interface ScopeQuestion {
  readonly entities: Entities;
  readonly request: InvestigationRequest;
  /** Those that were read; empty: all. */
  readonly namespaces: readonly string[];
}

/** The objects that the question is about: those it names and the owners of its pods. None: whatever is unhealthy. */
export function resolveScope({ entities, request, namespaces }: ScopeQuestion, inventory: Inventory): Scope {
  const objects = new Map<string, ObjectRef>();
  for (const ref of namedObjects(entities, namespaces, inventory)) objects.set(refKey(ref), ref);
  return {
    namespaces: [...namespaces],
    objects: [...objects.values()],
    since: request.since ?? entities.time_window?.from ?? null,
    until: request.until ?? entities.time_window?.to ?? null,
  };
}

function* namedObjects(entities: Entities, namespaces: readonly string[], inventory: Inventory): Iterable<ObjectRef> {
  const find = (kinds: readonly Kind[], name: string): KubeObject[] => kinds.flatMap((kind) => named(inventory, kind, name, namespaces));
  const implied = impliedDeployments(inventory);
  for (const name of entities.workloads) {
    yield* find(WORKLOAD_KINDS, name).map(refOf);
    yield* [...implied.values()].filter((deployment) => deployment.name === name);
  }
  for (const name of entities.services) yield* find(['Service'], name).map(refOf);
  for (const name of entities.pods) {
    for (const pod of find(['Pod'], name)) {
      yield refOf(pod);
      yield* [...ownersOf(pod, inventory)].map((owner) => implied.get(refKey(owner)) ?? owner);
    }
  }
  for (const name of entities.nodes) yield objectRef('Node', undefined, name);
  for (const other of entities.others) {
    const [kind = '', name = ''] = other.split('/');
    if (isKind(kind)) yield* find([kind], name).map(refOf);
  }
}

function named(inventory: Inventory, kind: Kind, name: string, namespaces: readonly string[]): KubeObject[] {
  return inventory
    .list(kind)
    .filter(
      ({ metadata }) => metadata.name === name && (namespaces.length === 0 || metadata.namespace === undefined || namespaces.includes(metadata.namespace)),
    );
}

/** Up to the owner that people name. */
function* ownersOf(object: KubeObject, inventory: Inventory): Iterable<ObjectRef> {
  const owner = controllerOf(object);
  if (owner === undefined || !isKind(owner.kind)) return;
  const { namespace } = object.metadata;
  const above = inventory.lookup(owner.kind, namespace, owner.name);
  const inner = above.status === 'found' && (owner.kind === 'ReplicaSet' || owner.kind === 'Job') ? [...ownersOf(above.value, inventory)] : [];
  yield* inner.length > 0 ? inner : [objectRef(owner.kind, namespace, owner.name)];
}
