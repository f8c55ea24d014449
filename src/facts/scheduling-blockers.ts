import type { Clause, ClauseKind } from './scheduling-message.ts';

export interface BlockerQuestion {
  readonly clauses: readonly Clause[];
  readonly exceedsEveryNode: boolean;
  /** Only tainted nodes offer what the pod asks for: the GPU nodes, of an extended resource. */
  readonly offeredBehindTaint: boolean;
  /** Nodes that the pod's selector and affinity accept; null when it demands nothing or nodes are unknown. */
  readonly acceptingNodes: number | null;
  /** Control-plane nodes that are cordoned: kept free by design. */
  readonly controlPlaneCordoned: number;
  readonly cordonedWithRoom: boolean;
  readonly unhealthyWithRoom: boolean;
}

/**
 * The kinds that keep the pod out, the deciding one first, then what stands beside it. The scheduler stops at the first
 * filter that refuses a node, so counts alone mislead: a selector that some node meets, or nodes reserved by a taint, only
 * narrow; a full cluster beside a cordoned node with room is a matter of the cordon.
 */
export function decideBlockers(question: BlockerQuestion): ClauseKind[] {
  const counts = countByKind(question.clauses);
  const byCount = (kinds: readonly ClauseKind[]): ClauseKind[] => [...kinds].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  const all = [...counts.keys()];
  const open = all.filter((kind) => !isByDesign(kind, counts, question));
  const candidates = open.length > 0 ? open : all;
  const decisive = candidates.filter((kind) => !isNarrowing(kind, candidates, question));
  const first = decider(byCount(decisive.length > 0 ? decisive : candidates), question);
  return first === undefined ? byCount(candidates) : [first, ...byCount(candidates.filter((kind) => kind !== first))];
}

function decider(kinds: readonly ClauseKind[], question: BlockerQuestion): ClauseKind | undefined {
  const ownReason = question.clauses.find(({ nodes, kind }) => nodes === null && kind !== 'other');
  if (ownReason !== undefined) return ownReason.kind;
  if (kinds.includes('node-affinity') && question.acceptingNodes === 0) return 'node-affinity';
  if (kinds.includes('taint') && question.offeredBehindTaint) return 'taint';
  if (kinds.includes('insufficient') && question.exceedsEveryNode) return 'insufficient';
  const full = kinds[0] === 'insufficient' || kinds[0] === 'too-many-pods';
  if (full && kinds.includes('cordoned') && question.cordonedWithRoom) return 'cordoned';
  if (full && kinds.includes('node-unhealthy') && question.unhealthyWithRoom) return 'node-unhealthy';
  return kinds[0];
}

/** Control-plane nodes are no loss: they keep pods away by design. */
function isByDesign(kind: ClauseKind, counts: ReadonlyMap<ClauseKind, number>, { controlPlaneCordoned }: BlockerQuestion): boolean {
  return kind === 'control-plane-taint' || (kind === 'cordoned' && (counts.get(kind) ?? 0) <= controlPlaneCordoned);
}

/** Refusals of nodes that the pod was never meant for, as long as others were refused for a reason that matters. */
function isNarrowing(kind: ClauseKind, kinds: readonly ClauseKind[], question: BlockerQuestion): boolean {
  if (kind === 'node-affinity') return question.acceptingNodes !== null && question.acceptingNodes > 0;
  return kind === 'taint' && !question.offeredBehindTaint && kinds.some((other) => !NODE_STATE.has(other));
}

const NODE_STATE: ReadonlySet<ClauseKind> = new Set(['taint', 'cordoned', 'node-unhealthy', 'node-affinity', 'other']);

function countByKind(clauses: readonly Clause[]): Map<ClauseKind, number> {
  const counts = new Map<ClauseKind, number>();
  for (const { kind, nodes } of clauses) counts.set(kind, (counts.get(kind) ?? 0) + (nodes ?? Infinity));
  return counts;
}
