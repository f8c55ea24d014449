import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands/all.ts';
import type { Command } from '../../src/commands/command.ts';
import { reportSchema } from '../../src/domain/report.ts';
import { aFolder, DUMPS, runCommand } from './run-command.ts';

const DUMP = ['--snapshot', join(DUMPS, 'memory-limit')];
const BROKEN = join(DUMPS, '../rules/broken');
const OWN = join(DUMPS, '../rules/own');

/** Every command that does something, with the words that lead to it. */
const leaves = (commands: readonly Command[], path: readonly string[] = []): (readonly [string, Command])[] =>
  commands.flatMap((command) =>
    command.subcommands === undefined ? [[[...path, command.name].join(' '), command] as const] : leaves(command.subcommands, [...path, command.name]),
  );

describe('every command', () => {
  test.each(leaves(COMMANDS))('%s says what it is for, and shows how', (path, command) => {
    expect(command.summary).not.toMatch(/\.$/);
    expect(command.examples?.some((example) => example.includes(`sre-orch ${path}`))).toBe(true);
  });

  test('commander refuses what it does not know', async () => {
    await expect(runCommand(['lists'])).rejects.toMatchObject({ code: 'commander.unknownCommand' });
    await expect(runCommand(['list', '--status', 'asleep'])).rejects.toMatchObject({ code: 'commander.invalidArgument' });
    await expect(runCommand(['graph', 'path', 'a'])).rejects.toMatchObject({ code: 'commander.missingArgument' });
  });
});

describe('investigate, list, show', () => {
  test('what was investigated can be listed and shown', async () => {
    const data = ['--data-dir', aFolder()];
    const asked = await runCommand(['investigate', 'checkout', 'is', 'failing', ...DUMP, ...data, '-o', 'json', '--fail-on', 'high']);
    expect(asked.code).toBe(10);
    const report = reportSchema.parse(JSON.parse(asked.out));
    expect(asked.err.split('\n')[0]).toBe(`incident ${report.incident_id}`);
    expect((await runCommand(['list', ...data])).out).toMatch(new RegExp(`^${report.incident_id} .*Insufficient Memory`, 'm'));
    expect(JSON.parse((await runCommand(['list', ...data, '-o', 'json', '-n', 'orders'])).out)).toHaveLength(1);
    expect(JSON.parse((await runCommand(['list', ...data, '-o', 'json', '-n', 'elsewhere'])).out)).toEqual([]);
    expect((await runCommand(['list', ...data, '-o', 'jsonl', '--status', 'failed'])).out).toBe('');
    for (const output of ['json', 'jsonl']) expect(JSON.parse((await runCommand(['show', 'last', ...data, '-o', output])).out)).toEqual(report);
    for (const word of ['list', 'show last']) expect((await runCommand([...word.split(' '), ...data, '-o', 'name'])).out).toBe(`${report.incident_id}\n`);
    expect((await runCommand(['show', 'last', ...data, '-o', 'jsonpath={.root_causes[0].object.kind}: {.verdict}'])).out).toBe('Deployment: root-cause-found');
    expect((await runCommand(['list', ...data, '-o', 'jsonpath={range .items[*]}{.incident_id}{end}'])).out).toBe(report.incident_id);
    for (const output of ['text', 'markdown'])
      expect((await runCommand(['show', 'last', ...data, '-o', output, '--verbose'])).out).toContain('Insufficient Memory');
  });

  test('a template that cannot be read is told before anything is investigated', async () => {
    const data = ['--data-dir', aFolder()];
    await expect(runCommand(['investigate', 'x', ...DUMP, ...data, '-o', 'jsonpath={.verdict'])).rejects.toMatchObject({
      code: 'SETTINGS_INVALID',
      message: expect.stringContaining('} is missing'),
    });
    expect((await runCommand(['list', ...data, '-o', 'name'])).out).toBe('');
  });

  test('a long description is cut in the list, at its width', async () => {
    const data = ['--data-dir', aFolder()];
    await runCommand(['investigate', 'why '.repeat(30), ...DUMP, ...data, '--quiet']);
    expect((await runCommand(['list', ...data])).out).toMatch(/ (why ){9}why…\n/);
  });

  test('JSON lines are the events, and nothing else is printed', async () => {
    const { out, err } = await runCommand(['investigate', 'x', ...DUMP, '--no-store', '-o', 'jsonl']);
    const types = out
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect([types[0], types.at(-1), err]).toEqual(['investigation-started', 'report-completed', '']);
  });

  test('interrupted before it began, it still answers', async () => {
    const { out, code } = await runCommand(['investigate', 'x', ...DUMP, '--no-store', '-o', 'json', '--quiet'], AbortSignal.abort());
    expect(code).toBe(130);
    expect(reportSchema.parse(JSON.parse(out)).verdict).toBe('undetermined');
  });

  test.each<[readonly string[], string]>([
    [['investigate', ' ', ...DUMP], 'DESCRIPTION_EMPTY'],
    [['investigate', 'x', ...DUMP, '--no-store', '-n', 'oders'], 'NAMESPACE_NOT_COLLECTED'],
    [['investigate', 'x', ...DUMP, '-o', 'xml'], 'SETTINGS_INVALID'],
    [['investigate', 'x', '--kubeconfig', '/nowhere'], 'KUBECONFIG_NOT_FOUND'],
    [['investigate', 'x', ...DUMP, '--no-store', '--rules', BROKEN], 'RULES_INVALID'],
    [['investigate', 'x', ...DUMP, '--no-store', '--knowledge-graph', '/nowhere'], 'FILE_UNREADABLE'],
    [['list', '--limit', '0'], 'SETTINGS_INVALID'],
    [['list', '--data-dir', '/dev/null/x'], 'STORE_UNAVAILABLE'],
    [['snapshot'], 'SETTINGS_INVALID'],
    [['snapshot', '--out', 'x', '--kubeconfig', '/nowhere'], 'KUBECONFIG_NOT_FOUND'],
    [['completion', 'tcsh'], 'SETTINGS_INVALID'],
    [['rules', 'explain', 'no-such-rule'], 'RULE_NOT_FOUND'],
  ])('%j is %s', async (argv, code) => {
    await expect(runCommand(argv)).rejects.toMatchObject({ code });
  });

  test('where the store cannot be opened, it warns once and answers', async () => {
    const { out, err, code } = await runCommand(['investigate', 'x', ...DUMP, '--quiet', '--data-dir', '/dev/null/x']);
    expect([code, err.match(/^warning STORE_UNAVAILABLE/gm)?.length]).toEqual([0, 1]);
    expect(out).toContain('Insufficient Memory');
  });
});

describe('rules', () => {
  test('list, as a table and as JSON', async () => {
    const { out } = await runCommand(['rules', 'list', '--rules', OWN, '--subject', 'Container']);
    expect(out).toMatch(/^our-checkout-restarts +Container +cause +weak +Checkout restarts/m);
    const rows = JSON.parse((await runCommand(['rules', 'list', '-o', 'json'])).out) as unknown[];
    expect(rows.length).toBeGreaterThan(100);
  });

  test('explain, as text and as JSON', async () => {
    expect((await runCommand(['rules', 'explain', 'our-checkout-restarts', '--rules', OWN])).out).toContain('restart_count >= 1');
    expect(JSON.parse((await runCommand(['rules', 'explain', 'our-checkout-restarts', '--rules', OWN, '-o', 'json'])).out)).toMatchObject({
      subject: 'Container',
    });
  });

  test('tell of adjudicators, too: they judge what rules find', async () => {
    expect((await runCommand(['rules', 'list'])).out).toMatch(/^release-regression +Finding +adjudicator +Regression brought by a change/m);
    expect((await runCommand(['rules', 'explain', 'shared-configuration-changed'])).out).toContain('names the cause shared-configuration-changed');
    expect(JSON.parse((await runCommand(['rules', 'explain', 'recovered', '-o', 'json'])).out)).toMatchObject({ role: 'rejects' });
  });

  test('lint and test tell by their exit code', async () => {
    expect(await runCommand(['rules', 'lint', OWN, '--strict'])).toMatchObject({ code: 0, out: '1 rules in 1 files, 0 problems\n' });
    expect((await runCommand(['rules', 'lint', BROKEN])).code).toBe(1);
    expect((await runCommand(['rules', 'lint', BROKEN, '-o', 'json'])).code).toBe(1);
    expect(await runCommand(['rules', 'test', OWN])).toMatchObject({ code: 0, out: '2 of 2 examples hold\n' });
    expect(JSON.parse((await runCommand(['rules', 'test', OWN, '-o', 'json'])).out)).toHaveLength(2);
  });
});

describe('graph, schema, version, completion', () => {
  test.each<[readonly string[], RegExp]>([
    [['graph', 'depends-on', 'storefront', ...DUMP], /^Deployment orders\/storefront\n└─ calls Service orders\/checkout/],
    [['graph', 'dependents', 'checkout', ...DUMP, '--mermaid'], /^flowchart/],
    [['graph', 'path', 'storefront', 'checkout', ...DUMP, '-o', 'json'], /^\{/],
    [['graph', 'show', ...DUMP, '-A', '--everything'], /uses ServiceAccount orders\/default/],
    [['graph', 'show', '--knowledge-only'], /Component/],
    [['schema', 'report'], /"root_causes"/],
    [['schema', 'rules'], /"supersedes"/],
    [['version'], /^sre-orch \d/],
    [['version', '-o', 'json'], /"node"/],
    [['completion', 'bash'], /complete .*-F _sre_orch sre-orch/],
  ])('%j', async (argv, expected) => {
    const { out, code } = await runCommand(argv);
    expect(code).toBe(0);
    expect(out).toMatch(expected);
  });
});
