import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testRule } from '../../src/rules/examples/test-rules.ts';
import { loadRules } from '../../src/rules/load/load-rules.ts';
import { problemLine } from '../../src/rules/problem.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const files = globSync('rules/*.yaml', { cwd: ROOT })
  .sort()
  .map((path) => ({ path, text: readFileSync(resolve(ROOT, path), 'utf8') }));
const { rules, problems } = loadRules(files);

describe.each(files)('$path', ({ path }) => {
  test('is free of problems', () => {
    expect(problems.filter(({ file }) => file === path).map(problemLine)).toEqual([]);
  });
});

describe.each(rules)('$rule.id', ({ rule }) => {
  test.each(testRule(rule))('$kind: $example', ({ failure }) => {
    expect(failure).toBeNull();
  });
});
