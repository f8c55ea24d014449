import { expect, test } from 'vitest';
import { clock } from '../../src/report/clock.ts';
import { duration } from '../../src/report/duration.ts';

test.each([
  [0.4, '0 ms'],
  [412, '412 ms'],
  [1_320, '1.3 s'],
  [59_940, '59.9 s'],
  [125_000, '2 min 5 s'],
  [119_700, '2 min 0 s'],
])('%d milliseconds are %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});

test.each([
  ['2026-01-31T10:00:00.123+01:00', '2026-01-31 09:00:00 UTC'],
  ['never', 'never'],
])('%s reads %s', (time, text) => {
  expect(clock(time)).toBe(text);
});
