import { dump } from 'js-yaml';
import { loadRules } from '../../src/rules/load/load-rules.ts';
import { problemLine } from '../../src/rules/problem.ts';
import type { Rule } from '../../src/rules/rule.ts';

/** A rule that is good as it stands, as YAML would be read; tests change what they are about. */
export const GOOD = {
  id: 'container-killed',
  cause: 'container-memory-limit-exceeded',
  title: 'Insufficient Memory',
  subject: 'Container',
  effect: 'killed',
  strength: 'decisive',
  when: 'termination.reason == "OOMKilled"',
  cites: ['termination.reason'],
  statement: 'container {name} was killed: {termination.reason}',
  examples: {
    fires: [{ name: 'killed', given: { name: 'app', termination: { reason: 'OOMKilled' } }, says: 'container app was killed: OOMKilled' }],
    quiet: [{ name: 'well', given: {} }],
  },
};

/** The good rule with changes, as the text of a file of one rule. */
export function ruleText(changes: Readonly<Record<string, unknown>>): string {
  return dump([{ ...GOOD, ...changes }], { lineWidth: -1 });
}

/** The rule that the text holds; fails on any problem. */
export function ruleOf(changes: Readonly<Record<string, unknown>> = {}): Rule {
  const { rules, problems } = loadRules([{ path: 'test.yaml', text: ruleText(changes) }]);
  const [loaded] = rules;
  if (loaded === undefined) throw new Error(problems.map(problemLine).join('\n'));
  return loaded.rule;
}

/** The messages of what is wrong with the changed rule, without their places. */
export function problemsOf(changes: Readonly<Record<string, unknown>>): readonly string[] {
  return loadRules([{ path: 'test.yaml', text: ruleText(changes) }]).problems.map(({ message }) => message);
}
