import { describe, expect, test } from 'vitest';
import { BINDINGS } from '../../../src/ui/chat/bindings.ts';
import { down, type Editor, EMPTY_EDITOR, insert, textOf, up } from '../../../src/ui/chat/line-editor.ts';

/** The text with the cursor drawn into it. */
const drawn = ({ lines, row, column }: Editor): string =>
  lines.map((line, index) => (index === row ? `${line.slice(0, column)}|${line.slice(column)}` : line)).join('\n');
const typed = (text: string, ...keys: string[]): Editor => keys.reduce((editor, key) => BINDINGS[key]?.(editor) ?? editor, insert(EMPTY_EDITOR, text));

describe('a key on the line', () => {
  test.each<[string, string[], string]>([
    ['one two', ['C-a'], '|one two'],
    ['one two', ['C-a', 'C-e'], 'one two|'],
    ['one two', ['left', 'C-b', 'right'], 'one tw|o'],
    ['one two-three', ['M-b', 'M-b'], 'one |two-three'],
    ['one two', ['C-a', 'M-f'], 'one| two'],
    ['one two', ['M-b', 'C-k'], 'one |'],
    ['one two', ['M-b', 'C-u'], '|two'],
    ['one two ', ['C-w'], 'one |'],
    ['one two-three', ['C-w'], 'one |'],
    ['one two-three', ['M-backspace'], 'one two-|'],
    ['one two', ['C-a', 'M-d'], '| two'],
    ['one two', ['C-a', 'C-d', 'C-d'], '|e two'],
    ['one two', ['backspace', 'C-h'], 'one t|'],
    ['teh', ['C-t'], 'the|'],
    // Cuts in a row are put back as one.
    ['one two three', ['C-w', 'C-w', 'C-y'], 'one two three|'],
    ['one two three', ['C-w', 'C-a', 'C-y'], 'three|one two '],
    ['one two', ['C-w', 'C-_'], 'one two|'],
    ['one', ['C-_', 'C-_'], '|'],
  ])('%j %j', (text, keys, expected) => {
    expect(drawn(typed(text, ...keys))).toBe(expected);
  });

  test.each<[string, string[], string]>([
    ['ab\ncd', ['C-a', 'left'], 'ab|\ncd'],
    ['ab\ncd', ['C-a', 'backspace'], 'ab|cd'],
    ['ab\ncd', ['C-a', 'left', 'delete'], 'ab|cd'],
    ['ab\ncd', ['C-a', 'left', 'C-k'], 'ab|cd'],
    ['ab\ncd', ['C-a', 'left', 'C-f'], 'ab\n|cd'],
  ])('%j %j, over the end of a line', (text, keys, expected) => {
    expect(drawn(typed(text, ...keys))).toBe(expected);
  });

  test('up and down keep their place, and tell where there is no further line', () => {
    const editor = typed('long line\nx');
    expect(drawn(up(editor) ?? editor)).toBe('l|ong line\nx');
    expect(down(editor)).toBeUndefined();
    expect(up(up(editor) ?? editor)).toBeUndefined();
  });

  test.each(['👩‍🚀', 'é', '日'])('takes %s as one letter', (letter) => {
    expect(drawn(typed(`a${letter}`, 'backspace'))).toBe('a|');
    expect(drawn(typed(`a${letter}b`, 'left', 'left'))).toBe(`a|${letter}b`);
  });

  test('costs no more in five thousand lines, and what can be undone is bounded', () => {
    let editor = insert(EMPTY_EDITOR, 'a line of some length\n'.repeat(5_000));
    const started = performance.now();
    for (let index = 0; index < 500; index += 1) editor = insert(editor, index % 2 === 0 ? 'x' : '\n');
    expect(performance.now() - started).toBeLessThan(500);
    expect(editor.past.length).toBeLessThanOrEqual(100);
    expect(textOf(editor).split('\n')).toHaveLength(5_251);
  });
});
