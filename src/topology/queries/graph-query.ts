import type { Gap } from '../../domain/gap.ts';
import type { Inventory } from '../../domain/inventory.ts';
import { isKind } from '../../domain/kubernetes/resource-type.ts';
import { WORKLOAD_KINDS } from '../../domain/kubernetes/workload.ts';
import { type ObjectRef, refKey } from '../../domain/object-ref.ts';
import { objectsOf } from '../edges/knowledge.ts';
import type { Edge, EdgeType, Graph } from '../graph.ts';
import type { KnowledgeGraph } from '../knowledge/knowledge-graph.ts';
import { readSites } from '../sites.ts';
import { resolveName } from './resolve-name.ts';

export type GraphQuery =
  | { readonly ask: 'depends-on' | 'dependents'; readonly name: string; readonly depth?: number; readonly everything?: boolean }
  | { readonly ask: 'path'; readonly name: string; readonly to: string }
  | { readonly ask: 'show'; readonly everything?: boolean };

export interface GraphQueryContext {
  readonly graph: Graph;
  readonly inventory: Inventory;
  readonly knowledge: KnowledgeGraph;
  /** Preferred where a name is in several; for `show`, the only one shown. */
  readonly namespace?: string | undefined;
}

export interface AnswerEdge {
  readonly from: ObjectRef;
  readonly to: ObjectRef;
  readonly type: EdgeType;
  readonly origin: Edge['origin'];
  readonly evidence: string | null;
}

/** What every question is answered with, and what `--output json` prints. Distances count edges, nearest first. */
export interface GraphAnswer {
  readonly ask: GraphQuery['ask'];
  readonly object: ObjectRef | null;
  readonly to: ObjectRef | null;
  /** `exists`: false where the object was looked for and is not there; null where nobody could look. */
  readonly objects: readonly { readonly object: ObjectRef; readonly distance: number; readonly exists: boolean | null }[];
  readonly edges: readonly AnswerEdge[];
  /** What could not be read: edges that it would show are missing. */
  readonly gaps: readonly Gap[];
}

/** What components need of each other. The rest (mounts, nodes, quotas, DNS …) is shown when everything is asked for. */
const BETWEEN_COMPONENTS: ReadonlySet<EdgeType> = new Set(['depends-on', 'calls', 'selects', 'routes-to', 'scales']);

/** Kinds that calls lead to and from. Asked about anything else, a Node or a ConfigMap, components alone would be no answer. */
const CALLING = new Set<string>([...WORKLOAD_KINDS, 'Service', 'Ingress', 'External', 'Component', 'Rollout']);

/** Answers from the written knowledge and the discovered edges alike. Throws coded errors for names that are unknown or ambiguous. */
export function answerGraphQuery(query: GraphQuery, context: GraphQueryContext): GraphAnswer {
  const { objects, ...answer } = ask(query, context);
  const { inventory } = context;
  return { ...answer, objects: objects.map((entry) => ({ ...entry, exists: existence(inventory, entry.object) })), gaps: inventory.gaps };
}

function existence(inventory: Inventory, { kind, namespace, name }: ObjectRef): boolean | null {
  if (!isKind(kind)) return null;
  const { status } = inventory.lookup(kind, namespace, name);
  return status === 'found' ? true : status === 'not-found' ? false : null;
}

type Found = Omit<GraphAnswer, 'objects' | 'gaps'> & { readonly objects: readonly Omit<GraphAnswer['objects'][number], 'exists'>[] };

function ask(query: GraphQuery, context: GraphQueryContext): Found {
  const { graph, inventory, knowledge, namespace } = context;
  const sites = readSites(inventory);
  const components = new Map(knowledge.components.map((component) => [component.name, objectsOf(component, sites)]));
  const named = (name: string): ObjectRef => resolveName(name, { graph, components, namespace });

  switch (query.ask) {
    case 'path': {
      const [object, to] = [named(query.name), named(query.to)];
      const way = graph.path(object, to) ?? graph.path(to, object) ?? [];
      return { ask: query.ask, object, to, objects: way.map((edge, index) => ({ object: edge.to, distance: index + 1 })), edges: way.map(answerEdge) };
    }
    case 'show': {
      const edges = graph.edges.filter((edge) => shown(edge, query.everything) && inNamespace(edge, namespace));
      const objects = [...new Map(edges.flatMap(({ from, to }) => [from, to]).map((object) => [refKey(object), object])).values()];
      return { ask: query.ask, object: null, to: null, objects: objects.map((object) => ({ object, distance: 0 })), edges: edges.map(answerEdge) };
    }
    default: {
      const object = named(query.name);
      return { ask: query.ask, object, to: null, ...walk(graph, object, query) };
    }
  }
}

/** A namespace's edges are those of its own objects; between components that nothing stands for, all. */
function inNamespace({ from, to }: Edge, namespace: string | undefined): boolean {
  return namespace === undefined || from.namespace === namespace || to.namespace === namespace;
}

function shown({ type, from, to }: Edge, everything = false): boolean {
  return everything ? from.kind !== 'Pod' && to.kind !== 'Pod' : BETWEEN_COMPONENTS.has(type) && from.kind !== 'PodDisruptionBudget';
}

type Walk = Extract<GraphQuery, { ask: 'depends-on' | 'dependents' }>;

/** Breadth first. Pods are not named: what they need and who needs them counts as their owner's. */
function walk(
  graph: Graph,
  start: ObjectRef,
  { ask, depth = Number.POSITIVE_INFINITY, everything = !CALLING.has(start.kind) }: Walk,
): Pick<Found, 'objects' | 'edges'> {
  const distance = new Map([[refKey(start), 0]]);
  const objects: { object: ObjectRef; distance: number }[] = [];
  const edges: AnswerEdge[] = [];
  const queue = [start];
  for (const object of queue) {
    const here = distance.get(refKey(object)) ?? 0;
    if (here >= depth) continue;
    for (const edge of neighbours(graph, object, { ask, everything })) {
      const other = ask === 'depends-on' ? edge.to : edge.from;
      edges.push(edge);
      if (distance.has(refKey(other))) continue;
      distance.set(refKey(other), here + 1);
      objects.push({ object: other, distance: here + 1 });
      queue.push(other);
    }
  }
  return { objects, edges };
}

function neighbours(graph: Graph, object: ObjectRef, { ask, everything }: { ask: Walk['ask']; everything: boolean }): AnswerEdge[] {
  const around = (ref: ObjectRef): readonly Edge[] => (ask === 'depends-on' ? graph.needs(ref) : graph.neededBy(ref));
  const own = around(object).filter(({ type, from }) => everything || (BETWEEN_COMPONENTS.has(type) && from.kind !== 'PodDisruptionBudget'));
  const below = everything ? graph.podsOf(object).flatMap((pod) => around(pod)) : [];
  const lifted = [...own, ...below]
    .filter(({ type }) => type !== 'owned-by' && type !== 'runs-as')
    .map((edge) => ({ ...answerEdge(edge), from: graph.ownerOf(edge.from), to: graph.ownerOf(edge.to) }));
  const unique = new Map(lifted.map((edge) => [`${edge.type} ${refKey(edge.from)} ${refKey(edge.to)}`, edge]));
  return [...unique.values()].filter(({ from, to }) => refKey(from) !== refKey(to));
}

function answerEdge({ from, to, type, origin, evidence }: Edge): AnswerEdge {
  const place = evidence?.field_path ? `${evidence.field_path}: ` : '';
  return { from, to, type, origin, evidence: evidence ? `${place}${evidence.excerpt}` : null };
}
