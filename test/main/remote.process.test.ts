import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DUMPS, type Ended, expectCode, Home } from './program.ts';

const SNAPSHOT = ['--snapshot', join(DUMPS, 'memory-limit')];
const LINES = ['checkout is failing in orders', 'why', 'show evidence 1', 'logs of checkout', 'describe checkout', 'what depends on checkout'];
const FURTHER = ['what if I had no access to events', '/namespace', '/show last'];

/** What differs from run to run. */
const steady = (text: string): string =>
  text
    .replaceAll(/inc-[0-9a-f]{10}/g, 'inc-ID')
    .replaceAll(/\b\d+(?:\.\d+)? ?m?s\b/g, 'TIME')
    .replaceAll(/20\d\d-\d\d-\d\d[T ][\d:.]+Z?/g, 'AT');

/** The same on this machine, and asked of a server that reads the same dump. */
async function both(run: (home: Home, flags: string[]) => Promise<Ended>): Promise<{ here: Ended; there: Ended }> {
  using elsewhere = new Home();
  using home = new Home();
  const running = elsewhere.start(['serve', '--listen', '127.0.0.1:0', ...SNAPSHOT]);
  const [, url = ''] = await running.saysOnStderr(/^listening on (http:\S+?);? /m);
  const [here, there] = await Promise.all([run(home, SNAPSHOT), run(home, ['--server', url])]);
  running.kill('SIGTERM');
  expectCode(await running.ended, 0);
  return { here: expectCode(here, 0), there: expectCode(there, 0) };
}

const chat = (lines: readonly string[]) => (home: Home, flags: string[]) =>
  home.shell(`printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} | $SRE chat ${flags.join(' ')}`);

describe('a server instead of this machine', () => {
  test('investigate looks the same: the report, and what is told on the way', async () => {
    const { here, there } = await both((home, flags) => home.run(['investigate', 'checkout is failing in orders', '--verbose', ...flags]));
    expect(steady(there.stdout)).toBe(steady(here.stdout));
    // Reads that are under way together end in any order.
    const lines = ({ stderr }: Ended) => steady(stderr).split('\n').sort();
    expect(lines(there)).toEqual(lines(here));
  }, 60_000);

  test('list, show and diff answer from what it keeps', async () => {
    using home = new Home();
    const running = home.start(['serve', '--listen', '127.0.0.1:0', ...SNAPSHOT]);
    const [, url = ''] = await running.saysOnStderr(/^listening on (http:\S+?);? /m);
    const ask = async (...args: string[]) => expectCode(await home.run([...args, '--server', url]), 0).stdout;
    expectCode(await home.run(['investigate', 'checkout is failing in orders', '--server', url, '--fail-on', 'high']), 10);
    const [shown, listed, compared] = await Promise.all([ask('show', 'last', '-o', 'json'), ask('list', '-o', 'json'), ask('diff', 'last', 'last')]);
    const report = JSON.parse(shown) as { incident_id: string };
    expect(JSON.parse(listed)).toMatchObject([{ incident_id: report.incident_id, title: 'Insufficient Memory' }]);
    expect(compared).toContain(report.incident_id);
    running.kill('SIGTERM');
    expectCode(await running.ended, 0);
  }, 60_000);

  test.each([[LINES], [['checkout is failing in orders', ...FURTHER]]])(
    'chat answers the same to %j',
    async (lines) => {
      const { here, there } = await both(chat(lines));
      expect(steady(there.stdout)).toBe(steady(here.stdout));
      expect(there.stdout).toContain('Insufficient Memory');
    },
    60_000,
  );
});
