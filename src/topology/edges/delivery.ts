import type { Application, Kustomization } from '../../domain/kubernetes/add-ons.ts';
import { refOf } from '../../domain/kubernetes/object.ts';
import { isKind, resourceType } from '../../domain/kubernetes/resource-type.ts';
import { type ObjectRef, objectRef } from '../../domain/object-ref.ts';
import type { GraphBuilder } from '../indexed-graph.ts';
import type { Sites } from '../sites.ts';
import { field } from './evidence.ts';

/** Objects to the Application or Kustomization that applies them, those that it has not applied yet among them. */
export function deliveryEdges({ inventory }: Sites, graph: GraphBuilder): void {
  for (const application of inventory.list<Application>('Application')) {
    const to = refOf(application);
    for (const [index, { kind = '', namespace, name }] of (application.status?.resources ?? []).entries()) {
      made(graph, { kind, namespace, name }, to, `status.resources[${index}]`);
    }
  }
  for (const kustomization of inventory.list<Kustomization>('Kustomization')) {
    const to = refOf(kustomization);
    for (const [index, { id }] of (kustomization.status?.inventory?.entries ?? []).entries()) {
      const [namespace, name = '', , kind = ''] = id.split('_');
      made(graph, { kind, namespace, name }, to, `status.inventory.entries[${index}]`);
    }
  }
}

interface Named {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** Kinds that nothing is known of have no place in the graph. */
function made(graph: GraphBuilder, { kind, namespace, name }: Named, to: ObjectRef, path: string): void {
  if (!isKind(kind) || name === '') return;
  const from = objectRef(kind, resourceType(kind).namespaced ? namespace : undefined, name);
  graph.edge({ from, to, type: 'made-from', origin: 'object', cite: field(to, path, `${kind} ${name}`) });
}
