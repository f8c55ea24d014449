import { describe, expect, test } from 'vitest';
import { asInvoked, invocationOf, withoutEqualSigns } from '../../src/commands/invocation.ts';

const commands = [{ name: 'list' }, { name: 'config' }];

describe('the name in texts', () => {
  test('as a plugin of kubectl, command lines are those of kubectl', () => {
    const plugin = invocationOf('/usr/local/bin/kubectl-sre_orch');
    expect(asInvoked('Start: sre-orch list -o wide; or sre-orch config init', plugin, commands)).toBe(
      'Start: kubectl sre-orch list -o wide; or kubectl sre-orch config init',
    );
    expect(asInvoked('"sre-orch --help" lists them', plugin, commands)).toBe('"kubectl sre-orch --help" lists them');
    // A version, a path and what was named already stay.
    for (const text of ['sre-orch 0.1.0', '~/.config/sre-orch list', 'kubectl sre-orch list']) expect(asInvoked(text, plugin, commands)).toBe(text);
  });

  test('called by its own name, texts stay', () => {
    expect(asInvoked('sre-orch list', invocationOf('/x/bin/sre-orch.js'), commands)).toBe('sre-orch list');
  });

  test('kubectl asks for completions by a third name', () => {
    expect(invocationOf('C:\\bin\\kubectl_complete-sre_orch.js'.replaceAll('\\', '/')).asksForCompletion).toBe(true);
    expect(invocationOf(undefined)).toEqual({ name: 'sre-orch', asksForCompletion: false });
  });
});

test('-o=json is -o json, before -- only', () => {
  expect(withoutEqualSigns(['list', '-o=json', '-n=a=b', '--output=json', '--', '-x=y'])).toEqual([
    'list',
    '-o',
    'json',
    '-n',
    'a=b',
    '--output=json',
    '--',
    '-x=y',
  ]);
});
