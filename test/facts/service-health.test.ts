import { describe, expect, test } from 'vitest';
import { type Alert, type MetricSeries, NO_TELEMETRY, type ServiceDependency } from '../../src/domain/telemetry.ts';
import type { InventoryOfOptions } from '../../src/evidence/inventory-of.ts';
import { ago, causes, factsOf, NOW, node, running, workload } from './infrastructure-scene.ts';

const on = (name: string, nodeName: string) => workload(name, { spec: { nodeName }, status: running });
const alert = (alertname: string, labels: Record<string, string>, description = '', more: Partial<Alert> = {}): Alert => ({
  labels: { alertname, ...labels },
  annotations: { description },
  startsAt: ago(300),
  ...more,
});
const slow = (service: string, text = 'Normal=3.00ms -> Current=60.00ms'): Alert => alert('LatencyHigh', { namespace: 'shop', service }, text);
const calls = (service: string, ...downstream: string[]): ServiceDependency => ({ service, upstream: [], downstream });
const telemetry = (
  alerts: readonly Alert[],
  serviceDependencies: readonly ServiceDependency[] = [],
  series: readonly MetricSeries[] = [],
): InventoryOfOptions => ({
  telemetry: { ...NO_TELEMETRY, alerts, serviceDependencies, series },
});
const series = (name: string, labels: Record<string, string>, values: readonly number[]): MetricSeries => ({
  name,
  labels,
  samples: values.map((value, index) => [Date.parse(NOW) / 1000 - (values.length - index) * 5, value] as const),
});
const NODES = [node('n1'), node('n2'), node('n3')];
const SPREAD = [...NODES, ...on('a', 'n1'), ...on('b', 'n1'), ...on('c', 'n1'), ...on('d', 'n2'), ...on('e', 'n2'), ...on('f', 'n2')];

describe('alerts', () => {
  test('throttling and slowness are an overload of the workload', () => {
    expect(causes(SPREAD, telemetry([slow('a'), alert('Saturation', { namespace: 'shop', service: 'a', anomaly: 'cpu_cfs' }, 'throttled')]))).toEqual([
      'cpu-overload on Deployment shop/a',
    ]);
  });

  test('slowness of one, and of those who call it, is its network when its CPU is at rest', () => {
    expect(causes(SPREAD, telemetry([slow('a'), slow('d')], [calls('d', 'a')]))).toEqual(['network-delay on Deployment shop/a']);
    expect(causes(SPREAD, telemetry([slow('a'), alert('CpuHigh', { namespace: 'shop', deployment: 'a' }, 'Normal=0.1 -> Current=1.0')]))).toEqual([
      'cpu-surge on Deployment shop/a',
    ]);
  });

  test('slowness of most of a node is the node', () => {
    expect(causes(SPREAD, telemetry([slow('a'), slow('b'), slow('d')], [calls('d', 'a')]))).toEqual(['node-network-delay on Node n1']);
    expect(factsOf('ServiceHealth', SPREAD, telemetry([slow('a'), slow('b')])).find(({ object }) => object.name === 'n1')?.doc).toMatchObject({
      of: 'node',
      hosted: 3,
      hosted_degraded: 2,
      suspected: true,
      highest_share: true,
    });
  });

  test('packets sent again on one node are loss when they are many, delay when answers take hundreds of times longer', () => {
    const resent = (name: string, current: number) =>
      alert('NetworkQuality', { node: name, anomaly: 'TCP Retransmission' }, `Normal=0.01 -> Current=${current}`);
    expect(causes(SPREAD, telemetry([slow('a'), resent('n1', 8)]))).toEqual(['node-packet-loss on Node n1']);
    expect(causes(SPREAD, telemetry([slow('a'), resent('n1', 8), resent('n2', 0.5)]))).toEqual(['node-packet-loss on Node n1']);
    expect(causes(SPREAD, telemetry([slow('a', 'Normal=3ms -> Current=3000ms'), resent('n1', 0.9)]))).toEqual(['node-network-delay on Node n1']);
    expect(causes(NODES, telemetry(['n1', 'n2', 'n3'].map((name) => resent(name, 5))))).toEqual([]);
  });

  test('that are over, silenced, or speak of nothing that exists are left out', () => {
    expect(causes(SPREAD, telemetry([{ ...slow('a'), endsAt: ago(3600) }]))).toEqual([]);
    expect(causes(SPREAD, telemetry([{ ...slow('a'), state: 'suppressed' }]))).toEqual([]);
    expect(causes(SPREAD, telemetry([slow('nobody'), alert('Watchdog', {})]))).toEqual([]);
  });

  test('about a pod or an instance find their workload or node', () => {
    const byPod = alert('SlowResponse', { namespace: 'shop', pod: 'a-6d4cf56db6-aaaaa' });
    const byInstance = alert('PacketLoss', { instance: 'n2:9100' });
    expect(factsOf('ServiceHealth', SPREAD, telemetry([byPod, byInstance])).map(({ object }) => object.name)).toEqual(['a', 'n1', 'n2']);
  });
});

test('series say more of what alerts name, and nothing of others', () => {
  const risen = (deployment: string) => series('container_cpu_usage_cores', { namespace: 'shop', deployment }, [...Array(20).fill(0.05), ...Array(10).fill(1)]);
  const throttled = alert('CPUThrottlingHigh', { namespace: 'shop', deployment: 'a', container: 'app' }, '61% throttling of CPU');
  expect(causes(SPREAD, telemetry([throttled]))).toEqual([]);
  const facts = factsOf('ServiceHealth', SPREAD, telemetry([throttled], [], [risen('a'), risen('d')]));
  expect(facts.filter(({ doc }) => doc['of'] === 'workload').map(({ object }) => object.name)).toEqual(['a']);
  expect(causes(SPREAD, telemetry([throttled], [], [risen('a'), risen('d')]))).toEqual(['cpu-overload on Deployment shop/a']);
});

describe('series, where nobody wrote alerts', () => {
  const rest = Array.from({ length: 30 }, () => 1);
  const risen = [...rest, ...Array.from({ length: 10 }, () => 20)];

  test('are told apart by the words in their names', () => {
    const measured = [
      series('container_cpu_cfs_throttled_seconds', { namespace: 'shop', pod: 'a-6d4cf56db6-aaaaa' }, risen),
      series('http_request_duration_seconds', { namespace: 'shop', service: 'a' }, risen),
      series('http_requests_per_second', { namespace: 'shop', service: 'a' }, [...rest, ...Array.from({ length: 10 }, () => 0.1)]),
      series('container_network_receive_packets', { namespace: 'shop', service: 'a' }, rest),
    ];
    const [fact] = factsOf('ServiceHealth', SPREAD, telemetry([], [], measured));
    expect(fact?.doc).toMatchObject({ latency: { factor: 20, alerted: false }, throttling: { current: 20 }, requests: { factor: 0.1 }, traffic: null });
    expect(causes(SPREAD, telemetry([], [], measured))).toEqual(['cpu-overload on Deployment shop/a']);
  });

  test('that are at rest, short, or tiny say nothing', () => {
    const quiet = [
      series('http_request_duration_seconds', { namespace: 'shop', service: 'a' }, rest),
      series('http_request_duration_seconds', { namespace: 'shop', service: 'b' }, [1, 1, 20]),
      series('node_tcp_retransmissions', { node: 'n1' }, [...rest.map(() => 0), 0.1, 0.1, 0.1, 0.1]),
    ];
    expect(factsOf('ServiceHealth', SPREAD, telemetry([], [], quiet))).toEqual([]);
  });
});
