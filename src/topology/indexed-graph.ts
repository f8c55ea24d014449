import type { EvidenceDraft } from '../domain/evidence.ts';
import { type ObjectRef, refKey, sameObject } from '../domain/object-ref.ts';
import type { Edge, EdgeType, Graph } from './graph.ts';
import type { Owners } from './owners.ts';

/** One object of the graph. `number` is its place in `nodes`. */
export interface GraphNode {
  readonly number: number;
  readonly ref: ObjectRef;
  readonly needs: LinkedEdge[];
  readonly neededBy: LinkedEdge[];
}

/** An edge whose evidence is made when somebody asks: most of the many are never cited. */
class LinkedEdge implements Edge {
  readonly source: GraphNode;
  readonly target: GraphNode;
  readonly type: EdgeType;
  readonly origin: Edge['origin'];
  readonly #cite: () => EvidenceDraft;

  constructor(link: { source: GraphNode; target: GraphNode; type: EdgeType; origin: Edge['origin']; cite: () => EvidenceDraft }) {
    this.source = link.source;
    this.target = link.target;
    this.type = link.type;
    this.origin = link.origin;
    this.#cite = link.cite;
  }

  get from(): ObjectRef {
    return this.source.ref;
  }

  get to(): ObjectRef {
    return this.target.ref;
  }

  get evidence(): EvidenceDraft {
    return this.#cite();
  }
}

interface EdgeLabel {
  readonly type: EdgeType;
  readonly origin: Edge['origin'];
  readonly cite: () => EvidenceDraft;
}

interface EdgeDraft extends EdgeLabel {
  readonly from: ObjectRef;
  readonly to: ObjectRef;
}

/** Collects edges; the second of two equal ones (same ends, same type) is dropped. */
export class GraphBuilder {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #list: GraphNode[] = [];

  edge(draft: EdgeDraft): void {
    const source = this.node(draft.from);
    const target = this.node(draft.to);
    if (source === target) return;
    const fewer = source.needs.length <= target.neededBy.length ? source.needs : target.neededBy;
    if (fewer.some((edge) => edge.source === source && edge.target === target && edge.type === draft.type)) return;
    this.link(source, target, draft);
  }

  /** For edges that cannot come twice: those of each single pod. */
  link(source: GraphNode, target: GraphNode, { type, origin, cite }: EdgeLabel): void {
    const edge = new LinkedEdge({ source, target, type, origin, cite });
    source.needs.push(edge);
    target.neededBy.push(edge);
  }

  node(ref: ObjectRef): GraphNode {
    const key = refKey(ref);
    const known = this.#nodes.get(key);
    if (known) return known;
    const node: GraphNode = { number: this.#list.length, ref, needs: [], neededBy: [] };
    this.#nodes.set(key, node);
    this.#list.push(node);
    return node;
  }

  build(owners: Owners): Graph {
    return new IndexedGraph(this.#nodes, this.#list, owners);
  }
}

/** How many searches are remembered: paths are asked for in bursts from the same few objects. */
const REMEMBERED_SEARCHES = 16;

class IndexedGraph implements Graph {
  readonly #byKey: ReadonlyMap<string, GraphNode>;
  readonly #list: readonly GraphNode[];
  readonly #owners: Owners;
  readonly #searches = new Map<number, ReadonlyMap<number, LinkedEdge>>();
  #edges: readonly Edge[] | undefined;

  constructor(byKey: ReadonlyMap<string, GraphNode>, list: readonly GraphNode[], owners: Owners) {
    this.#byKey = byKey;
    this.#list = list;
    this.#owners = owners;
  }

  get nodes(): readonly ObjectRef[] {
    return this.#list.map(({ ref }) => ref);
  }

  get edges(): readonly Edge[] {
    this.#edges ??= this.#list.flatMap((node) => node.needs);
    return this.#edges;
  }

  has(ref: ObjectRef): boolean {
    return this.#byKey.has(refKey(ref));
  }

  needs(ref: ObjectRef): readonly Edge[] {
    return this.#byKey.get(refKey(ref))?.needs ?? [];
  }

  neededBy(ref: ObjectRef): readonly Edge[] {
    return this.#byKey.get(refKey(ref))?.neededBy ?? [];
  }

  dependencies(ref: ObjectRef, limit = Number.POSITIVE_INFINITY): readonly ObjectRef[] {
    return this.#walk(ref, limit, (node) => node.needs.map(({ target }) => target));
  }

  dependents(ref: ObjectRef, limit = Number.POSITIVE_INFINITY): readonly ObjectRef[] {
    return this.#walk(ref, limit, (node) => node.neededBy.map(({ source }) => source));
  }

  path(from: ObjectRef, to: ObjectRef): readonly Edge[] | undefined {
    if (sameObject(from, to)) return [];
    const [start, end] = [this.#byKey.get(refKey(from)), this.#byKey.get(refKey(to))];
    if (start === undefined || end === undefined) return undefined;
    const arrivals = this.#arrivalsFrom(start);
    const way: LinkedEdge[] = [];
    for (let node = end; node !== start; ) {
      const edge = arrivals.get(node.number);
      if (edge === undefined) return undefined;
      way.unshift(edge);
      node = edge.source;
    }
    return way;
  }

  ownerOf(ref: ObjectRef): ObjectRef {
    return this.#owners.ownerOf(ref);
  }

  podsOf(ref: ObjectRef): readonly ObjectRef[] {
    return this.#owners.podsOf(ref);
  }

  #walk(ref: ObjectRef, limit: number, next: (node: GraphNode) => readonly GraphNode[]): readonly ObjectRef[] {
    const start = this.#byKey.get(refKey(ref));
    if (start === undefined) return [];
    const seen = new Set([start]);
    for (const node of seen) {
      for (const neighbour of next(node)) seen.add(neighbour);
      if (seen.size > limit) break;
    }
    return [...seen].slice(1, limit + 1).map((node) => node.ref);
  }

  /** Breadth first: by which edge each reachable node is reached first. */
  #arrivalsFrom(start: GraphNode): ReadonlyMap<number, LinkedEdge> {
    const known = this.#searches.get(start.number);
    if (known) return known;
    const arrivals = new Map<number, LinkedEdge>();
    const queue = [start];
    for (const node of queue) {
      for (const edge of node.needs) {
        if (edge.target === start || arrivals.has(edge.target.number)) continue;
        arrivals.set(edge.target.number, edge);
        queue.push(edge.target);
      }
    }
    if (this.#searches.size >= REMEMBERED_SEARCHES) this.#searches.clear();
    this.#searches.set(start.number, arrivals);
    return arrivals;
  }
}
