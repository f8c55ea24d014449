import { coded } from '../errors/coded-error.ts';
import { prepareCondition } from './cel/prepare-condition.ts';
import type { Rule, RunnableRule } from './rule.ts';
import { requiredLiterals } from './text/required-literals.ts';

/** Raised when a rule's shape changes: a bundle of another build is not read. */
const BUNDLE_VERSION = 3;

/**
 * The shipped rules as the build writes them: checked once, without their examples, their conditions and patterns prepared, so that a run
 * reads them without YAML, schemas and checks, and parses only the conditions that it cannot rule out at a glance.
 */
export function bundleRules(rules: readonly Rule[]): string {
  const runnable = rules.map(({ examples: _, ...rule }): RunnableRule => ({ ...rule, prepared: prepareCondition(rule.when), literals: literalsOf(rule) }));
  return JSON.stringify({ version: BUNDLE_VERSION, rules: runnable });
}

/** Reads what `bundleRules` wrote. */
export function loadCompiled(text: string): readonly RunnableRule[] {
  const { version, rules } = JSON.parse(text) as { version: number; rules: readonly RunnableRule[] };
  if (version !== BUNDLE_VERSION) throw coded('UNEXPECTED', { reason: `the rule bundle has version ${version}, not ${BUNDLE_VERSION}; build again` });
  return rules;
}

function literalsOf({ match }: Pick<Rule, 'match'>): NonNullable<RunnableRule['literals']> {
  const patterns = Object.values(match).flatMap(({ pattern, not }) => (not === undefined ? [pattern] : [pattern, not]));
  return Object.fromEntries(patterns.map((pattern) => [pattern, requiredLiterals(pattern) ?? null]));
}
