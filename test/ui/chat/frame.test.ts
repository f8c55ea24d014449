import { describe, expect, test } from 'vitest';
import { paintFor } from '../../../src/report/paint.ts';
import { displayWidth } from '../../../src/report/wrap.ts';
import { type FrameOptions, frame } from '../../../src/ui/chat/frame.ts';
import { EMPTY_EDITOR, insert, toStart } from '../../../src/ui/chat/line-editor.ts';
import { EMPTY_PROMPT } from '../../../src/ui/chat/prompt.ts';

const written = (text: string): Partial<FrameOptions> => ({ prompt: { ...EMPTY_PROMPT, editor: insert(EMPTY_EDITOR, text) } });
const drawn = (given: Partial<FrameOptions>): ReturnType<typeof frame> =>
  frame({
    prompt: EMPTY_PROMPT,
    history: [],
    where: ['prod-eu', 'shop', 'Insufficient Memory', 'inc-0123456789'],
    queued: 0,
    notice: undefined,
    columns: 60,
    rows: 12,
    paint: paintFor('none'),
    unicode: true,
    ...given,
  });

describe('the lines below the answers', () => {
  test('where one is, and what is being written, with the cursor in it', () => {
    expect(drawn(written('why'))).toEqual({ lines: ['prod-eu · shop · Insufficient Memory · inc-0123456789', '❯ why'], cursor: { x: 5, y: 1 } });
  });

  test('lines that wait are counted', () => {
    expect(drawn({ queued: 2 }).lines[0]).toMatch(/^2 waiting · prod-eu · shop/);
  });

  test('a long line is a window around the cursor', () => {
    const { lines, cursor } = drawn(written(`${'0123456789'.repeat(30)}end`));
    expect(lines[1]).toMatch(/end$/);
    expect(cursor.x).toBe(displayWidth(lines[1] ?? ''));
    const atStart = drawn({ prompt: { ...EMPTY_PROMPT, editor: toStart(insert(EMPTY_EDITOR, '0123456789'.repeat(30))) } });
    expect(atStart.lines[1]).toMatch(/^❯ 0123/);
    expect(atStart.cursor.x).toBe(2);
  });

  test('wide letters are counted in cells', () => {
    expect(drawn(written('日本')).cursor.x).toBe(6);
  });

  test.each([3, 4, 6, 12, 40])('of %i rows no more are taken, whatever was written and offered', (rows) => {
    const words = Array.from({ length: 30 }, (_, index) => ({ word: `word-${index}`, help: 'what it is' }));
    const prompt = { ...EMPTY_PROMPT, editor: insert(EMPTY_EDITOR, 'line\n'.repeat(5_000)), menu: { words, start: 0, chosen: 20 } };
    const { lines, cursor } = drawn({ prompt, rows });
    expect(lines.length).toBeLessThanOrEqual(rows);
    expect(cursor.y).toBeLessThan(lines.length);
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(60);
  });

  test('a menu shows the word that was chosen', () => {
    const words = Array.from({ length: 30 }, (_, index) => ({ word: `word-${index}`, help: '' }));
    expect(drawn({ prompt: { ...EMPTY_PROMPT, menu: { words, start: 0, chosen: 20 } } }).lines.join('\n')).toContain('word-20');
  });

  test('nothing that was pasted moves the cursor', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(drawn(written('a\u001b[2Jb\u0007')).lines.join('')).not.toMatch(/[\u0000-\u001f]/);
  });

  test('a search shows what it found, or that it found nothing', () => {
    const history = ['checkout is failing'];
    expect(drawn({ prompt: { ...EMPTY_PROMPT, search: { query: 'fail', found: 0 } }, history }).lines[1]).toBe('search: fail  checkout is failing');
    expect(drawn({ prompt: { ...EMPTY_PROMPT, search: { query: 'x', found: undefined } }, history }).lines[1]).toBe('not found: x');
  });
});
