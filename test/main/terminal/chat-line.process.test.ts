import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Home, ROOT } from '../program.ts';
import { Screen, type ScreenOptions } from './screen.ts';

const home = new Home();
afterAll(() => home[Symbol.dispose]());

const OUTAGE = ['--snapshot', join(ROOT, 'examples/shop-outage')];
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const CTRL_R = '\u0012';
const UP = '\u001b[A';
const TAB = '\t';
const PASTE = (text: string): string => `\u001b[200~${text}\u001b[201~`;

async function chat(args: readonly string[] = [], options?: ScreenOptions, place = home): Promise<Screen> {
  const screen = new Screen(place, ['chat', ...OUTAGE, ...args], options);
  await screen.shows(/dump of sre-cluster · shop/);
  return screen;
}

describe('the line that is being written', () => {
  test('takes a paste of 5,000 lines, goes on taking keys, and shows a window of it', async () => {
    using screen = await chat([], { rows: 24 });
    const lines = Array.from({ length: 5_000 }, (_, index) => `2026-01-31T10:00:00Z ERROR checkout failed ${index + 1}`);
    screen.type(PASTE(lines.join('\r')));
    await screen.shows(/checkout failed 5000\n {2}5000 lines, \d+ to 5000 shown/);
    const pressed = performance.now();
    screen.type('!');
    await screen.shows(/checkout failed 5000!/);
    expect(performance.now() - pressed).toBeLessThan(1_000);
    const visible = await screen.visible();
    expect(visible.filter((line) => line.includes('checkout failed')).length).toBeLessThanOrEqual(9);
    screen.type('\r');
    await screen.shows(/and 4997 more lines[\s\S]*(?:Root cause|Undetermined|No fault)/);
    screen.type(CTRL_D);
    expect(await screen.exited).toBe(0);
  });

  test('goes on in another line with a backslash or Alt-Enter', async () => {
    using screen = await chat();
    screen.type('one\\\rtwo');
    await screen.shows(/❯ one\n {2}two$/m);
    screen.type('\u001b\rthree');
    await screen.shows(/❯ one\n {2}two\n {2}three/);
    screen.type(CTRL_C);
    await screen.shows(/❯\s*$/);
    screen.type(CTRL_D);
    expect(await screen.exited).toBe(0);
  });

  test('knows the keys of Emacs', async () => {
    using screen = await chat();
    // Ctrl-A, Alt-F, Ctrl-K, Ctrl-E, Ctrl-Y, Ctrl-W
    screen.type('why is checkout down\u0001\u001bf\u000b');
    await screen.shows(/❯ why\s*$/);
    screen.type('\u0019\u0017\u0017');
    await screen.shows(/❯ why is\s*$/);
    screen.type(`${CTRL_C}${CTRL_D}`);
    expect(await screen.exited).toBe(0);
  });

  test('is completed: commands, namespaces, names of objects', async () => {
    using screen = await chat();
    screen.type('/na');
    await screen.shows(/ {2}\/namespace \[name \| all\] {2}look at one namespace/);
    screen.type(TAB);
    await screen.shows(/❯ \/namespace$/m);
    screen.type(`kube-${TAB}`);
    await screen.shows(/ {2}kube-node-lease\n {2}kube-system/);
    screen.type(TAB);
    await screen.shows(/❯ \/namespace kube-node-lease/);
    screen.type(`${CTRL_C}logs of store${TAB}`);
    await screen.shows(/❯ logs of storefront/);
    screen.type(`${CTRL_C}${CTRL_D}`);
    expect(await screen.exited).toBe(0);
  });
});

describe('what was said before', () => {
  test('comes back in the next session, by Up and by Ctrl-R, from a file of its owner alone', async () => {
    using own = new Home();
    {
      using first = await chat([], {}, own);
      first.type('/help logs\r');
      await first.shows(/the end of a log/i);
      first.type('/model\r');
      await first.shows(/No language model is asked/);
      first.type(CTRL_D);
      await first.exited;
    }
    const file = join(own.data, 'sre-orch/chat-history');
    expect(readFileSync(file, 'utf8')).toBe('"/help logs"\n"/model"\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(own.data, 'sre-orch/sessions')).mode & 0o777).toBe(0o700);
    using second = await chat([], {}, own);
    second.type(UP);
    await second.shows(/❯ \/model/);
    second.type(`${CTRL_R}help`);
    await second.shows(/search: help {2}\/help logs/);
    second.type('\r');
    await second.shows(/the end of a log/i);
    second.type(CTRL_D);
    expect(await second.exited).toBe(0);
  });

  test('holds no secret', async () => {
    using own = new Home();
    using screen = await chat([], {}, own);
    screen.type('/help password=hunter2hunter2\r');
    await screen.shows(/In plain words/);
    screen.type(CTRL_D);
    await screen.exited;
    expect(readFileSync(join(own.data, 'sre-orch/chat-history'), 'utf8')).not.toContain('hunter2');
  });

  test('is searched in ten thousand lines', async () => {
    using own = new Home();
    mkdirSync(join(own.data, 'sre-orch'), { recursive: true });
    writeFileSync(join(own.data, 'sre-orch/chat-history'), Array.from({ length: 10_000 }, (_, index) => `"question number ${index}"\n`).join(''));
    using screen = await chat([], {}, own);
    screen.type(`${CTRL_R}number 42`);
    await screen.shows(/search: number 42 {2}question number 42\d*/);
    screen.type('\u0007');
    await screen.shows(/❯\s*$/);
    screen.type(CTRL_D);
    expect(await screen.exited).toBe(0);
  });
});

describe('the screen', () => {
  test('of 60×15 is never filled, and nothing is wider than it', async () => {
    using screen = await chat([], { columns: 60, rows: 15 });
    screen.type('/');
    await screen.shows(/and \d+ more/);
    expect((await screen.visible()).filter((line) => line !== '').length).toBeLessThan(15);
    screen.type(`${CTRL_C}checkout is failing in shop\r`);
    const text = await screen.shows(/Ask: why[\s\S]*\n❯/);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
    // ED 2 and ED 3 (ECMA-48 8.3.39, xterm)
    expect(screen.written).not.toContain('\u001b[2J');
    expect(screen.written).not.toContain('\u001b[3J');
    screen.type(CTRL_D);
    expect(await screen.exited).toBe(0);
  });

  test('may be resized while an answer is running: one prompt stays', async () => {
    using screen = await chat([], { columns: 100, rows: 30 });
    screen.type('checkout is failing in shop\r');
    await screen.shows(/looking at|reading the cluster|incident inc-/);
    screen.resize(60, 15);
    await screen.shows(/Ask: why/);
    screen.resize(120, 40);
    screen.type('why');
    await screen.shows(/❯ why/);
    expect((await screen.visible()).filter((line) => line.startsWith('❯ why'))).toHaveLength(1);
    screen.type(`${CTRL_C}${CTRL_D}`);
    expect(await screen.exited).toBe(0);
  });

  test('leaves nothing of the prompt behind', async () => {
    using screen = await chat();
    screen.type(CTRL_D);
    expect(await screen.exited).toBe(0);
    expect(await screen.text()).not.toMatch(/❯|dump of/);
    // The cursor is to be seen again, and pasting is as it was.
    expect(screen.written).toContain('\u001b[?2004l');
    expect(screen.written.lastIndexOf('\u001b[?25h')).toBeGreaterThan(screen.written.lastIndexOf('\u001b[?25l'));
  });

  test('without Unicode: ASCII only; without colours: none', async () => {
    using screen = new Screen(home, ['chat', ...OUTAGE, 'checkout is failing in shop'], { env: { LANG: 'C', LC_ALL: 'C', NO_COLOR: '1' } });
    await screen.shows(/Ask: why/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: everything beyond ASCII is meant
    expect(await screen.text()).not.toMatch(/[^\u0000-\u007f]/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: Select Graphic Rendition
    expect(screen.written).not.toMatch(/\u001b\[[0-9;]*m/);
    screen.type(CTRL_D);
    expect(await screen.exited).toBe(0);
  });
});
