import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { investigationEventSchema } from '../../src/domain/investigation-event.ts';
import { type Report, reportSchema } from '../../src/domain/report.ts';
import { DUMPS, expectCode, Home } from './program.ts';

const home = new Home();
afterAll(() => home[Symbol.dispose]());

const ask = (dump: string, ...more: string[]): string[] => ['investigate', 'checkout is failing', '--snapshot', join(DUMPS, dump), ...more];
const reportOf = async (dump: string, ...more: string[]): Promise<Report> =>
  reportSchema.parse(JSON.parse(expectCode(await home.run(ask(dump, '-o', 'json', ...more)), 0).stdout));

describe('investigate over a dump', () => {
  test('json: stdout is one report of the published shape, progress is on stderr', async () => {
    const { stdout, stderr } = expectCode(await home.run(ask('memory-limit', '-o', 'json')), 0);
    const report = reportSchema.strict().parse(JSON.parse(stdout));
    expect(report).toMatchObject({ status: 'completed', verdict: 'root-cause-found', confidence_score: 'high', as_of: '2026-01-31T10:00:00Z' });
    expect(report.root_causes.map(({ cause_id, title, object }) => ({ cause_id, title, object }))).toEqual([
      { cause_id: 'container-memory-limit-exceeded', title: 'Insufficient Memory', object: { kind: 'Deployment', namespace: 'orders', name: 'checkout' } },
    ]);
    expect(stderr.split('\n')[0]).toBe(`incident ${report.incident_id}`);
    expect(stderr).toContain('pods in orders: 2');
  });

  test('every evidence that the report cites is in it', async () => {
    const report = await reportOf('memory-limit');
    const known = new Set(report.evidence.map(({ id }) => id));
    const cited = report.root_causes.flatMap(({ evidence_ids, chain }) => [...evidence_ids, ...chain.flatMap((link) => link.evidence_ids)]);
    expect(cited.length).toBeGreaterThan(0);
    expect(cited.filter((id) => !known.has(id))).toEqual([]);
  });

  test('jsonl: every line is an event, the first names the incident, the last is the report', async () => {
    const { stdout, stderr } = expectCode(await home.run(ask('memory-limit', '-o', 'jsonl')), 0);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => investigationEventSchema.parse(JSON.parse(line)));
    expect(events[0]?.type).toBe('investigation-started');
    expect(events.at(-1)?.type).toBe('report-completed');
    expect(events.filter(({ type }) => type === 'report-completed')).toHaveLength(1);
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['read-completed', 'entities-extracted', 'finding-added', 'evidence-collected']));
    expect(stderr).toBe('');
  });

  test('text: the verdict is the first line, with the decisive value and what to do', async () => {
    const { stdout } = expectCode(await home.run(ask('memory-limit')), 0);
    expect(stdout.split('\n')[0]).toMatch(/Root cause: Insufficient Memory, Deployment orders\/checkout \(high, 0\.\d\d\)/);
    expect(stdout).toMatch(/exceeded its memory limit of 48Mi[\s\S]*What to do[\s\S]*kubectl set resources/);
    expect(stdout.includes('\u001b')).toBe(false);
  });

  test('markdown: headings and no progress', async () => {
    const { stdout } = expectCode(await home.run(ask('memory-limit', '-o', 'markdown')), 0);
    expect(stdout).toMatch(/^# .*Insufficient Memory/);
  });

  test('two runs over one dump say the same', async () => {
    const answers = await Promise.all([reportOf('memory-limit'), reportOf('memory-limit')]);
    const [one, other] = answers.map(({ verdict, root_causes, evidence, gaps }) => ({
      verdict,
      root_causes,
      evidence: evidence.map(({ collected_at: _, ...rest }) => rest),
      gaps,
    }));
    expect(one).toEqual(other);
  });

  test('where nothing is wrong, nothing is named', async () => {
    const { stdout } = expectCode(await home.run(['investigate', 'web is failing', '--snapshot', join(DUMPS, 'healthy'), '-o', 'json']), 0);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'no-fault-found', root_causes: [], suggested_root_cause: null, confidence_score: null });
  });

  test('of what does not exist it is not said that nothing is wrong with it', async () => {
    expect(await reportOf('healthy')).toMatchObject({ verdict: 'undetermined', root_causes: [] });
  });

  test('where little was collected, it says so instead of calling it healthy', async () => {
    const report = await reportOf('sparse');
    expect(report).toMatchObject({ verdict: 'undetermined', root_causes: [], confidence_score: null });
    expect(report.gaps.map(({ what }) => what)).toEqual(expect.arrayContaining(['deployments in billing', 'nodes']));
    expect(new Set(report.gaps.map(({ why }) => why))).toEqual(new Set(['not-collected']));
    expect(report.next_commands.length).toBeGreaterThan(0);
  });

  test('--quiet prints the report only, --verbose every read with its time', async () => {
    expect(expectCode(await home.run(ask('memory-limit', '--quiet')), 0).stderr).toBe('');
    const { stderr } = expectCode(await home.run(ask('memory-limit', '--verbose')), 0);
    expect(stderr).toMatch(/^pods in orders: 2 \(\d+ ms\)$/m);
    expect(stderr).toMatch(/^findings: \d+ facts, \d+ rules, \d+ findings \(\d+ ms\)$/m);
  });

  test.each([
    ['memory-limit', 'high', 10],
    ['memory-limit', 'low', 10],
    ['healthy', 'low', 0],
    ['sparse', 'low', 0],
  ])('%s with --fail-on %s exits %i', async (dump, level, code) => {
    expectCode(await home.run(ask(dump, '--quiet', '--fail-on', level)), code);
  });

  test('half an hour ago is counted from when the dump was taken', async () => {
    const { stdout } = expectCode(await home.run(ask('memory-limit', '-o', 'json', '--since', '30m')), 0);
    const { as_of: asOf, scope } = reportSchema.parse(JSON.parse(stdout));
    expect(Date.parse(asOf ?? '') - Date.parse(scope.since ?? '')).toBe(30 * 60_000);
  });

  test('a namespace of the description that does not exist is said, with near names', async () => {
    const { observations } = reportSchema.parse(
      JSON.parse(expectCode(await home.run([...ask('memory-limit', '-o', 'json'), 'in namespace ordres']), 0).stdout),
    );
    expect(observations.map(({ text }) => text)).toContain('The description says "ordres", and nothing of that name was found; near names: orders.');
  });

  test('--no-store leaves nothing on the disk', async () => {
    using own = new Home();
    expectCode(await own.run(ask('memory-limit', '--no-store')), 0);
    expect(existsSync(own.data)).toBe(false);
  });

  test('--data-dir says where it is kept', async () => {
    using own = new Home();
    const folder = join(own.path, 'elsewhere');
    expectCode(await own.run(ask('memory-limit', '--quiet', '--data-dir', folder)), 0);
    expect(expectCode(await own.run(['list', '--data-dir', folder]), 0).stdout).toContain('checkout is failing');
    expect(existsSync(own.data)).toBe(false);
  });

  test('words need no quotes, and -n names the namespace', async () => {
    const { stdout } = expectCode(
      await home.run(['investigate', 'checkout', 'is', 'failing', '-n', 'orders', '-o', 'json', '--snapshot', join(DUMPS, 'memory-limit')]),
      0,
    );
    expect(JSON.parse(stdout)).toMatchObject({ description: 'checkout is failing', scope: { namespaces: ['orders'] } });
  });

  test('a rule of one’s own takes part', async () => {
    const { stderr } = expectCode(await home.run(ask('memory-limit', '--verbose', '--rules', join(DUMPS, '../rules/own'))), 0);
    expect(stderr).toMatch(/finding: Checkout restarts \(by our own rule\)/);
  });
});
