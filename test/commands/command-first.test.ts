import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands/all.ts';
import { withCommandFirst } from '../../src/commands/command-first.ts';
import { everyOption } from '../../src/commands/completion/offered-options.ts';

test.each([
  ['-n shop investigate checkout is down', 'investigate -n shop checkout is down'],
  ['-A investigate x', 'investigate -A x'],
  ['-nshop list', 'list -nshop'],
  ['--namespace=shop list -o wide', 'list --namespace=shop -o wide'],
  ['-o json config list', 'config list -o json'],
  ['config -o json list', 'config list -o json'],
  ['--context prod --verbose investigate list', 'investigate --context prod --verbose list'],
  // A value is taken as it is, also where it is the name of a command.
  ['-n list list', 'list -n list'],
  ['--resume chat', 'chat --resume'],
  // Nothing to put in order.
  ['list -n shop', 'list -n shop'],
  ['investigate -- -n shop', 'investigate -- -n shop'],
  ['--help list', '--help list'],
  ['-V', '-V'],
  ['-n shop', '-n shop'],
  ['--nonsense list', '--nonsense list'],
  ['-n shop --nonsense list', '-n shop --nonsense list'],
  ['', ''],
])('%s', (line, expected) => {
  const argv = line.split(' ').filter(Boolean);
  expect(withCommandFirst(argv, COMMANDS).join(' ')).toBe(expected);
});

test('an option takes a value everywhere or nowhere, so that it is known without its command', () => {
  const all = everyOption(COMMANDS).flatMap(({ names, needsValue }) => names.map((name) => [name, needsValue] as const));
  for (const [name, kinds] of Map.groupBy(all, ([each]) => each)) expect([name, new Set(kinds.map(([, kind]) => kind)).size]).toEqual([name, 1]);
});
