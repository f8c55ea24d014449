import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadRules } from '../../src/rules/load/load-rules.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const files = globSync('rules/*.yaml', { cwd: ROOT }).map((path) => ({ path, text: readFileSync(resolve(ROOT, path), 'utf8') }));
const rules = loadRules(files).rules.map(({ rule }) => rule);

/** What people read, and what must not stand in it; the renderers end sentences. */
const FAULTS: readonly (readonly [string, RegExp])[] = [
  ['a value that nobody filled in', /\bnull\b|\bundefined\b|\[object|\bNaN\b|\{[a-z_]+\}/],
  ['an empty place', / {2}|\(\)|^ | $| [,;:.](?: |$)|: ;|,,|""/],
  ['an end', /[.,;:!]$/],
  [
    'one of many',
    /(?<!of |\/)\b1 (?:more )?(?:pods|times|nodes|containers|claims|endpoints|replicas|requests|volumes|secrets|workloads|objects|failures|restarts|services|errors|seconds|minutes|hours|days)\b/,
  ],
  ['seconds in thousands', /\b\d{4,} s\b/],
  ['a small first letter', /^[a-z]+(?:[ ,]|$)/],
];

function faultsIn(text: string, given = ''): string[] {
  return FAULTS.flatMap(([name, pattern]) => {
    const found = pattern.exec(text)?.[0];
    // The words of others, quoted, are as they are.
    const quoted = given.includes(name === 'an end' ? text.slice(-12) : (found ?? ''));
    return found === undefined || (quoted && found.trim() !== '') ? [] : [`${name}: ${text}`];
  });
}

const words = (value: unknown): string => (typeof value === 'object' && value !== null ? Object.values(value).map(words).join('\n') : String(value));

describe('a statement reads well', () => {
  const said = rules.flatMap(({ id, examples }) => examples.fires.map((example) => ({ id, example })));
  test.each(said)('$id: $example.name', ({ example }) => {
    expect(faultsIn(example.says, words([example.given, example.texts]))).toEqual([]);
  });
});

test('a title reads well', () => {
  expect(rules.flatMap(({ title }) => faultsIn(title))).toEqual([]);
});

describe('what to do', () => {
  const steps = rules.flatMap(({ id, remediation }) => remediation.map((step) => ({ id, ...step })));

  test('begins with a capital, and is one line', () => {
    expect(steps.filter(({ text }) => !/^[A-Z]/.test(text) || text.includes('\n')).map(({ id, text }) => `${id}: ${text}`)).toEqual([]);
  });

  // A shell reads <name> as a file to read from: what is to be filled in stands in capitals.
  test('holds no command that a shell would misread', () => {
    expect(steps.filter(({ command }) => /<[a-z]|…| {2}|["“”]\w+["“”]\s*>/.test(command ?? '')).map(({ id, command }) => `${id}: ${command}`)).toEqual([]);
  });
});
