import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Home, ROOT } from '../program.ts';
import { Screen, type ScreenOptions } from './screen.ts';

const home = new Home();
afterAll(() => home[Symbol.dispose]());

const OUTAGE = ['--snapshot', join(ROOT, 'examples/shop-outage')];
const chat = (args: readonly string[] = [], options?: ScreenOptions): Screen => new Screen(home, ['chat', ...OUTAGE, ...args], options);
const CTRL_D = '\u0004';

describe('chat on a terminal', () => {
  test('a question, follow-ups, and Ctrl-D', async () => {
    using screen = chat();
    await screen.shows(/dump of sre-cluster/);
    screen.type('checkout is failing in shop\r');
    await screen.shows(/Root cause: Insufficient Memory, Deployment shop\/checkout/);
    await screen.shows(/· inc-[0-9a-f]{10} · Insufficient Memory\n❯/);
    screen.type('show evidence 3\r');
    await screen.shows(/shows Insufficient Memory/);
    screen.type('logs of checkout\r');
    await screen.shows(/container app, the run before\n {2}checkout 2\.4\.1 starting/);
    screen.type(CTRL_D);
    expect(await screen.exited).toBe(0);
  });
});
