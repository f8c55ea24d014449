import type { Gap } from '../domain/gap.ts';
import type { Candidate } from './candidate.ts';
import type { Known } from './known.ts';

export interface WeighedGap {
  readonly gap: Gap;
  /** How much it lowers the confidence of a finding that is not decisive. */
  readonly weight: number;
}

/** Effects whose reason is usually in a log. */
const TOLD_BY_LOGS: ReadonlySet<string> = new Set([
  'crashing',
  'killed',
  'not-ready',
  'dependency-failing',
  'schema-missing',
  'name-unresolvable',
  'job-failed',
  'degraded',
]);

/** Gaps that could hide what speaks against a candidate, heaviest first: those that name its objects, and blind kinds in its namespace. */
export function gapsThatMatter(candidate: Candidate, { gaps }: Known): WeighedGap[] {
  const weighed = gaps.map((gap) => ({ gap, weight: weightOf(gap, candidate) }));
  return weighed.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight);
}

function weightOf({ what }: Gap, candidate: Candidate): number {
  const isLog = /\blogs?\b/.test(what);
  if (namesOf(candidate).some((name) => mentions(what, name))) return isLog && !TOLD_BY_LOGS.has(candidate.effect) ? 0 : 0.15;
  const [, plural, namespace] = /^([a-z]+)(?: in (\S+))?$/.exec(what) ?? [];
  if (plural === undefined || !isAbout(candidate, namespace)) return 0;
  return DECIDED_BY[candidate.effect]?.[plural] ?? BLIND_WITHOUT[plural] ?? 0;
}

/** Lists without which much cannot be told, whatever the fault is. */
const BLIND_WITHOUT: Readonly<Record<string, number>> = { pods: 0.2, events: 0.1 };

/** Lists that decide between causes of one effect: whether a pod asks too much, or a node is full, cordoned or lost, is told by the nodes. */
const DECIDED_BY: Readonly<Record<string, Readonly<Record<string, number>>>> = { 'not-scheduled': { nodes: 0.4 } };

function namesOf({ object, subjects, via }: Candidate): string[] {
  return [...new Set([object, ...subjects, ...via].map(({ name }) => name))];
}

/** Names are compared whole: "web" is not mentioned by "web-admin". */
function mentions(text: string, name: string): boolean {
  return text.split(/[^A-Za-z0-9.-]+/).includes(name);
}

/** A list without a namespace is one of all of them. */
function isAbout({ felt, object }: Candidate, namespace: string | undefined): boolean {
  return namespace === undefined || [object, ...felt].some((ref) => ref.namespace === namespace);
}
