import { expect, test } from 'vitest';
import { spokenDuration } from '../../src/domain/spoken-duration.ts';

test.each([
  [0, '0 s'],
  [1.4, '1 s'],
  [120, '120 s'],
  [1536, '26 min'],
  [7200, '2 h'],
  [172_800, '2 days'],
])('%d s', (seconds, spoken) => {
  expect(spokenDuration(seconds)).toBe(spoken);
});
