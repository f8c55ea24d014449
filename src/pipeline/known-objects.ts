import type { Inventory } from '../domain/inventory.ts';
import { isKind, type Kind, RESOURCE_TYPES, resourceType } from '../domain/kubernetes/resource-type.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import type { Matter } from '../llm/analyst.ts';
import type { Graph } from '../topology/graph.ts';

/** What a model may speak of: objects that were read, and those of the graph. */
export function knownObjects(inventory: Inventory, graph: Graph): Pick<Matter, 'names' | 'exists' | 'ownerOf'> {
  return {
    names: namesIn(inventory),
    exists: (object) => exists(object, inventory, graph),
    ownerOf: (object) => graph.ownerOf(placed(object)),
  };
}

function namesIn(inventory: Inventory): ReadonlySet<string> {
  const objects = (Object.keys(RESOURCE_TYPES) as Kind[]).flatMap((kind) => inventory.list(kind));
  const containers = inventory
    .list('Pod')
    .flatMap((pod) => ((pod as { spec?: { containers?: { name: string }[] } }).spec?.containers ?? []).map(({ name }) => name));
  return new Set([...inventory.namespaces, ...objects.map(({ metadata }) => metadata.name), ...containers]);
}

/** What has no object in the API exists where the graph knows it, or where it is another system. */
function exists(given: ObjectRef, inventory: Inventory, graph: Graph): boolean {
  const object = placed(given);
  if (!isKind(object.kind)) return object.kind === 'External' || graph.has(object);
  return inventory.lookup(object.kind, object.namespace, object.name).status === 'found';
}

/** Models give a namespace also to what has none. */
function placed(object: ObjectRef): ObjectRef {
  return isKind(object.kind) && resourceType(object.kind).namespaced ? object : { kind: object.kind, name: object.name };
}
