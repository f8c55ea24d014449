import { expect, test } from 'vitest';
import { excursionOf } from '../../../src/facts/metrics/excursion.ts';

const START = Date.parse('2026-01-01T10:00:00Z') / 1000;
const series = (values: readonly number[]) => ({ name: 'latency', labels: {}, samples: values.map((value, index) => [START + index * 60, value] as const) });
const minutes = (value: number, count: number): number[] => Array.from({ length: count }, () => value);

test.each<[string, number[], [number, number], [string, string] | null]>([
  ['since it rose', [...minutes(1, 10), ...minutes(9, 20)], [1, 9], ['10:10', '10:29']],
  ['since it fell', [...minutes(9, 10), ...minutes(1, 20)], [9, 1], ['10:10', '10:29']],
  ['though it dips now and then', [...minutes(1, 10), ...minutes(9, 8), 1, ...minutes(9, 11)], [1, 9], ['10:10', '10:29']],
  ['and not since a short rise long before', [...minutes(1, 5), 9, ...minutes(1, 14), ...minutes(9, 10)], [1, 9], ['10:20', '10:29']],
  ['until it was over', [...minutes(1, 10), ...minutes(9, 5), ...minutes(1, 15)], [1, 9], ['10:10', '10:14']],
  ['never, when nothing is unusual', minutes(1, 20), [1, 1], null],
])('a series is unusual %s', (_, values, [normal, current], expected) => {
  const found = excursionOf(series(values), { normal, current });
  expect(found && [found.since.slice(11, 16), found.until.slice(11, 16)]).toEqual(expected);
});

test('a measure without values has no beginning', () => {
  expect(excursionOf(series([1, 2]), { normal: null, current: null })).toBeNull();
});
