import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { DUMPS, expectCode, Home, ROOT } from './program.ts';

const home = new Home();
afterAll(() => home[Symbol.dispose]());

const OWN = join(DUMPS, '../rules/own');
const BROKEN = join(DUMPS, '../rules/broken');

describe('rules', () => {
  test('list shows the three that are required by name, as a table and as JSON', async () => {
    const { stdout } = expectCode(await home.run(['rules', 'list']), 0);
    for (const title of ['Insufficient Memory', 'Insufficient Cluster Resources', 'Database Unreachable']) expect(stdout).toContain(title);
    const rows = JSON.parse(expectCode(await home.run(['rules', 'list', '--subject', 'Container', '-o', 'json']), 0).stdout) as { subject: string }[];
    expect(new Set(rows.map(({ subject }) => subject))).toEqual(new Set(['Container']));
  });

  test('list holds one’s own beside ours', async () => {
    expect(expectCode(await home.run(['rules', 'list', '--rules', OWN]), 0).stdout).toMatch(/^our-checkout-restarts .*Checkout restarts/m);
  });

  test('explain says when a rule fires and what it says', async () => {
    const { stdout } = expectCode(await home.run(['rules', 'explain', 'container-oom-killed']), 0);
    expect(stdout).toMatch(/^Insufficient Memory \(container-oom-killed\)\n/);
    expect(stdout).toContain('termination.reason == "OOMKilled"');
  });

  test('explain suggests near names', async () => {
    const { stderr } = expectCode(await home.run(['rules', 'explain', 'container-oom-kiled']), 2);
    expect(stderr).toMatch(/^error RULE_NOT_FOUND: There is no rule "container-oom-kiled"\. Did you mean container-oom-killed\b/);
  });

  test('lint and test of a sound folder', async () => {
    expect(expectCode(await home.run(['rules', 'lint', OWN]), 0).stdout).toBe('1 rules in 1 files, 0 problems\n');
    expect(expectCode(await home.run(['rules', 'test', OWN]), 0).stdout).toBe('2 of 2 examples hold\n');
  });

  test('lint names every problem of every file by line and column', async () => {
    const { stdout } = expectCode(await home.run(['rules', 'lint', 'test/fixtures/rules/broken'], { cwd: ROOT }), 1);
    const places = stdout.split('\n').flatMap((line) => /^error: test\/fixtures\/rules\/broken\/([a-z]+\.yaml:\d+:\d+): /.exec(line)?.[1] ?? []);
    expect(places).toEqual(expect.arrayContaining(['conditions.yaml:6:13', 'conditions.yaml:19:9']));
    expect(places.some((place) => place.startsWith('syntax.yaml:'))).toBe(true);
    expect(stdout).toMatch(/\d+ problems\n$/);
  });

  test('lint in JSON carries the same problems and the same exit code', async () => {
    const { stdout } = expectCode(await home.run(['rules', 'lint', BROKEN, '-o', 'json']), 1);
    const { problems } = JSON.parse(stdout) as { problems: { file: string; line: number; column: number; message: string; severity: string }[] };
    expect(problems.length).toBeGreaterThanOrEqual(3);
    for (const { line, column, severity } of problems) expect([line > 0, column > 0, severity]).toEqual([true, true, 'error']);
  });

  test('an investigation with broken rules says all that is wrong, and does not begin', async () => {
    const { stdout, stderr } = expectCode(await home.run(['investigate', 'x', '--snapshot', join(DUMPS, 'healthy'), '--rules', BROKEN]), 2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error RULES_INVALID: There are \d+ errors in the rules:\n/);
    expect(stderr).toMatch(/conditions\.yaml:19:9: /);
    expect(stderr).toMatch(/syntax\.yaml:\d+:\d+: /);
    expect(expectCode(await home.run(['list', '-o', 'json']), 0).stdout).toBe('[]\n');
  });

  test.each([['rules', 'lint', '/nowhere'] as const, ['investigate', 'x', '--snapshot', join(DUMPS, 'healthy'), '--rules', '/nowhere'] as const])(
    '%s %s: a folder that is not there',
    async (...args) => {
      const { stderr } = expectCode(await home.run(args), 2);
      expect(stderr).toMatch(/^error RULES_DIRECTORY_NOT_FOUND: There is no directory of rules at "\/nowhere"\.\n/);
    },
  );
});
