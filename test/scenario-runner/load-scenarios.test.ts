import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadScenarios } from './load-scenarios.ts';

let root: string;
const write = (name: string, text: string): void => {
  mkdirSync(join(root, name));
  writeFileSync(join(root, name, 'scenario.yaml'), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'scenarios-'));
});
afterEach(() => rmSync(root, { recursive: true }));

test('every scenario of this repository is one', () => {
  expect(loadScenarios().length).toBeGreaterThanOrEqual(7);
});

test('all that is wrong with any of them is told at once, with the file', () => {
  write('no-yaml', 'what: [');
  write('lacks-much', 'catalogue: [Z99]\nwhat: something that is broken\nask: why\nexpect: {cause: some-cause, object: orders}\ncolour: red\n');
  write('no-manifest', 'catalogue: [P]\nwhat: a finished job is no fault\nask: anything wrong?\nexpect: healthy\n');
  const problems = (() => {
    try {
      loadScenarios(root);
    } catch (error) {
      return (error as Error).message.replaceAll(root, '').split('\n');
    }
    return [];
  })();
  expect(problems.filter((line) => line.startsWith('/lacks-much/scenario.yaml: '))).toHaveLength(3);
  expect(problems).toContainEqual(expect.stringMatching(/^\/no-yaml\/scenario\.yaml: /));
  expect(problems).toContain('/no-manifest/scenario.yaml: steps: manifests.yaml does not exist');
});
