import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../src/commands/all.ts';
import type { Command } from '../../../src/commands/command.ts';
import { DUMPS, type Ended, Home } from '../program.ts';
import { Screen } from './screen.ts';

const DUMP = join(DUMPS, 'memory-limit');
const OWN = join(DUMPS, '../rules/own');
const NOWHERE = ['--kubeconfig', '/nowhere'];
/** What cannot be had where there is no home: the store, the settings file. */
const NO_STORE = 1;
const NO_FILE = 2;

interface Line {
  readonly args: readonly string[];
  readonly code: number;
  /** Its exit code without a home, and with one that cannot be written, where that is another. */
  readonly homeless?: readonly [number, number];
  /** It asks for the last investigation: nobody else may begin one there meanwhile. */
  readonly last?: true;
}

/** A line for every command, that ends by itself. */
const LINES: Readonly<Record<string, Line>> = {
  investigate: { args: ['checkout is failing', '--snapshot', DUMP], code: 0 },
  chat: { args: ['checkout is failing', '--snapshot', DUMP], code: 0 },
  list: { args: [], code: 0, homeless: [NO_STORE, NO_STORE] },
  show: { args: ['last'], code: 0, homeless: [NO_STORE, NO_STORE], last: true },
  diff: { args: ['last', 'last'], code: 0, homeless: [NO_STORE, NO_STORE], last: true },
  rerun: { args: ['inc-0000000000'], code: 1, homeless: [NO_STORE, NO_STORE] },
  cancel: { args: ['inc-0000000000'], code: 1, homeless: [NO_STORE, NO_STORE] },
  feedback: { args: ['last'], code: 0, homeless: [NO_STORE, NO_STORE], last: true },
  'rules list': { args: [], code: 0 },
  'rules explain': { args: ['container-oom-killed'], code: 0 },
  'rules lint': { args: [OWN], code: 0 },
  'rules test': { args: [OWN], code: 0 },
  'graph depends-on': { args: ['checkout', '--snapshot', DUMP], code: 0 },
  'graph dependents': { args: ['checkout', '--snapshot', DUMP], code: 0 },
  'graph path': { args: ['storefront', 'checkout', '--snapshot', DUMP], code: 0 },
  'graph show': { args: ['--snapshot', DUMP], code: 0 },
  snapshot: { args: ['--out', '/nowhere/x', ...NOWHERE], code: 3 },
  'tools list': { args: [], code: 0 },
  'tools call': { args: ['list_objects', '{"kind":"Pod"}', '--snapshot', DUMP], code: 0 },
  mcp: { args: NOWHERE, code: 3 },
  serve: { args: ['--listen', 'nowhere', '--snapshot', DUMP], code: 2 },
  agent: { args: ['--listen', 'nowhere'], code: 2 },
  'keys create': { args: ['pager'], code: 0, homeless: [NO_STORE, NO_STORE] },
  'keys list': { args: [], code: 0, homeless: [NO_STORE, NO_STORE] },
  'keys revoke': { args: ['000000000000'], code: 1, homeless: [NO_STORE, NO_STORE] },
  'config list': { args: [], code: 0 },
  'config get': { args: ['timeout'], code: 0 },
  'config set': { args: ['timeout', '1m'], code: 0, homeless: [NO_FILE, 1] },
  'config unset': { args: ['namespace'], code: 0, homeless: [NO_FILE, 1] },
  'config test': { args: [], code: 2 },
  'config path': { args: [], code: 0, homeless: [NO_FILE, 0] },
  'config init': { args: [], code: 2, homeless: [NO_FILE, 1] },
  doctor: { args: NOWHERE, code: 3 },
  'schema report': { args: [], code: 0 },
  'schema rules': { args: [], code: 0 },
  version: { args: [], code: 0 },
  completion: { args: ['zsh'], code: 0 },
};

function leaves(commands: readonly Command[], above: string): string[] {
  return commands.flatMap(({ name, subcommands, run }) => [...(run ? [`${above}${name}`] : []), ...leaves(subcommands ?? [], `${above}${name} `)]);
}

const busy = new Home();
const calm = new Home();
beforeAll(async () => {
  await Promise.all([calm.run(['investigate', 'checkout is failing', '--snapshot', DUMP]), busy.run(['config', 'init'])]);
});
afterAll(() => {
  busy[Symbol.dispose]();
  calm[Symbol.dispose]();
});

const CONTROL = /[^\P{Cc}\n\t]/u;
const CI = { CI: 'true', TERM: 'xterm-256color', COLORTERM: 'truecolor' };
const HOMELESS = { HOME: undefined, XDG_DATA_HOME: undefined, XDG_CONFIG_HOME: undefined };
// Not even root can write there.
const READ_ONLY = { ...HOMELESS, HOME: '/proc/self/net' };

/** Something is said, with the right exit code, and nobody sees a trace or a control character. */
function expectClean({ stdout, stderr, code }: Ended, expected: number): void {
  expect(stderr).not.toMatch(/^\s+at .+:\d+:\d+|UNEXPECTED/m);
  expect(stdout).not.toMatch(CONTROL);
  expect(stderr).not.toMatch(CONTROL);
  expect(`${stdout}${stderr}`).not.toBe('');
  expect(code, stderr).toBe(expected);
  if (code === NO_STORE || code === NO_FILE) expect(`${stdout}${stderr}`).toMatch(/^error [A-Z_]+: /m);
}

test('there is a line for every command', () => {
  expect(Object.keys(LINES).sort()).toEqual(leaves(COMMANDS, '').sort());
});

// Each start of the program stands for two of the surroundings, where the exit code is the same in both.
describe.concurrent.each(Object.entries(LINES))('%s', (path, { args, code, homeless, last }) => {
  const home = last ? calm : busy;
  const words = [...path.split(' '), ...args];
  const toOneLine = (env: Record<string, string | undefined>): Promise<Ended> =>
    home.shell(`$SRE ${words.map((word) => `'${word}'`).join(' ')} | head -1; exit \${PIPESTATUS[0]}`, { env });

  test('piped, in continuous integration, without a home', async () => {
    expectClean(await home.run(words, { env: { ...CI, ...HOMELESS } }), homeless?.[0] ?? code);
  });

  test('whoever reads it leaves after a line, and the home cannot be written', async () => {
    const ended = await toOneLine(READ_ONLY);
    expectClean(ended, homeless?.[1] ?? code);
    expect(ended.stdout.split('\n').length).toBeLessThanOrEqual(2);
  });

  if (homeless !== undefined)
    test('with a home: piped, in continuous integration, to one who leaves after a line', async () => {
      expectClean(await toOneLine(CI), code);
    });

  test('on a dumb terminal', async () => {
    using screen = new Screen(home, words, { env: { TERM: 'dumb' }, columns: 120 });
    // A chat waits for the next question.
    if (path === 'chat') await screen.shows(/What to do/).then(() => screen.type('\u0004'));
    expect(await screen.exited, screen.written).toBe(code);
    expect(screen.written.replaceAll('\r', '')).not.toMatch(CONTROL);
  });
});
