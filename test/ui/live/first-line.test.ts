import { expect, test } from 'vitest';
import { drawFirstLine } from '../../../src/ui/live/first-line.ts';

function drawn(columns: number, unicode = true): string {
  let written = '';
  const stream = {
    columns,
    write: (text: string) => {
      written += text;
      return true;
    },
  };
  drawFirstLine({ stream: stream as NodeJS.WriteStream, color: 'none', unicode });
  return written;
}

test('says that it connects, and leaves the cursor at the beginning of the line', () => {
  expect(drawn(80)).toBe('⠋ connecting · 0.0 s · Ctrl-C stops and reports\r');
});

test('never wraps: what does not fit is cut', () => {
  expect(drawn(20, false)).toBe('| connecting, 0.0 s\r');
  expect(drawn(8, false)).toBe('| conne\r');
});
