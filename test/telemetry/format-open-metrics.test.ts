import { expect, test } from 'vitest';
import { formatOpenMetrics } from '../../src/telemetry/format-open-metrics.ts';
import { parseOpenMetrics } from '../../src/telemetry/parse-open-metrics.ts';

test('series are read back as they were written', () => {
  const series = [
    { name: 'pod_cpu_cores', labels: { namespace: 'shop', pod: 'web-1' }, samples: [[1_700_000_000, 0.25] as const, [1_700_000_030.5, 1e-7] as const] },
    { name: 'node_cpu_utilization_ratio', labels: { odd: 'a "quoted" \\ }\nline' }, samples: [[1_700_000_000, 1] as const] },
    { name: 'pod_cpu_cores', labels: {}, samples: [[1_700_000_000, 3] as const] },
  ];
  const text = formatOpenMetrics(series);
  const read = parseOpenMetrics(text);
  expect(read.problems).toEqual([]);
  expect(read.series).toEqual([series[0], series[2], series[1]]);
  expect(text.endsWith('# EOF\n')).toBe(true);
});

test('no series are an empty file', () => {
  expect(formatOpenMetrics([])).toBe('# EOF\n');
});
