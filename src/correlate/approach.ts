import type { Cite } from '../domain/citation.ts';
import { type ObjectRef, refKey } from '../domain/object-ref.ts';
import type { Edge, Graph } from '../topology/graph.ts';
import { WAYS } from './mechanisms.ts';
import { edgeSentence } from './sentences.ts';
import type { Branch, Spread } from './spread.ts';
import { pathTo, walk } from './walk.ts';

/**
 * A proxy that passes errors on has no trouble of its own. What the question names and is well, but calls what the root broke,
 * is joined to the tree by the way of its calls; undefined where none of it leads there.
 */
export function approach(spread: Spread, asked: readonly ObjectRef[], { graph, cite }: { graph: Graph; cite: Cite | undefined }): Spread | undefined {
  const branches = new Map(spread.branches.map((branch) => [refKey(branch.object), branch]));
  for (const object of asked) {
    for (const edge of wayBack(object, branches, graph)) join(edge, branches, { graph, cite, fallback: spread.root.primary.evidence_ids });
  }
  return branches.size === spread.branches.length ? undefined : { ...spread, branches: [...branches.values()], approached: true };
}

/** The edges from the nearest broken branch back to the object. */
function wayBack(object: ObjectRef, branches: ReadonlyMap<string, Branch>, graph: Graph): readonly Edge[] {
  for (const arrival of walk(graph, [object], WAYS.traffic).values()) {
    const branch = branches.get(refKey(graph.ownerOf(arrival.object)));
    if (branch?.troubled && arrival.left) return pathTo(arrival).toReversed();
  }
  return [];
}

interface Joining {
  readonly graph: Graph;
  readonly cite: Cite | undefined;
  readonly fallback: readonly string[];
}

function join(edge: Edge, branches: Map<string, Branch>, { graph, cite, fallback }: Joining): void {
  const [from, to] = [graph.ownerOf(edge.to), graph.ownerOf(edge.from)];
  const parent = branches.get(refKey(from));
  if (parent === undefined || branches.has(refKey(to))) return;
  const evidence = edge.evidence && cite ? [cite(edge.evidence)] : fallback;
  const link = { from: parent.object, to, mechanism: edgeSentence(edge.type, to, from), evidence_ids: [...evidence] };
  branches.set(refKey(to), { object: to, parent, link, depth: parent.depth + 1, troubled: false });
}
