import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/commands/command.ts';
import { completionScript } from '../../../src/commands/completion/script.ts';
import { completionPlaces } from '../../../src/commands/completion/words.ts';

const run = async () => ({ kind: 'text', text: '' }) as const;
const commands: Command[] = [
  {
    name: 'graph',
    summary: "what depends on what, and what doesn't",
    subcommands: [{ name: 'path', summary: 'the way between two', options: [{ flags: '-f, --format <name>', help: 'how' }], run }],
  },
  { name: 'secret', summary: 'not shown', hidden: true, run },
];

describe('completion', () => {
  test('knows every place of the tree, without what is hidden', () => {
    expect(completionPlaces(commands).map(({ path, words }) => [path, words.map(({ word }) => word)])).toEqual([
      ['', ['graph', '--help']],
      ['graph', ['path', '--help']],
      ['graph path', ['--format', '--help']],
      ['secret', ['--help']],
    ]);
  });

  test.each(['bash', 'zsh', 'fish'])('writes a script for %s', (shell) => {
    expect(completionScript(shell, commands)).toMatchSnapshot();
  });

  test('an unknown shell is a usage error', () => {
    expect(() => completionScript('constructor', commands)).toThrow(expect.objectContaining({ code: 'SETTINGS_INVALID' }));
  });
});
