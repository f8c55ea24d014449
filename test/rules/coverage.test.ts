import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { renderCoverage } from '../../scripts/coverage.ts';
import { loadRules } from '../../src/rules/load/load-rules.ts';
import { readRuleFiles } from '../../src/rules/rule-files.ts';

const rule = (id: string, cause: string, catalogue: string): string => `
- id: ${id}
  cause: ${cause}
  title: T
  subject: Pod
  effect: crashing
  strength: strong
  when: phase == "Failed"
  cites: [phase]
  statement: failed
  catalogue: ${catalogue}
  examples: { fires: [{ name: a, given: { phase: Failed }, says: failed }], quiet: [{ name: b, given: { phase: Running } }] }
`;

test('ids stand in their order and section, each with its rules and each cause once', () => {
  const { rules, problems } = loadRules([{ path: 'a.yaml', text: rule('one', 'c', '[B02, A10]') + rule('two', 'c', '[A10, A09]') + rule('three', 'd', '[]') }]);
  expect(problems).toEqual([]);
  const page = renderCoverage(rules);
  expect(page).toContain('3 rules carry 3 ids');
  expect(page.split('\n').filter((line) => /^## [A-Z]\.|^\| [A-Z]\d/.test(line))).toEqual([
    '## A. Container start and termination',
    '| A09 | `two` | `c` |',
    '| A10 | `one`, `two` | `c` |',
    '## B. Image pull',
    '| B02 | `one` | `c` |',
  ]);
});

test('docs/coverage.md is what `npm run docs` writes', async () => {
  expect(await readFile('docs/coverage.md', 'utf8')).toBe(renderCoverage(loadRules(await readRuleFiles('rules')).rules));
});
