import { findOverlaps } from './examples/overlaps.ts';
import { testRule } from './examples/test-rules.ts';
import { type LoadedRule, loadRules, type RuleFile } from './load/load-rules.ts';
import type { Problem, RuleProblem } from './problem.ts';

interface LintResult {
  readonly rules: readonly LoadedRule[];
  /** In order of file and line. */
  readonly problems: readonly Problem[];
}

/**
 * Everything that can be told of rule files: errors of form, examples that fail, rules that replace others. `strict` adds
 * causes that are superseded but that no rule has, and rules that claim the same example.
 */
export function lintRules(files: readonly RuleFile[], options: { readonly strict: boolean }): LintResult {
  const { rules, problems } = loadRules(files);
  const warnings = [...rules.flatMap(overriding), ...(options.strict ? [...unknownCauses(rules), ...overlapping(rules)] : [])];
  const all = [...problems, ...rules.flatMap(failing), ...warnings];
  return { rules, problems: all.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column) };
}

function warning(loaded: LoadedRule, problem: RuleProblem): Problem {
  return { ...loaded.at(problem), severity: 'warning' };
}

function failing(loaded: LoadedRule): readonly Problem[] {
  const { fires } = loaded.rule.examples;
  return testRule(loaded.rule).flatMap(({ kind, example, failure }, index) => {
    if (failure === null) return [];
    const position = kind === 'fires' ? index : index - fires.length;
    return [loaded.at({ path: ['examples', kind, position], message: `the example "${example}" fails: ${failure}` })];
  });
}

function overriding(loaded: LoadedRule): readonly Problem[] {
  return loaded.overrides === null ? [] : [warning(loaded, { path: ['id'], message: `replaces the rule of the same id at ${loaded.overrides}` })];
}

function unknownCauses(rules: readonly LoadedRule[]): readonly Problem[] {
  const causes = new Set(rules.map(({ rule }) => rule.cause));
  return rules.flatMap((loaded) =>
    loaded.rule.supersedes.flatMap((cause, index) =>
      causes.has(cause) ? [] : [warning(loaded, { path: ['supersedes', index], message: `no rule has the cause ${cause}` })],
    ),
  );
}

function overlapping(rules: readonly LoadedRule[]): readonly Problem[] {
  const byId = new Map(rules.map((loaded) => [loaded.rule.id, loaded]));
  return findOverlaps(rules.map(({ rule }) => rule)).flatMap(({ rules: [first, second], example: [owner, name] }) => {
    const loaded = byId.get(first);
    return loaded ? [warning(loaded, { path: [], message: `${first} and ${second} both claim the example "${name}" of ${owner}` })] : [];
  });
}
