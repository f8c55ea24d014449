import type { Gap } from '../domain/gap.ts';
import type { Candidate } from './candidate.ts';
import type { Known } from './known.ts';

export interface WeighedGap {
  readonly gap: Gap;
  /** How much it lowers the confidence of a finding that is not decisive. */
  readonly weight: number;
}

/** Effects whose reason is usually in a log. */
const TOLD_BY_LOGS: ReadonlySet<string> = new Set(['crashing', 'killed', 'not-ready', 'dependency-failing', 'name-unresolvable', 'job-failed', 'degraded']);

/** Gaps that could hide what speaks against a candidate, heaviest first: those that name its objects, and blind kinds in its namespace. */
export function gapsThatMatter(candidate: Candidate, { gaps }: Known): WeighedGap[] {
  const weighed = gaps.map((gap) => ({ gap, weight: weightOf(gap, candidate) }));
  return weighed.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight);
}

function weightOf({ what, needs }: Gap, candidate: Candidate): number {
  const text = `${what} ${needs}`;
  const isLog = /\blogs?\b/.test(text);
  if (namesOf(candidate).some((name) => mentions(what, name))) return isLog && !TOLD_BY_LOGS.has(candidate.effect) ? 0 : 0.15;
  if (isLog || !inNamespaceOf(candidate, text)) return 0;
  if (/\bpods\b/.test(text)) return 0.2;
  if (/\bevents\b/.test(text)) return 0.1;
  return 0;
}

function namesOf({ object, subjects, via }: Candidate): string[] {
  return [...new Set([object, ...subjects, ...via].map(({ name }) => name))];
}

/** Names are compared whole: "web" is not mentioned by "web-admin". */
function mentions(text: string, name: string): boolean {
  return text.split(/[^A-Za-z0-9.-]+/).includes(name);
}

/** A gap that names no namespace is about all of them. */
function inNamespaceOf({ felt, object }: Candidate, text: string): boolean {
  const named = / in (?:namespace )?([a-z0-9.-]+)/.exec(text)?.[1] ?? /\b([a-z0-9-]+)\/[a-z-]+\.(?:json|yaml)/.exec(text)?.[1];
  const namespaces = [object, ...felt].map(({ namespace }) => namespace);
  return named === undefined || named === 'all' || namespaces.includes(named);
}
