import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
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
    const [id, ...others] = lines(there).toSorted((a, b) => Number(b.startsWith('correlation id ')) - Number(a.startsWith('correlation id ')));
    expect(id).toMatch(/^correlation id [0-9a-f-]{36}$/);
    expect(others).toEqual(lines(here));
  }, 60_000);

  test('what it refuses can be found in its log by the id that is told', async () => {
    using home = new Home();
    const running = home.start(['serve', '--listen', '127.0.0.1:0', ...SNAPSHOT]);
    const [, url = ''] = await running.saysOnStderr(/^listening on (http:\S+?);? /m);
    const { stderr } = expectCode(await home.run(['show', 'inc-0123456789', '--server', url]), 1);
    const [, id = ''] = /In the log of the server it is correlation id ([0-9a-f-]{36})\./.exec(stderr) ?? [];
    const [line] = await running.saysOnStderr(new RegExp(`^\\{.*"correlation_id":"${id}".*"request"\\}$`, 'm'));
    expect(JSON.parse(line)).toMatchObject({ service_name: 'sre-orchestrator', status: 404 });
    running.kill('SIGTERM');
    expectCode(await running.ended, 0);
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

  test('what Tab offers is what the server sees, and cancel, rerun and feedback are done there', async () => {
    using home = new Home();
    const running = home.start(['serve', '--listen', '127.0.0.1:0', ...SNAPSHOT]);
    const [, url = ''] = await running.saysOnStderr(/^listening on (http:\S+?);? /m);
    const ask = async (...args: string[]) => expectCode(await home.run([...args, '--server', url, '-o', 'json']), 0).stdout;
    const offered = async (...words: string[]) => expectCode(await home.run(['__complete', ...words]), 0).stdout.split(/[\t\n]/);
    const { incident_id: id } = JSON.parse(await ask('investigate', 'checkout is failing in orders')) as { incident_id: string };
    // Nobody waits at a prompt for a thread that the first question starts.
    await vi.waitFor(async () => expect(await offered('investigate', 'x', '--server', url, '-n', '')).toContain('orders'), { timeout: 30_000 });
    expect(await offered('investigate', '-n', 'orders', '--server', url, 'check')).toContain('checkout');
    expect(await offered('show', '--server', url, 'inc')).toContain(id);
    expect(JSON.parse(await ask('rerun', id))).toMatchObject({ description: 'checkout is failing in orders', incident_id: expect.not.stringContaining(id) });
    expect(JSON.parse(await ask('feedback', id, 'right'))).toMatchObject({ right: true, by: 'local' });
    expect((await home.run(['cancel', id, '--server', url])).stderr).toContain('INCIDENT_ENDED');
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
