import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SlowCluster, slowCluster } from '../../fixtures/slow-cluster.ts';
import { stuckAfter, tellingServer } from '../../fixtures/telling-server.ts';
import { DUMPS, Home } from '../program.ts';
import { Screen, type ScreenOptions } from './screen.ts';

const home = new Home();
let slow: SlowCluster;
beforeAll(async () => {
  slow = await slowCluster({ folder: home.path, otherwise: 80 });
});
afterAll(async () => {
  await slow[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

const onDump = (options?: ScreenOptions): Screen =>
  new Screen(home, ['investigate', 'checkout is failing', '--no-store', '--snapshot', join(DUMPS, 'memory-limit')], options);
const onCluster = (options?: ScreenOptions): Screen =>
  new Screen(home, ['investigate', 'checkout is failing', '--no-store', '--kubeconfig', slow.kubeconfig], options);
const STATUS = /(?:Ctrl-C stops|Ctrl-C again)/;

describe('a run that is watched', () => {
  test.each([80, 120])('leaves its finished lines and the report in the scrollback, at %i columns', async (columns) => {
    using screen = onDump({ columns });
    expect(await screen.exited).toBe(0);
    const text = await screen.text();
    // The last lines tell the time it took.
    const [above, footer] = text.replace(/inc-[0-9a-f]{10}/g, 'inc-0123456789').split(/\n(?=inc-)/);
    expect(footer).toMatch(/^inc-0123456789 · snapshot test/);
    expect(above).toMatchSnapshot();
    expect(text).not.toMatch(STATUS);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  });

  test('says what it is doing, and how long', async () => {
    using screen = onCluster();
    await screen.shows(/reading the cluster · \d+\.\d s · \d+ reads? .*Ctrl-C stops and reports/);
    expect(await screen.exited).toBe(0);
  });

  test.each([80, 120])('as it stands on the screen meanwhile, at %i columns', async (columns) => {
    await using server = await tellingServer(stuckAfter(60));
    using screen = new Screen(home, ['investigate', 'checkout is failing', '--server', server.url], { columns });
    await screen.shows(/20 reads · 1 finding · 1 not seen/);
    const seen = (await screen.visible()).join('\n').trimEnd();
    expect(
      seen
        .replace(/^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/m, '⠋')
        .replace(/\d+(?:\.\d)? s/, '0.0 s')
        .replace(/Ctrl-C.*/, 'Ctrl-C …'),
    ).toMatchSnapshot();
  });

  test('Ctrl-C ends the reading with a report, and 130', async () => {
    await using hanging = await slowCluster({ folder: home.path, answers: { events: 'hang' }, otherwise: 5 });
    using screen = new Screen(home, ['investigate', 'checkout is failing', '--no-store', '--kubeconfig', hanging.kubeconfig]);
    await screen.shows(/reading the cluster/);
    screen.type('\u0003');
    expect(await screen.exited).toBe(130);
    expect(await screen.text()).toMatch(/Could not be seen|Not seen/i);
  });

  test('a screen of 60×15 is never filled, and one that is made smaller meanwhile neither', async () => {
    using screen = onCluster({ columns: 60, rows: 15 });
    await screen.shows(STATUS);
    screen.resize(50, 8);
    for (let frame = 0; frame < 10; frame += 1) {
      const live = (await screen.visible()).filter((line) => / {2}\S+.*: \d+$/.test(line) || STATUS.test(line));
      expect(live.length).toBeLessThanOrEqual(8);
      await sleep(30);
    }
    expect(await screen.exited).toBe(0);
    expect((await screen.text()).match(/incident inc-/g)).toHaveLength(1);
  });

  test('never clears the screen or the scrollback', async () => {
    using screen = onCluster({ rows: 12 });
    await screen.exited;
    // ED 2 and ED 3 (ECMA-48 8.3.39, xterm)
    expect(screen.written).not.toContain('\u001b[2J');
    expect(screen.written).not.toContain('\u001b[3J');
  });

  test('without Unicode: ASCII only', async () => {
    using screen = onDump({ env: { LANG: 'C', LC_ALL: 'C' } });
    expect(await screen.exited).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: everything beyond ASCII is meant
    expect(await screen.text()).not.toMatch(/[^\u0000-\u007f]/);
  });

  test.each([
    ['NO_COLOR', { NO_COLOR: '1' }],
    ['a dumb terminal', { TERM: 'dumb' }],
  ])('%s: no colour is written', async (_, env) => {
    using screen = onDump({ env });
    expect(await screen.exited).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: Select Graphic Rendition
    expect(screen.written).not.toMatch(/\u001b\[[0-9;]*m/);
  });

  test.each([
    ['CI', { CI: 'true' }],
    ['a dumb terminal', { TERM: 'dumb', NO_COLOR: '1' }],
  ])('%s: plain lines, nothing is redrawn', async (_, env) => {
    using screen = onDump({ env });
    expect(await screen.exited).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: cursor movements and erasures
    expect(screen.written).not.toMatch(/\u001b\[[0-9;?]*[A-HJKhl]/);
    expect(await screen.text()).toMatch(/^pods in orders: \d+$/m);
  });
});
