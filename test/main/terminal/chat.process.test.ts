import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { slowCluster } from '../../fixtures/slow-cluster.ts';
import { expectCode, Home, ROOT } from '../program.ts';
import { Screen, type ScreenOptions } from './screen.ts';

const home = new Home();
afterAll(() => home[Symbol.dispose]());

const OUTAGE = ['--snapshot', join(ROOT, 'examples/shop-outage')];
const READY = /dump of sre-cluster, shop|dump of sre-cluster · shop/;
const FOUND = /· Insufficient Memory · inc-[0-9a-f]{10}\n❯/;
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

async function chat(args: readonly string[] = [], options?: ScreenOptions): Promise<Screen> {
  const screen = new Screen(home, ['chat', ...OUTAGE, ...args], options);
  await screen.shows(READY);
  return screen;
}

describe('a session on a terminal', () => {
  test.each([80, 120])('questions and follow-ups, as they stand on the screen at %i columns', async (columns) => {
    using screen = await chat([], { columns, rows: 40 });
    screen.type('checkout is failing in shop\r');
    await screen.shows(FOUND);
    screen.type('why\r');
    await screen.shows(/Why high confidence[\s\S]*❯ $|Why high confidence[\s\S]*\n❯$/);
    screen.type('show evidence 3\r');
    await screen.shows(/shows Insufficient Memory/);
    screen.type('is it DNS?\r');
    await screen.shows(/Nothing that was read points to DNS/);
    screen.type('logs of checkout\r');
    await screen.shows(/the run before\n {2}checkout 2\.4\.1 starting/);
    screen.type('what depends on cart-store\r');
    await screen.shows(/Deployment shop\/checkout calls it/);
    screen.type(CTRL_D);
    expect(await screen.exited).toBe(0);
    const text = (await screen.text())
      .replace(/^sre-orch \S+/, 'sre-orch VERSION')
      .replace(/inc-[0-9a-f]{10}/g, 'inc-0123456789')
      .replace(/(read {2})\d{4}-\d\d-\d\d [\d:]+ UTC/g, '$1NOW');
    expect(text).toMatchSnapshot();
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  });

  test('what hangs on logs is supposed, and the session stays with what was found', async () => {
    using screen = await chat(['checkout is failing in shop'], { columns: 120 });
    await screen.shows(FOUND);
    screen.type('what if I had no access to logs\r');
    await screen.shows(/Without logs:\n {2}• Insufficient Memory, Deployment shop\/checkout would still be found, less sure/);
    await screen.shows(/Needs: get pods\/log\s+in shop/);
    screen.type('/list\r');
    const text = await screen.shows(/ID +AGE +STATUS/);
    // What was only supposed is no incident: the first of the list is the one that the session is about.
    const about = /Insufficient Memory · (inc-[0-9a-f]{10})\n❯/.exec(text)?.[1] ?? '';
    expect(text.slice(text.lastIndexOf('STATUS')).split('\n')[1]).toContain(about);
  });

  test('before anything was found, a question about it says so', async () => {
    using screen = await chat();
    screen.type('why\r');
    await screen.shows(/Nothing was investigated yet/);
    screen.type('/nonsense\r');
    await screen.shows(/There is no command \/nonsense/);
    screen.type('/exit\r');
    expect(await screen.exited).toBe(0);
  });

  test('goes on where a session stopped', async () => {
    {
      using first = await chat(['checkout is failing in shop']);
      await first.shows(FOUND);
      first.type(CTRL_D);
      expect(await first.exited).toBe(0);
    }
    // The dump is remembered with the session.
    using second = new Screen(home, ['chat', '--resume']);
    await second.shows(/Going on with chat-[0-9a-f]{8}: 1 line[\s\S]*checkout is failing in shop[\s\S]*Insufficient Memory · inc-/);
    second.type('what should I do\r');
    await second.shows(/Raise the memory limit/);
    second.type(CTRL_D);
    expect(await second.exited).toBe(0);
  });

  test('a session that does not exist cannot be gone on with', async () => {
    const ended = expectCode(await home.run(['chat', '--resume', 'nosuch']), 1);
    expect(ended.stderr).toContain('SESSION_NOT_FOUND');
  });

  test('Ctrl-C ends the answer that is running with what is known, and never the session', async () => {
    await using hanging = await slowCluster({ folder: home.path, answers: { events: 'hang' }, otherwise: 5 });
    using screen = new Screen(home, ['chat', '--no-store', '--kubeconfig', hanging.kubeconfig]);
    await screen.shows(/slow · orders/);
    screen.type('checkout is failing\r');
    await screen.shows(/reading the cluster · .*Ctrl-C stops/);
    screen.type(CTRL_C);
    await screen.shows(/Undetermined|No fault found/);
    await screen.shows(/Not seen: /);
    screen.type(CTRL_C);
    await screen.shows(/Ctrl-D or \/exit leaves/);
    screen.type('gone?');
    await screen.shows(/❯ gone\?/);
    screen.type(`${CTRL_C}${CTRL_D}`);
    expect(await screen.exited).toBe(0);
  });

  test.each([80, 120])('as it stands while an answer is running and the next question is written, at %i columns', async (columns) => {
    await using hanging = await slowCluster({ folder: home.path, answers: { events: 'hang' }, otherwise: 5 });
    using screen = new Screen(home, ['chat', '--no-store', '--kubeconfig', hanging.kubeconfig, 'checkout is failing'], { columns });
    await screen.shows(/reading the cluster · .* reads/);
    screen.type('and what of orders');
    await screen.shows(/❯ and what of orders$/);
    const seen = (await screen.visible()).join('\n').trimEnd();
    expect(
      seen
        .replace(/^sre-orch \S+/, 'sre-orch VERSION')
        .replace(/inc-[0-9a-f]{10}/g, 'inc-0123456789')
        .replace(/^\S (reading the cluster · )\d+(?:\.\d)? s · \d+ (.*\n).*/m, '⠋ $10.0 s · 20 $2  (the last read)'),
    ).toMatchSnapshot();
  });

  test('Ctrl-D while an answer is running leaves at once', async () => {
    await using hanging = await slowCluster({ folder: home.path, answers: { events: 'hang' }, otherwise: 5 });
    using screen = new Screen(home, ['chat', '--no-store', '--kubeconfig', hanging.kubeconfig, 'checkout is failing']);
    await screen.shows(/reading the cluster/);
    screen.type(CTRL_D);
    expect(await screen.exited).toBe(0);
  });

  test('a cluster that does not answer is told, and the session goes on', async () => {
    using screen = new Screen(home, ['chat', '--kubeconfig', '/nowhere/config']);
    await screen.shows(/not connected/);
    await screen.shows(/There is no kubeconfig/);
    screen.type('checkout is failing\r');
    await screen.shows(/no kubeconfig[\s\S]*❯ checkout is failing[\s\S]*no kubeconfig/);
    screen.type(CTRL_D);
    expect(await screen.exited).toBe(0);
  });
});

describe('a session without a screen', () => {
  const lines = (...said: string[]): string => said.map((line) => `${line}\\n`).join('');

  test('a line is a question, answers go to stdout', async () => {
    const { stdout, stderr } = expectCode(
      await home.shell(`printf '${lines('checkout is failing in shop', '', 'who is affected', '/evidence 1')}' | $SRE chat ${OUTAGE.join(' ')}`),
      0,
    );
    expect(stdout).toMatch(/Root cause: Insufficient Memory, Deployment shop\/checkout[\s\S]*By Insufficient Memory[\s\S]*ev-1 Pod shop\/checkout/);
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toBe('');
  });

  test('a question that cannot be answered costs its exit code, and no other answer', async () => {
    const ended = expectCode(await home.shell(`printf '${lines('why', 'checkout is failing in shop')}' | $SRE chat ${OUTAGE.join(' ')}`), 2);
    expect(ended.stderr).toContain('SESSION_EMPTY');
    expect(ended.stdout).toContain('Root cause: Insufficient Memory');
  });

  test('a dump that is not there ends it', async () => {
    expect((await home.shell('echo why | $SRE chat --snapshot /nowhere')).code).toBe(2);
  });

  test('a reader that went away is no error', async () => {
    const { stderr } = expectCode(
      await home.shell(`printf '${lines('checkout is failing in shop', 'why', 'why')}' | $SRE chat ${OUTAGE.join(' ')} | head -1`),
      0,
    );
    expect(stderr).toBe('');
  });

  test.each([
    ['no home', { HOME: undefined, XDG_DATA_HOME: undefined, XDG_CONFIG_HOME: undefined }],
    ['a home that cannot be written', { HOME: '/proc', XDG_DATA_HOME: undefined, XDG_CONFIG_HOME: undefined }],
  ])('%s: it works, and one line says that nothing is kept', async (_, env) => {
    const { stdout, stderr } = expectCode(await home.shell(`printf '${lines('checkout is failing in shop')}' | $SRE chat ${OUTAGE.join(' ')}`, { env }), 0);
    expect(stdout).toContain('Root cause: Insufficient Memory');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/Nothing is kept of this session/);
  });
});
