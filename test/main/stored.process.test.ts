import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Incident } from '../../src/domain/incident.ts';
import { reportSchema } from '../../src/domain/report.ts';
import { DUMPS, expectCode, Home } from './program.ts';

const home = new Home();
const ids: string[] = [];

/** Three investigations, oldest first. */
beforeAll(async () => {
  for (const dump of ['memory-limit', 'healthy', 'sparse']) {
    const { stdout } = expectCode(await home.run(['investigate', `asked of ${dump}`, '--snapshot', join(DUMPS, dump), '-o', 'json']), 0);
    ids.push(reportSchema.parse(JSON.parse(stdout)).incident_id);
  }
});
afterAll(() => home[Symbol.dispose]());

describe('list', () => {
  test('a table, newest first, with what was found', async () => {
    const { stdout, stderr } = expectCode(await home.run(['list']), 0);
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head?.split(/\s{3,}/)).toEqual(['ID', 'AGE', 'STATUS', 'CONFIDENCE', 'CAUSE', 'OBJECT', 'DESCRIPTION']);
    expect(rows.map((row) => row.split(/\s{3,}/).filter((_, column) => column !== 1))).toEqual([
      [ids[2], 'completed', '-', 'undetermined', '-', 'asked of sparse'],
      [ids[1], 'completed', '-', 'no fault found', '-', 'asked of healthy'],
      [ids[0], 'completed', 'high', 'Insufficient Memory', 'Deployment orders/checkout', 'asked of memory-limit'],
    ]);
    expect(stderr).toBe('');
  });

  test('JSON is the incidents themselves, JSON lines one each', async () => {
    const json = JSON.parse(expectCode(await home.run(['list', '-o', 'json']), 0).stdout) as Incident[];
    const lines = expectCode(await home.run(['list', '-o', 'jsonl']), 0)
      .stdout.trimEnd()
      .split('\n');
    expect(json.map(({ incident_id }) => incident_id)).toEqual([...ids].reverse());
    expect(lines.map((line) => JSON.parse(line) as Incident)).toEqual(json);
  });

  test.each<[string[], number[]]>([
    [['-n', 'orders'], [0]],
    [
      ['--limit', '2'],
      [2, 1],
    ],
    [['--status', 'completed', '--limit', '1'], [2]],
    [['--status', 'interrupted'], []],
    [['--cause', 'insufficient mem'], [0]],
    [['--cause', 'memory-limit'], [0]],
    [['--since', '1h', '--limit', '1'], [2]],
  ])('%j', async (flags, expected) => {
    const json = JSON.parse(expectCode(await home.run(['list', '-o', 'json', ...flags]), 0).stdout) as Incident[];
    expect(json.map(({ incident_id }) => ids.indexOf(incident_id))).toEqual(expected);
  });

  test('of a time to come is refused', async () => {
    expect(expectCode(await home.run(['list', '--since', '2100-01-01T00:00:00Z']), 2).stderr).toMatch(/^error SETTINGS_INVALID: .*--since is later than/);
  });

  test('says how to begin when nothing is stored', async () => {
    using empty = new Home();
    expect(expectCode(await empty.run(['list']), 0).stdout).toMatch(/^No investigations are stored yet\. Start one: sre-orch investigate/);
    expect(expectCode(await empty.run(['list', '-o', 'json']), 0).stdout).toBe('[]\n');
    expect(expectCode(await home.run(['list', '--cause', 'nothing like it']), 0).stdout).toBe(
      'No stored investigation is like that. All there are: sre-orch list\n',
    );
  });
});

describe('show', () => {
  test.each<[string, () => string, number]>([
    ['its id', () => ids[0] ?? '', 0],
    ['a unique beginning', () => (ids[1] ?? '').slice(0, -2), 1],
    ['a beginning without inc-', () => (ids[1] ?? '').slice(4, -2), 1],
    ['last', () => 'last', 2],
  ])('by %s', async (_, id, index) => {
    const { stdout } = expectCode(await home.run(['show', id(), '-o', 'json']), 0);
    expect(reportSchema.parse(JSON.parse(stdout)).incident_id).toBe(ids[index]);
  });

  test('as text and as Markdown', async () => {
    expect(expectCode(await home.run(['show', ids[0] ?? '']), 0).stdout).toMatch(/Root cause: Insufficient Memory, Deployment orders\/checkout/);
    expect(expectCode(await home.run(['show', ids[0] ?? '', '-o', 'markdown']), 0).stdout).toMatch(/^# /);
  });

  test.each<[string, number, RegExp]>([
    ['inc-', 1, /^error INCIDENT_NOT_FOUND/],
    ['zzz', 1, /^error INCIDENT_NOT_FOUND: There is no investigation "zzz"\.\n/],
    ['', 1, /^error INCIDENT_NOT_FOUND: There is no investigation ""\.\n/],
    ['%', 1, /^error INCIDENT_NOT_FOUND/],
  ])('%j is refused', async (id, code, says) => {
    const { stdout, stderr } = expectCode(await home.run(['show', id]), code);
    expect(stdout).toBe('');
    expect(stderr).toMatch(says);
  });
});

describe('other formats', () => {
  test('YAML holds what JSON holds', async () => {
    const json = JSON.parse(expectCode(await home.run(['show', 'last', '-o', 'json']), 0).stdout) as unknown;
    expect(load(expectCode(await home.run(['show', 'last', '-o', 'yaml']), 0).stdout)).toEqual(json);
  });

  test('wide: namespaces, how long it took, and the whole question', async () => {
    const { stdout } = expectCode(await home.run(['list', '-o', 'wide']), 0);
    expect(stdout.split('\n')[0]?.split(/\s{3,}/)).toEqual(['ID', 'AGE', 'STATUS', 'CONFIDENCE', 'CAUSE', 'OBJECT', 'NAMESPACES', 'TOOK', 'DESCRIPTION']);
  });

  test('a page that stands alone', async () => {
    const { stdout } = expectCode(await home.run(['show', ids[0] ?? '', '-o', 'html']), 0);
    expect(stdout).toMatch(/^<!doctype html>[\s\S]+<title>Root cause: Insufficient Memory, Deployment orders\/checkout<\/title>[\s\S]+<\/html>\n$/);
  });
});

describe('diff', () => {
  test('tells what is gone, what is new, and what one of them did not see', async () => {
    const { stdout } = expectCode(await home.run(['diff', ids[0] ?? '', ids[1] ?? '']), 0);
    expect(stdout).toMatch(new RegExp(`^before ${ids[0]}, .*: root cause found\nafter {2}${ids[1]}, .*: no fault found\n`));
    expect(stdout).toContain('- gone: Insufficient Memory, Deployment orders/checkout');
    const json = JSON.parse(expectCode(await home.run(['diff', ids[1] ?? '', ids[0] ?? '', '-o', 'json']), 0).stdout) as { causes: { state: string }[] };
    expect(json.causes.map(({ state }) => state)).toEqual(['new']);
  });

  test('an id that does not exist', async () => {
    expect(expectCode(await home.run(['diff', 'inc-none', 'last']), 1).stderr).toMatch(/^error INCIDENT_NOT_FOUND/);
  });
});

test('show --watch of a run that is over tells its events and its report', async () => {
  const { stdout, stderr } = expectCode(await home.run(['show', ids[0] ?? '', '--watch']), 0);
  expect(stderr).toMatch(/^incident inc-[0-9a-f]+\n[\s\S]*^pods in orders: \d+$/m);
  expect(stdout).toMatch(/^✖ Root cause: Insufficient Memory/);
});
