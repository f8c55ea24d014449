import { expect, test } from 'vitest';
import { elapsedText, newest, readRows } from '../../../src/ui/live/live-region.ts';

test.each([
  [24, 5],
  [8, 5],
  [6, 3],
  [3, 0],
  [1, 0],
])('on %i rows there are %i for reads: one stays free', (rows, reads) => {
  expect(readRows(rows)).toBe(reads);
});

test('the newest of a list are shown', () => {
  expect(newest([1, 2, 3], 2)).toEqual([2, 3]);
  expect(newest([1, 2, 3], 0)).toEqual([]);
});

test.each([
  [430, '0.4 s'],
  [12_900, '12 s'],
  [125_000, '2 min 5 s'],
])('%i ms are shown as %s', (milliseconds, text) => {
  expect(elapsedText(milliseconds)).toBe(text);
});
