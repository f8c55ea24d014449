import { describe, expect, test } from 'vitest';
import { parseOpenMetrics } from '../../src/telemetry/parse-open-metrics.ts';

describe('parseOpenMetrics', () => {
  test('gathers the samples of a series, in order of time', () => {
    const { series, problems } = parseOpenMetrics(
      [
        '# HELP cpu_cores CPU used',
        '# TYPE cpu_cores gauge',
        'cpu_cores{namespace="shop",service="api"} 0.5 1700000010',
        'cpu_cores{namespace="shop",service="api"} 0.25 1700000000.5',
        'cpu_cores{namespace="shop",service="web"} +Inf 1700000000',
        'up 1 1700000000',
        '# EOF',
      ].join('\n'),
    );
    expect(problems).toEqual([]);
    expect(series).toEqual([
      {
        name: 'cpu_cores',
        labels: { namespace: 'shop', service: 'api' },
        samples: [
          [1_700_000_000.5, 0.25],
          [1_700_000_010, 0.5],
        ],
      },
      { name: 'cpu_cores', labels: { namespace: 'shop', service: 'web' }, samples: [[1_700_000_000, Number.POSITIVE_INFINITY]] },
      { name: 'up', labels: {}, samples: [[1_700_000_000, 1]] },
    ]);
  });

  test('reads escapes and braces in label values, exemplars, and times in milliseconds', () => {
    const { series } = parseOpenMetrics('http_total{path="/a{b} \\"c\\"\\n",le="1"} 3 1700000000123 # {trace_id="x"} 1 1700000000\r\n');
    expect(series).toEqual([{ name: 'http_total', labels: { path: '/a{b} "c"\n', le: '1' }, samples: [[1_700_000_000.123, 3]] }]);
  });

  test('a value that is not a number is a missing value, not a sample', () => {
    expect(parseOpenMetrics('ratio NaN 1700000000\n')).toEqual({ series: [], problems: [] });
  });

  test('a sample whose line was cut short is not believed: its time may be cut, too', () => {
    const { series, problems } = parseOpenMetrics('up 1 1700000000\nup 1 17000');
    expect(series).toEqual([{ name: 'up', labels: {}, samples: [[1_700_000_000, 1]] }]);
    expect(problems).toEqual(['it ends in the middle of a line']);
    expect(parseOpenMetrics('up 1 1700000000\n# EOF').problems).toEqual([]);
  });

  test('counts what it cannot use', () => {
    const { series, problems } = parseOpenMetrics('up 1\nup one 1700000000\n{nothing\nup 1 1700000000\n');
    expect(series).toHaveLength(1);
    expect(problems).toEqual(['2 of its lines are no samples', '1 of its samples bear no time and were passed over']);
  });
});
