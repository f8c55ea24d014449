import { describe, expect, test } from 'vitest';
import { completed, cycled } from '../../../src/ui/chat/complete.ts';
import { textOf } from '../../../src/ui/chat/line-editor.ts';
import { type Effect, EMPTY_PROMPT, type Prompt, paste, press } from '../../../src/ui/chat/prompt.ts';

const HISTORY = ['checkout is failing', 'why', 'show evidence 3', 'why'];
const text = (prompt: Prompt): string => textOf(prompt.editor);

/** Presses keys one after the other; a word that names none is typed. */
function pressed(keys: readonly string[], prompt = EMPTY_PROMPT): { prompt: Prompt; effects: Effect[] } {
  const effects: Effect[] = [];
  let now = prompt;
  for (const key of keys) {
    const named = /^(?:[CMS]-.+|up|down|enter|tab|escape|backspace|linefeed)$/.test(key);
    const next = press(now, named ? { name: key, text: '' } : { name: 'text', text: key }, HISTORY);
    now = next.prompt;
    if (next.effect !== undefined) effects.push(next.effect);
  }
  return { prompt: now, effects };
}

describe('what was said before', () => {
  test('comes back step by step, and behind it what was being written', () => {
    const { prompt } = pressed(['dra', 'up']);
    expect(text(prompt)).toBe('why');
    expect(text(pressed(['up', 'up'], prompt).prompt)).toBe('why');
    expect(text(pressed(['up'], prompt).prompt)).toBe('show evidence 3');
    expect(text(pressed(['down'], prompt).prompt)).toBe('dra');
    expect(text(pressed(['up', 'up', 'up', 'up', 'up', 'up']).prompt)).toBe('checkout is failing');
  });

  test('is searched backwards, again and again, and forwards', () => {
    const { prompt } = pressed(['C-r', 'wh']);
    expect(prompt.search).toEqual({ query: 'wh', found: 3 });
    expect(pressed(['C-r'], prompt).prompt.search?.found).toBe(1);
    expect(pressed(['C-r', 'C-r'], prompt).prompt.search?.found).toBe(1);
    expect(pressed(['C-r', 'C-s'], prompt).prompt.search?.found).toBe(3);
    expect(pressed(['x'], prompt).prompt.search).toEqual({ query: 'whx', found: undefined });
    expect(pressed(['backspace'], prompt).prompt.search).toEqual({ query: 'w', found: 3 });
  });

  test('what was found is said with Enter, written with Escape, and left with Ctrl-G', () => {
    const { prompt } = pressed(['draft', 'C-r', 'evid']);
    expect(pressed(['enter'], prompt).effects).toEqual([{ type: 'submit', text: 'show evidence 3' }]);
    expect(text(pressed(['escape'], prompt).prompt)).toBe('show evidence 3');
    expect(text(pressed(['C-g'], prompt).prompt)).toBe('draft');
    // A key of the line takes over what was found.
    expect(text(pressed(['C-w'], prompt).prompt)).toBe('show evidence ');
  });
});

describe('Enter', () => {
  test('says the line, and leaves an empty one', () => {
    const { prompt, effects } = pressed(['why', 'enter']);
    expect(effects).toEqual([{ type: 'submit', text: 'why' }]);
    expect(text(prompt)).toBe('');
  });

  test('behind a backslash, and Alt-Enter, go on in another line', () => {
    expect(text(pressed(['one\\', 'enter', 'two', 'M-enter', 'three']).prompt)).toBe('one\ntwo\nthree');
  });

  test('in what was pasted says nothing', () => {
    expect(text(paste(EMPTY_PROMPT, 'a\r\nb\rc\td'))).toBe('a\nb\nc  d');
  });
});

test.each<[string[], Effect['type'][]]>([
  [['C-c'], ['interrupt']],
  [['C-d'], ['leave']],
  [['x', 'C-a', 'C-d'], []],
  [['C-l'], ['clear-screen']],
  [['tab'], ['complete']],
])('%j asks for %j', (keys, types) => {
  expect(pressed(keys).effects.map(({ type }) => type)).toEqual(types);
});

describe('completing', () => {
  const words = (...all: string[]): { word: string; help: string }[] => all.map((word) => ({ word, help: '' }));

  test('puts in the only word, with a blank behind it', () => {
    expect(text(completed(pressed(['logs of che']).prompt, { start: 8, words: words('checkout') }))).toBe('logs of checkout ');
  });

  test('puts in what all have in common, then goes through them', () => {
    const first = completed(pressed(['logs of c']).prompt, { start: 8, words: words('cart-store', 'cart-db') });
    expect(text(first)).toBe('logs of cart-');
    expect(text(cycled(first, 1))).toBe('logs of cart-store');
    expect(text(cycled(cycled(first, 1), 1))).toBe('logs of cart-db');
    expect(text(cycled(first, -1))).toBe('logs of cart-db');
    expect(pressed(['x'], cycled(first, 1)).prompt.menu).toBeUndefined();
  });

  test('leaves the line where nothing fits', () => {
    const { prompt } = pressed(['logs of x']);
    expect(completed(prompt, { start: 8, words: [] })).toBe(prompt);
  });
});
