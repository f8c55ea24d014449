import { describe, expect, test } from 'vitest';
import { displayWidth, truncate, wrap, wrapCommand, wrapParts } from '../../src/report/wrap.ts';

describe('displayWidth', () => {
  test.each([
    ['plain', 5],
    ['東京', 4],
    ['e\u0301', 1],
    ['🚀', 2],
    ['', 0],
  ])('%s takes %i cells', (text, cells) => {
    expect(displayWidth(text)).toBe(cells);
  });
});

describe('wrap', () => {
  test('breaks at spaces, and inside a word only where it must', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('a supercalifragilistic b', 10)).toEqual(['a', 'supercalif', 'ragilistic', 'b']);
  });

  test('keeps line breaks and the indent of a line', () => {
    expect(wrap('first\n\n  at deep.place here', 12)).toEqual(['first', '', '  at', '  deep.place', '  here']);
  });

  test('counts wide characters as two cells', () => {
    expect(wrap('東京東京東京', 8)).toEqual(['東京東京', '東京']);
  });

  test('never makes a line wider than asked for', () => {
    const text = 'Container app of Pod shop/checkout-7c9f8d6b5-x2x7q exceeded spec.template.spec.containers[name=app].resources.limits.memory 東京';
    for (const width of [8, 13, 40, 79]) expect(Math.max(...wrap(text, width).map(displayWidth))).toBeLessThanOrEqual(width);
  });
});

describe('wrapCommand', () => {
  test('gives lines that a shell reads as one command', () => {
    expect(wrapCommand('kubectl get events -n shop --field-selector reason=x', 30)).toEqual(['kubectl get events -n shop \\', '  --field-selector reason=x']);
  });

  test('does not break inside quotes', () => {
    expect(wrapCommand("kubectl patch x -p 'a b c d e f g'", 22)).toEqual(['kubectl patch x -p \\', "  'a b c d e f g'"]);
  });
});

test('wrapParts breaks only between parts', () => {
  expect(wrapParts(['a b', 'c d', 'e f'], ' · ', 10)).toEqual(['a b · c d', 'e f']);
});

test('truncate says that something is left out', () => {
  expect(truncate('a long text', 7)).toBe('a long…');
  expect(truncate('short', 7)).toBe('short');
});
