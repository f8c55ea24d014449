import { expect, test } from 'vitest';
import { changePoint } from '../../src/facts/change-point.ts';

const START = Date.parse('2026-01-01T10:00:00Z') / 1000;
const series = (values: readonly number[]) => ({ name: 'latency', labels: {}, samples: values.map((value, index) => [START + index * 60, value] as const) });
const minutes = (value: number, count: number): number[] => Array.from({ length: count }, () => value);

test.each<[string, number[], [number, number], string | null]>([
  ['since it rose', [...minutes(1, 10), ...minutes(9, 20)], [1, 9], '10:10'],
  ['since it fell', [...minutes(9, 10), ...minutes(1, 20)], [9, 1], '10:10'],
  ['though it dips now and then', [...minutes(1, 10), ...minutes(9, 8), 1, ...minutes(9, 11)], [1, 9], '10:10'],
  ['and not since a short rise long before', [...minutes(1, 5), 9, ...minutes(1, 14), ...minutes(9, 10)], [1, 9], '10:20'],
  ['never, when it is over', [...minutes(1, 10), ...minutes(9, 5), ...minutes(1, 15)], [1, 9], null],
  ['never, when nothing is unusual', minutes(1, 20), [1, 1], null],
])('a series is unusual %s', (_, values, [normal, current], expected) => {
  expect(changePoint(series(values), { normal, current })?.slice(11, 16) ?? null).toBe(expected);
});

test('a measure without values has no beginning', () => {
  expect(changePoint(series([1, 2]), { normal: null, current: null })).toBeNull();
});
