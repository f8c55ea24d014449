import type { Clause, ClauseKind } from './scheduling-message.ts';

export interface BlockerQuestion {
  readonly clauses: readonly Clause[];
  readonly exceedsEveryNode: boolean;
  /** Nodes that the pod's selector and affinity accept; null when it demands nothing or nodes are unknown. */
  readonly acceptingNodes: number | null;
  /** Control-plane nodes that are cordoned: kept free by design. */
  readonly controlPlaneCordoned: number;
  readonly cordonedWithRoom: boolean;
  readonly unhealthyWithRoom: boolean;
}

/**
 * The kinds that keep the pod out, the deciding one first. The scheduler stops at the first filter that refuses a node, so
 * counts alone mislead: a selector that some node meets only narrows, and a full cluster beside a cordoned node with room is
 * a matter of the cordon.
 */
export function decideBlockers(question: BlockerQuestion): ClauseKind[] {
  const counts = countByKind(question.clauses);
  const kinds = withoutNarrowing(counts, question);
  const byCount = [...kinds].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  const first = decider(byCount, question);
  return first === undefined ? byCount : [first, ...byCount.filter((kind) => kind !== first)];
}

function decider(kinds: readonly ClauseKind[], question: BlockerQuestion): ClauseKind | undefined {
  const ownReason = question.clauses.find(({ nodes, kind }) => nodes === null && kind !== 'other');
  if (ownReason !== undefined) return ownReason.kind;
  if (kinds.includes('node-affinity') && question.acceptingNodes === 0) return 'node-affinity';
  if (kinds.includes('insufficient') && question.exceedsEveryNode) return 'insufficient';
  const full = kinds[0] === 'insufficient' || kinds[0] === 'too-many-pods';
  if (full && kinds.includes('cordoned') && question.cordonedWithRoom) return 'cordoned';
  if (full && kinds.includes('node-unhealthy') && question.unhealthyWithRoom) return 'node-unhealthy';
  return kinds[0];
}

/** Sets aside what keeps pods away by design, unless nothing else is left. */
function withoutNarrowing(counts: ReadonlyMap<ClauseKind, number>, question: BlockerQuestion): ClauseKind[] {
  const all = [...counts.keys()];
  const decisive = all.filter((kind) => {
    if (kind === 'control-plane-taint') return false;
    if (kind === 'node-affinity') return question.acceptingNodes === null || question.acceptingNodes === 0;
    if (kind === 'cordoned') return (counts.get(kind) ?? 0) > question.controlPlaneCordoned;
    return true;
  });
  return decisive.length > 0 ? decisive : all;
}

function countByKind(clauses: readonly Clause[]): Map<ClauseKind, number> {
  const counts = new Map<ClauseKind, number>();
  for (const { kind, nodes } of clauses) counts.set(kind, (counts.get(kind) ?? 0) + (nodes ?? Infinity));
  return counts;
}
