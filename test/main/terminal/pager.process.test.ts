import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DUMPS, expectCode, Home } from '../program.ts';
import { Screen, type ScreenOptions } from './screen.ts';

const home = new Home();
const seen = join(home.path, 'seen');
const pager = join(home.path, 'pager');
beforeAll(async () => {
  expectCode(await home.run(['investigate', 'checkout is failing', '--snapshot', join(DUMPS, 'memory-limit')]), 0);
  writeFileSync(pager, `#!/bin/sh\necho "paged with $LESS"\ncat > '${seen}'\n`);
  chmodSync(pager, 0o755);
});
afterAll(() => home[Symbol.dispose]());

const SMALL = { rows: 15, columns: 80 };
/** What a person sees of a command, and its exit code. */
async function seenOf(args: readonly string[], options: ScreenOptions): Promise<{ text: string; code: number }> {
  using screen = new Screen(home, args, options);
  const code = await screen.exited;
  return { text: await screen.text(), code };
}

describe('an answer that is longer than the screen', () => {
  test('goes to the pager, whole', async () => {
    const { text, code } = await seenOf(['show', 'last'], { ...SMALL, env: { PAGER: pager } });
    expect(text).toBe('paged with FRX');
    expect(code).toBe(0);
    expect(readFileSync(seen, 'utf8')).toMatch(/Root cause: [\s\S]*inc-[0-9a-f]+/);
  });

  test.each<[string, readonly string[], ScreenOptions]>([
    ['what fits', ['version'], { ...SMALL, env: { PAGER: pager } }],
    ['--no-pager', ['show', 'last', '--no-pager'], { ...SMALL, env: { PAGER: pager } }],
    ['SRE_ORCH_PAGER=off', ['show', 'last'], { ...SMALL, env: { PAGER: pager, SRE_ORCH_PAGER: 'off' } }],
    ['continuous integration', ['show', 'last'], { ...SMALL, env: { PAGER: pager, CI: 'true' } }],
    ['a dumb terminal', ['show', 'last'], { ...SMALL, env: { PAGER: pager, TERM: 'dumb' } }],
    ['a pager that is not there', ['show', 'last'], { ...SMALL, env: { PAGER: '/nowhere/less' } }],
  ])('%s: printed as it is', async (_, args, options) => {
    const { text, code } = await seenOf(args, options);
    expect(text).toMatch(/sre-orch 0\.\d|Root cause: Insufficient Memory/);
    expect(text).not.toContain('paged with');
    expect(code).toBe(0);
  });

  test('the setting beats $PAGER', async () => {
    expect((await seenOf(['show', 'last', '--pager', pager], { ...SMALL, env: { PAGER: 'cat' } })).text).toContain('paged with FRX');
  });

  test('to a pipe it is printed, whatever the pager', async () => {
    expect(expectCode(await home.run(['show', 'last'], { env: { PAGER: pager } }), 0).stdout).toMatch(/Root cause: Insufficient Memory/);
  });

  test.skipIf(spawnSync('less', ['--version']).error !== undefined)('less: Ctrl-C does not end it, q does', async () => {
    using screen = new Screen(home, ['show', 'last'], { ...SMALL, env: { PAGER: 'less' } });
    await screen.shows(/Root cause: Insufficient Memory[\s\S]*\n:$/);
    screen.type('\u0003');
    // less throws away what was typed before it heard of it.
    await sleep(500);
    screen.type(' ');
    await screen.shows(/Evidence/);
    screen.type('q');
    expect(await screen.exited).toBe(0);
  });
});

describe('links', () => {
  const KNOWN = { TERM_PROGRAM: 'WezTerm' };
  test('stand where the terminal is known to open them, and only there', async () => {
    const written = async (env: ScreenOptions['env']): Promise<string> => {
      using screen = new Screen(home, ['show', 'last', '--no-pager'], { env: env ?? {} });
      await screen.exited;
      return screen.written;
    };
    expect(await written(KNOWN)).toContain('\u001b]8;;https://kubernetes.io/');
    expect(await written({})).not.toContain('\u001b]8;');
    expect(await written({ ...KNOWN, CI: 'true' })).not.toContain('\u001b]8;');
    expect(expectCode(await home.run(['show', 'last'], { env: { ...KNOWN, FORCE_HYPERLINK: '1' } }), 0).stdout).not.toContain('\u001b');
  });
});

describe('--open', () => {
  const browser = join(home.path, 'browser');
  const asked = join(home.path, 'asked');
  beforeAll(() => {
    writeFileSync(browser, `#!/bin/sh\necho "$1" > '${asked}'\n`);
    chmodSync(browser, 0o755);
  });

  test.each([
    ['show', ['show', 'last', '-o', 'html', '--open']],
    ['investigate', ['investigate', 'x', '--no-store', '--snapshot', join(DUMPS, 'memory-limit'), '-o', 'html', '--open']],
  ])('%s: the page is in the browser, and not on the terminal', async (_, args) => {
    const { text, code } = await seenOf(args, { columns: 200, env: { BROWSER: browser } });
    expect(code).toBe(0);
    const path = readFileSync(asked, 'utf8').trim();
    expect(text).toContain(`opened ${path}`);
    expect(text).not.toContain('<!doctype');
    expect(readFileSync(path, 'utf8')).toMatch(/^<!doctype html>/);
  });

  test('a browser that fails: the path is told', async () => {
    const { text, code } = await seenOf(['show', 'last', '-o', 'html', '--open'], { columns: 200, env: { BROWSER: '/nowhere/browser' } });
    expect(code).toBe(0);
    expect(text).toMatch(/note: no browser could be started: \/nowhere\/browser is not installed\. The report is at \/.*inc-[0-9a-f]+\.html/);
  });

  test('to a pipe and in continuous integration nothing is opened', async () => {
    writeFileSync(asked, '');
    const piped = expectCode(await home.run(['show', 'last', '-o', 'html', '--open'], { env: { BROWSER: browser } }), 0);
    expect(piped.stdout).toMatch(/^<!doctype html>/);
    expect(piped.stderr).toBe('note: --open is for terminals: the report was not opened\n');
    await seenOf(['show', 'last', '-o', 'html', '--open'], { env: { BROWSER: browser, CI: 'true' } });
    expect(readFileSync(asked, 'utf8')).toBe('');
  });
});

describe('the title of the terminal', () => {
  test.each([
    ['on', true],
    [undefined, false],
  ])('SRE_ORCH_TERMINAL_TITLE=%s', async (title, written) => {
    using screen = new Screen(home, ['investigate', 'checkout is failing', '--no-store', '--snapshot', join(DUMPS, 'memory-limit')], {
      env: { SRE_ORCH_TERMINAL_TITLE: title },
    });
    expect(await screen.exited).toBe(0);
    expect(screen.written.includes('\u001b]2;sre-orch: checkout is failing\u0007')).toBe(written);
    // Pushed before, popped after (XTWINOPS).
    expect(screen.written.includes('\u001b[22;2t')).toBe(written);
    expect(screen.written.includes('\u001b[23;2t')).toBe(written);
  });
});
