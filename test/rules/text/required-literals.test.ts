import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { requiredLiterals } from '../../../src/rules/text/required-literals.ts';

describe('the literals of which a match needs one', () => {
  test.each<[string, readonly string[] | undefined]>([
    ['(?i)Connection Refused', ['connection refused']],
    ['dial tcp .*: connection refused', [': connection refused']],
    ['manifest unknown|not found', ['manifest unknown', 'not found']],
    ['image "(?P<image>[^"]+)": (?:denied|forbidden)', ['image "']],
    ['(?:access denied|forbidden): .*', ['access denied', 'forbidden']],
    ['(?:denied|forbidden)?', undefined],
    ['a|timeout', undefined],
    ['timeou?t', ['timeo']],
    ['timeout+ reached', [' reached']],
    ['x{0,3}abcd{2}ef', ['abcd']],
    ['\\d+ nodes? are available: insufficient', [' are available: insufficient']],
    ['exec format\\.error', ['exec format.error']],
    ['\\x41bcdef', ['bcdef']],
    ['\\Qabc\\E', undefined],
    ['[[:alpha:]]xyz[]a]', ['xyz']],
    ['\\pL\\p{Greek}word', ['word']],
    ['^$.*', undefined],
  ])('%s', (pattern, expected) => {
    const found = requiredLiterals(pattern);
    expect(found && [...found].sort()).toEqual(expected && [...expected].sort());
  });

  test('a text that matches always holds one', () => {
    const random = generator(7);
    const patterns = Array.from({ length: 3_000 }, () => somePattern(random, 3));
    const wrong = patterns.flatMap((pattern) => {
      const literals = requiredLiterals(pattern);
      const re2 = RE2JS.compile(`(?i)${pattern}`);
      return Array.from({ length: 10 }, () => pick(random, 12, 'abcABC '))
        .filter((text) => re2.test(text) && literals?.some((literal) => text.toLowerCase().includes(literal)) === false)
        .map((text) => [pattern, text]);
    });
    expect(wrong).toEqual([]);
  });
});

type Random = (below: number) => number;

/** A linear congruential generator: the same patterns in every run. */
function generator(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function pick(random: Random, length: number, from: string): string {
  return Array.from({ length: random(length) + 1 }, () => from[random(from.length)]).join('');
}

function somePattern(random: Random, depth: number): string {
  const part = (): string => {
    const kind = random(depth > 0 ? 7 : 4);
    if (kind < 3) return pick(random, 4, 'abc');
    if (kind === 3) return ['.', '[ab]', '\\w', '[^c]', '\\s'][random(5)] ?? '';
    return `(${kind === 4 ? '?:' : ''}${somePattern(random, depth - 1)})`;
  };
  const parts = Array.from({ length: random(3) + 1 }, () => `${part()}${['', '', '', '?', '*', '+', '{2}', '{0,1}'][random(8)]}`);
  return random(3) === 0 ? `${parts.join('')}|${part()}` : parts.join('');
}
