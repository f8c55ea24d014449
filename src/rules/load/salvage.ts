import type { z } from 'zod';
import type { RuleProblem } from '../problem.ts';
import { type Rule, ruleSchema } from '../rule.ts';
import { checkRule } from './check-rule.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Stands in for what is wrong or missing, so that the rest can be looked at. */
const HARMLESS = {
  id: 'unnamed',
  cause: 'unnamed',
  title: '',
  effect: 'degraded',
  strength: 'weak',
  statement: '',
  examples: { fires: [{ name: '', given: {}, says: '' }], quiet: [{ name: '', given: {} }] },
} as const;

/** What else is wrong with a rule of a wrong shape: all that can be told of the keys that are as they should be. */
export function problemsBeside(item: unknown, { issues }: z.ZodError): readonly RuleProblem[] {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return [];
  const wrong = new Set(issues.flatMap(({ path: [key], code, ...issue }) => (key === undefined && code === 'unrecognized_keys' ? keysOf(issue) : [key])));
  const kept = Object.entries(item).filter(([key]) => !wrong.has(key));
  const rule = ruleSchema.safeParse({ ...harmless(wrong), ...Object.fromEntries(kept), ...matchesOf(item as Fields, wrong) });
  return rule.success ? checkRule(rule.data).filter((problem) => isSure(problem, wrong, rule.data)) : [];
}

function keysOf(issue: object): readonly unknown[] {
  return 'keys' in issue && Array.isArray(issue.keys) ? issue.keys : [];
}

function harmless(wrong: ReadonlySet<unknown>): Fields {
  return Object.fromEntries(Object.entries(HARMLESS).filter(([key]) => wrong.has(key)));
}

/** A match with a pattern still offers its groups to the condition, whatever else is wrong with it. */
function matchesOf(item: Fields, wrong: ReadonlySet<unknown>): Fields {
  const { match } = item;
  if (!wrong.has('match') || typeof match !== 'object' || match === null) return {};
  const patterns = Object.entries(match).flatMap(([name, one]) => {
    const pattern = typeof one === 'object' && one !== null ? (one as Fields)['pattern'] : undefined;
    return [[name, { in: ['log'], pattern: typeof pattern === 'string' ? pattern : '' }] as const];
  });
  return { match: Object.fromEntries(patterns) };
}

/** A rule without all of its matches and citations is not blamed for what these may have held. */
function isSure({ path: [key] }: RuleProblem, wrong: ReadonlySet<unknown>, { match }: Rule): boolean {
  if (key === undefined) return !wrong.has('cites') && !wrong.has('match');
  const open = wrong.has('match') && Object.values(match).some(({ pattern }) => pattern === '');
  return !wrong.has(key) && (!open || key === 'cites' || key === 'examples');
}
