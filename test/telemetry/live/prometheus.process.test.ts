import { describe, expect, test } from 'vitest';
import type { MetricSeries } from '../../../src/domain/telemetry.ts';
import { METRIC_QUERIES, namespaceMatcher } from '../../../src/telemetry/live/metric-queries.ts';
import { Prometheus } from '../../../src/telemetry/live/prometheus.ts';
import { openAccess } from '../../../src/telemetry/live/server-access.ts';
import { json, MisbehavingServer } from './misbehaving-server.ts';
import { MISSING, RealServer } from './real-servers.ts';
import { throttledHistory } from './throttled-history.ts';

const never = new AbortController().signal;
const open = async (url: string): Promise<Prometheus> => new Prometheus(await openAccess({ url, tokenFile: undefined, caFile: undefined }));
const NOW = Math.floor(Date.now() / 1000);
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
const LAST_HOUR = { namespaces: ['shop'], since: iso(NOW - 3600), until: iso(NOW) };

const of = (series: readonly MetricSeries[], name: string, labels: Record<string, string>): MetricSeries | undefined =>
  series.find((one) => one.name === name && Object.entries(labels).every(([key, value]) => one.labels[key] === value));
const ends = (series: MetricSeries | undefined): number[] =>
  [series?.samples.at(20)?.[1] ?? Number.NaN, series?.samples.at(-3)?.[1] ?? Number.NaN].map((value) => Math.round(value * 100) / 100);

describe.skipIf(MISSING !== undefined)(`a real Prometheus${MISSING === undefined ? '' : ` (${MISSING})`}`, () => {
  test('tells what pods, services and volumes suffer, of the namespace that is asked for', async () => {
    await using server = await RealServer.prometheus({ history: throttledHistory(NOW) });
    const { items, gaps } = await (await open(server.url)).series(LAST_HOUR, never);
    expect(gaps).toEqual([]);
    expect(ends(of(items, 'pod_cpu_cores', { namespace: 'shop', pod: 'web-1' }))).toEqual([0.1, 0.9]);
    expect(ends(of(items, 'pod_cpu_cores', { pod: 'web-2' }))).toEqual([0.1, 0.1]);
    expect(ends(of(items, 'pod_cpu_throttled_ratio', { pod: 'web-1' }))).toEqual([0.01, 0.8]);
    expect(ends(of(items, 'pod_error_ratio', { pod: 'web-1' }))).toEqual([0, 0.33]);
    expect(ends(of(items, 'volume_used_ratio', { persistentvolumeclaim: 'data' }))).toEqual([0.95, 0.95]);
    expect(of(items, 'pod_cpu_cores', { pod: 'x' })).toBeUndefined();
    expect(items.every(({ samples }) => samples.length <= 121)).toBe(true);
  });

  test('takes every question, for one namespace, several and all', async () => {
    await using server = await RealServer.prometheus({});
    const prometheus = await open(server.url);
    for (const namespaces of [['shop'], ['shop', 'billing'], []]) expect((await prometheus.series({ ...LAST_HOUR, namespaces }, never)).gaps).toEqual([]);
    expect(await prometheus.probe(never)).toEqual({ items: ['its API answers'], gaps: [] });
  });

  test('scrapes an exporter, and tells what it exports', async () => {
    let used = 100;
    await using exporter = await MisbehavingServer.start((_, response) =>
      response.end(`container_cpu_usage_seconds_total{namespace="shop",pod="web-1",container="app"} ${used++}\n`),
    );
    await using server = await RealServer.prometheus({ targets: [{ target: new URL(exporter.url).host, labels: { node: 'n1' } }] });
    const prometheus = await open(server.url);
    const until = Date.now() + 15_000;
    let found: MetricSeries | undefined;
    while (found === undefined && Date.now() < until) {
      const now = Date.now() / 1000;
      const { items } = await prometheus.series({ ...LAST_HOUR, since: iso(now - 60), until: iso(now) }, never);
      found = of(items, 'pod_cpu_cores', { namespace: 'shop', pod: 'web-1' });
    }
    expect(found?.samples.at(-1)?.[1]).toBeGreaterThan(0);
  });
});

describe('a Prometheus that does not answer well', () => {
  test('is asked no more after the first question, and costs one gap', async () => {
    await using server = await MisbehavingServer.start(json({ status: 'error', error: 'query engine is down' }, 500));
    const prometheus = await open(server.url);
    expect(await prometheus.series(LAST_HOUR, never)).toEqual({
      items: [],
      gaps: [
        { what: `metrics of ${server.url}`, why: 'not-collected', needs: `an answer of ${server.url}`, detail: 'it answers HTTP 500: query engine is down' },
      ],
    });
    expect(server.seen).toHaveLength(1);
  });

  test.each([
    ['another server', { hello: 'world' }],
    ['a vector', { status: 'success', data: { resultType: 'vector', result: [] } }],
    ['null', null],
  ])('%s is told as what it is', async (_, answer) => {
    await using server = await MisbehavingServer.start(json(answer));
    const prometheus = await open(server.url);
    expect((await prometheus.series(LAST_HOUR, never)).gaps).toMatchObject([{ why: 'not-collected', detail: 'its answer is no matrix of series' }]);
  });

  test('what is damaged in its answer is left out, and too many series are cut', async () => {
    const series = (index: number) => ({
      metric: { pod: `web-${index}`, namespace: 'shop', __name__: 'x', odd: 7 },
      values: [
        [NOW, '1.5'],
        [NOW + 15, 'NaN'],
        ['x', '2'],
      ],
    });
    const result = [...Array.from({ length: 600 }, (_, index) => series(index)), { metric: null, values: 'none' }];
    await using server = await MisbehavingServer.start(
      json({ status: 'success', data: { resultType: 'matrix', result: result.map((one) => (one.metric === null ? { values: 'none' } : one)) } }),
    );
    const { items, gaps } = await (await open(server.url)).series(LAST_HOUR, never);
    expect(items[0]).toEqual({ name: 'pod_cpu_cores', labels: { pod: 'web-0', namespace: 'shop' }, samples: [[NOW, 1.5]] });
    expect(items).toHaveLength(500 * METRIC_QUERIES.length);
    expect(gaps[0]).toMatchObject({ why: 'truncated', detail: 'only the first 500 of 600 series of pod_cpu_cores were kept' });
  });

  test('the questions are few and only about the namespaces', async () => {
    await using server = await MisbehavingServer.start(json({ status: 'success', data: { resultType: 'matrix', result: [] } }));
    await (await open(server.url)).series({ ...LAST_HOUR, namespaces: ['shop', 'a"b'] }, never);
    const asked = server.seen.map(({ url }) => new URL(url ?? '', server.url).searchParams);
    expect(asked).toHaveLength(METRIC_QUERIES.length);
    expect(asked.every((params) => params.get('step') === '30' && params.get('timeout') === '5s')).toBe(true);
    expect(asked[0]?.get('query')).toContain('namespace=~"shop|ab"');
    expect(namespaceMatcher('namespace', [])).toBe('namespace!=""');
  });
});
