import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/commands/command.ts';
import { type Completion, complete } from '../../../src/commands/completion/complete.ts';

const run = async () => ({ kind: 'text', text: '' }) as const;
const COMMANDS: Command[] = [
  {
    name: 'graph',
    summary: 'what depends on what',
    subcommands: [
      {
        name: 'path',
        summary: 'the way between two',
        arguments: [
          { name: '<from>', help: 'where', completes: 'components' },
          { name: '<to>', help: 'where to', completes: 'components' },
        ],
        settings: ['namespace'],
        options: [{ flags: '--format <name>', help: 'how', choices: ['wide', 'narrow'] }],
        run,
      },
    ],
  },
  { name: 'ask', summary: 'free words', arguments: [{ name: '<words...>', help: 'words', completes: 'objects' }], settings: ['kubeconfig'], run },
  { name: 'plain', summary: 'nothing but options', settings: ['output', 'rules'], run },
  { name: 'secret', summary: 'not shown', hidden: true, run },
];

/** Completes the last word of a line; names of the world are `KIND-NAMESPACE-1` and `-2`. */
async function at(line: string): Promise<Completion> {
  const words = line.split(' ');
  return complete({
    words: words.slice(0, -1),
    current: words.at(-1) ?? '',
    commands: COMMANDS,
    lookUp: async (what, { flags }) => ['1', '2'].map((n) => ({ word: `${what}-${flags.namespace ?? 'any'}-${n}`, help: '' })),
  });
}
const wordsAt = async (line: string): Promise<string[]> => (await at(line)).candidates.map(({ word }) => word);

describe('what fits at the cursor', () => {
  test.each<[string, string[]]>([
    ['', ['graph', 'ask', 'plain']],
    ['gr', ['graph']],
    ['graph ', ['path']],
    ['graph path ', ['components-any-1', 'components-any-2']],
    ['graph path a components-any-2', ['components-any-2']],
    ['graph path a b ', ['--namespace', '--format', '--help']],
    ['graph path -n shop ', ['components-shop-1', 'components-shop-2']],
    ['graph path --namespace=shop ', ['components-shop-1', 'components-shop-2']],
    ['-n shop graph path ', ['components-shop-1', 'components-shop-2']],
    ['-nshop graph path ', ['components-shop-1', 'components-shop-2']],
    ['graph --format wide path --f', []],
    ['-n ', ['namespaces-any-1', 'namespaces-any-2']],
    ['graph path a -n ', ['namespaces-any-1', 'namespaces-any-2']],
    ['graph path a --namespace=namespaces-any-1', ['namespaces-any-1']],
    ['graph path a --format n', ['narrow']],
    ['graph path a --format=', ['wide', 'narrow']],
    ['graph path --f', ['--format']],
    ['graph path a -nname', []],
    ['graph path --format wide --f', []],
    ['ask one two ', ['objects-any-1', 'objects-any-2']],
    // A word of the question is no command.
    ['ask graph ', ['objects-any-1', 'objects-any-2']],
    ['plain ', ['--output', '--rules', '--help']],
    ['nonsense ', ['--help']],
    ['secret ', ['--help']],
  ])('%j', async (line, expected) => {
    expect(await wordsAt(line)).toEqual(expected);
  });

  test('files and folders are left to the shell', async () => {
    expect((await at('ask x --kubeconfig ')).otherwise).toBe('files');
    expect((await at('plain --rules=a')).otherwise).toBe('folders');
    expect((await at('plain ')).otherwise).toBe('nothing');
  });
});
