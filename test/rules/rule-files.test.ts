import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openRules } from '../../src/rules/open-rules.ts';
import { bundleRules, loadCompiled } from '../../src/rules/rule-bundle.ts';
import { readRuleFiles } from '../../src/rules/rule-files.ts';
import { ruleOf, ruleText } from './rule-text.ts';

let root: string;
const put = (path: string, text: string): string => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
  return join(root, path);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rules-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('rule files', () => {
  test('are the YAML files of a directory, in order of their names, or one file', async () => {
    for (const name of ['b.yml', 'a.yaml', 'note.md', 'deeper/c.yaml']) put(`rules/${name}`, name);
    expect((await readRuleFiles(join(root, 'rules'), 1)).map(({ path, text, layer }) => [path.slice(root.length), text, layer])).toEqual([
      ['/rules/a.yaml', 'a.yaml', 1],
      ['/rules/b.yml', 'b.yml', 1],
    ]);
    expect(await readRuleFiles(join(root, 'rules/b.yml'))).toHaveLength(1);
  });

  test('a directory that is none', async () => {
    await expect(readRuleFiles(join(root, 'none'))).rejects.toMatchObject({ code: 'RULES_DIRECTORY_NOT_FOUND' });
    await expect(readRuleFiles(put('a.txt', ''))).rejects.toMatchObject({ code: 'RULES_DIRECTORY_NOT_FOUND' });
  });

  test('a file that cannot be read', async () => {
    await expect(readRuleFiles(join(root, '\u0000'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});

describe('the rules of a run', () => {
  test('come from the bundle, without their examples', async () => {
    const bundle = put('rules.json', bundleRules([ruleOf()]));
    const rules = await openRules({ bundle, shipped: join(root, 'none'), extra: [] });
    expect(rules.map(({ id }) => id)).toEqual(['container-killed']);
    expect(rules[0]).not.toHaveProperty('examples');
  });

  test('come from YAML where there is no bundle, and later directories win', async () => {
    put('shipped/a.yaml', ruleText({}) + ruleText({ id: 'kept' }));
    put('one/a.yaml', ruleText({ title: 'One' }));
    put('two/a.yaml', ruleText({ title: 'Two' }));
    const sources = { shipped: join(root, 'shipped'), extra: [join(root, 'one'), join(root, 'two')] };
    const titles = (rules: readonly { id: string; title: string }[]): unknown => rules.map(({ id, title }) => [id, title]);
    const expected = [
      ['container-killed', 'Two'],
      ['kept', 'Insufficient Memory'],
    ];
    expect(titles(await openRules({ ...sources, bundle: join(root, 'rules.json') }))).toEqual(expected);
    const bundle = put('rules.json', bundleRules([ruleOf(), ruleOf({ id: 'kept' })]));
    expect(titles(await openRules({ ...sources, bundle }))).toEqual(expected);
  });

  test('are refused with everything that is wrong', async () => {
    const file = put('own/a.yaml', ruleText({ when: 'redy', title: 3 }).replace('redy', '"redy"') + ruleText({ id: 'b', cites: ['x'] }));
    const error = await openRules({ shipped: join(root, 'own'), extra: [] }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'RULES_INVALID',
      details: {
        problems: [
          expect.stringMatching(/:3:10: title: /),
          expect.stringMatching(/:7:\d+: Unknown variable: redy/),
          expect.stringContaining('Container has no field x'),
        ],
      },
    });
    expect(String(error)).toContain(`There are 3 errors in the rules:\n  ${file}:3:10: `);
  });

  test('a bundle of another build, and one that cannot be read', async () => {
    expect(() => loadCompiled('{"version":0,"rules":[]}')).toThrow('the rule bundle has version 0');
    await expect(openRules({ bundle: root, shipped: root, extra: [] })).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
