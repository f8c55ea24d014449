import { expect, test } from 'vitest';
import { relativeTime } from '../../../src/commands/stored/relative-time.ts';

const NOW = new Date('2026-01-31T10:00:00Z');

test.each([
  ['2026-01-31T10:00:00Z', '0s'],
  ['2026-01-31T09:59:01Z', '59s'],
  ['2026-01-31T09:59:00Z', '1m'],
  ['2026-01-31T09:00:01Z', '59m'],
  ['2026-01-31T09:00:00Z', '1h'],
  ['2026-01-30T10:00:01Z', '23h'],
  ['2026-01-30T10:00:00Z', '1d'],
  ['2025-12-31T10:00:00Z', '31d'],
  ['2026-01-31T10:00:05Z', '0s'],
])('%s is %s old', (at, expected) => {
  expect(relativeTime(at, NOW)).toBe(expected);
});
