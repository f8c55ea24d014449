import { describe, expect, test } from 'vitest';
import { type MetricSeries, NO_TELEMETRY, type ServiceDependency } from '../../../src/domain/telemetry.ts';
import { causes, NOW, node, running, workload } from '../infrastructure-scene.ts';

type Labels = Readonly<Record<string, string>>;

const STEP_S = 15;
const SAMPLES = 60;
const BEGAN = 40;
const at = (index: number): number => Date.parse(NOW) / 1000 - (SAMPLES - index) * STEP_S;
const timed = (valueAt: (index: number) => number): MetricSeries['samples'] =>
  Array.from({ length: SAMPLES }, (_, index) => [at(index), valueAt(index)] as const);

/** A value that is `before` until the trouble, and `after` since; it trembles, as measured values do. */
const gauge = (name: string, labels: Labels, [before, after]: readonly [number, number]): MetricSeries => ({
  name,
  labels,
  samples: timed((index) => (index < BEGAN ? before : after) * (1 + 0.05 * Math.sin(index))),
});

/** A counter that gains so much a second; a process that starts anew counts from nothing. */
const counter = (name: string, labels: Labels, [before, after]: readonly [number, number], restartsAt = -1): MetricSeries => {
  let total = 5000;
  const samples = timed((index) => {
    total = index === restartsAt ? 0 : total + (index < BEGAN ? before : after) * STEP_S;
    return total;
  });
  return { name, labels, samples };
};

const on = (name: string, nodeName: string) => workload(name, { spec: { nodeName }, status: running });
const SCENE = [node('n1'), node('n2'), node('n3'), ...on('a', 'n1'), ...on('b', 'n1'), ...on('c', 'n1'), ...on('d', 'n2'), ...on('e', 'n2'), ...on('f', 'n2')];
const named = (series: readonly MetricSeries[], serviceDependencies: readonly ServiceDependency[] = []): string[] =>
  causes(SCENE, { telemetry: { ...NO_TELEMETRY, series, serviceDependencies } });

/** Requests a second, how many of them fail, and seconds that one takes: before and since. */
interface Served {
  readonly failing?: readonly [number, number];
  readonly seconds?: readonly [number, number];
}
const timesOf = ([before, after]: readonly [number, number], factor: number): readonly [number, number] => [before * factor, after * factor];

const VOCABULARIES: Readonly<Record<string, (name: string, served: Served) => MetricSeries[]>> = {
  'istio_*': (name, { failing = [0, 0], seconds = [0.01, 0.01] }) => {
    const of = { reporter: 'destination', destination_workload: name, destination_workload_namespace: 'shop' };
    return [
      counter('istio_requests_total', { ...of, response_code: '200' }, [50 - failing[0], 50 - failing[1]]),
      counter('istio_requests_total', { ...of, response_code: '503' }, failing),
      counter('istio_request_duration_milliseconds_sum', of, timesOf(seconds, 50_000)),
      counter('istio_request_duration_milliseconds_count', of, [50, 50]),
    ];
  },
  http_server_requests_seconds: (name, { failing = [0, 0], seconds = [0.01, 0.01] }) => {
    const of = { namespace: 'shop', pod: `${name}-6d4cf56db6-aaaaa`, uri: '/orders', method: 'GET' };
    return [
      counter('http_server_requests_seconds_count', { ...of, status: '200', outcome: 'SUCCESS' }, [50 - failing[0], 50 - failing[1]], 20),
      counter('http_server_requests_seconds_count', { ...of, status: '500', outcome: 'SERVER_ERROR' }, failing, 20),
      counter('http_server_requests_seconds_sum', { ...of, status: '200' }, timesOf(seconds, 50), 20),
    ];
  },
  'nginx_ingress_controller_*': (name, { failing = [0, 0], seconds = [0.01, 0.01] }) => {
    const of = { exported_namespace: 'shop', exported_service: name, ingress: 'shop', namespace: 'ingress-nginx', pod: 'controller-x' };
    return [
      counter('nginx_ingress_controller_requests', { ...of, status: '200' }, [50 - failing[0], 50 - failing[1]]),
      counter('nginx_ingress_controller_requests', { ...of, status: '502' }, failing),
      counter('nginx_ingress_controller_response_duration_seconds_sum', of, timesOf(seconds, 50)),
      counter('nginx_ingress_controller_response_duration_seconds_count', of, [50, 50]),
    ];
  },
  'app_*': (name, { failing = [0, 0], seconds = [0.01, 0.01] }) => {
    const of = { namespace: 'shop', app: name };
    return [
      counter('app_requests_total', { ...of, code: '2xx' }, [50 - failing[0], 50 - failing[1]]),
      counter('app_requests_total', { ...of, code: '5xx' }, failing),
      gauge('app_response_time_seconds', of, seconds),
    ];
  },
};

describe.each(Object.entries(VOCABULARIES))('%s', (_, of) => {
  const calm = ['a', 'b', 'd'].flatMap((name) => of(name, {}));

  test('at rest says nothing', () => {
    expect(named(calm)).toEqual([]);
  });

  test('that shows errors of one service names it, and not who calls it', () => {
    const errors = [...of('a', { failing: [0.05, 20] }), ...of('d', { failing: [0.05, 10] }), ...of('b', {})];
    expect(named(errors, [{ service: 'd', upstream: [], downstream: ['a'] }])).toEqual(['errors-risen on Deployment shop/a']);
  });

  test('that shows slow answers of one service names it', () => {
    expect(named([...of('a', { seconds: [0.01, 0.8] }), ...of('b', {}), ...of('d', {})])).toEqual(['network-delay on Deployment shop/a']);
  });
});

describe('container_*', () => {
  const container = { namespace: 'shop', pod: 'a-6d4cf56db6-aaaaa', container: 'app' };
  const cpu = (cores: readonly [number, number]) => counter('container_cpu_usage_seconds_total', container, cores);
  const periods = (throttled: readonly [number, number]) => [
    counter('container_cpu_cfs_periods_total', container, [10, 10]),
    counter('container_cpu_cfs_throttled_periods_total', container, throttled),
  ];

  test('throttled for most of the time and busier than usual is an overload', () => {
    expect(named([cpu([0.05, 0.5]), ...periods([0.1, 8])])).toEqual(['cpu-overload on Deployment shop/a']);
  });

  test('throttled now and then, or by a constant work, is not', () => {
    expect(named([cpu([0.05, 0.06]), ...periods([0.1, 1.5])])).toEqual([]);
    expect(named([cpu([0.5, 0.5]), ...periods([8, 8])])).toEqual([]);
  });
});

describe('node_*', () => {
  const network = (name: string, resent: readonly [number, number], dropped: readonly [number, number] = [0, 0]) => {
    const of = { job: 'node-exporter', node: name, instance: `${name}:9100` };
    return [
      counter('node_netstat_Tcp_RetransSegs', of, resent),
      counter('node_netstat_Tcp_OutSegs', of, [1000, 1000]),
      counter('node_network_receive_packets_total', { ...of, device: 'eth0' }, [1000, 1000]),
      counter('node_network_receive_drop_total', { ...of, device: 'eth0' }, dropped),
    ];
  };
  const calm: readonly [number, number] = [0.2, 0.2];

  test('that sends one segment in twenty again loses packets; its peers, which send to it, do not', () => {
    expect(named([...network('n1', [0.2, 50]), ...network('n2', [0.2, 12]), ...network('n3', calm)])).toEqual(['node-packet-loss on Node n1']);
  });

  test('that drops what it receives loses packets', () => {
    expect(named([...network('n1', calm, [0, 30]), ...network('n2', calm), ...network('n3', calm)])).toEqual(['node-packet-loss on Node n1']);
  });

  test('that resends less than one in a hundred is well', () => {
    expect(named([...network('n1', [0.2, 4]), ...network('n2', calm), ...network('n3', calm)])).toEqual([]);
  });
});

test('kube_* tells of states, which the objects tell better, and is no measure', () => {
  const state = (name: string, values: readonly [number, number]) => gauge(name, { namespace: 'shop', pod: 'a-6d4cf56db6-aaaaa' }, values);
  expect(named([state('kube_pod_container_resource_limits_memory_bytes', [1, 9]), state('kube_pod_container_status_restarts_total', [1, 9])])).toEqual([]);
});

test('a glitch of a few samples, and what was over long ago, say nothing', () => {
  const labels = { namespace: 'shop', service: 'a' };
  const glitch = { name: 'request_latency_ms', labels, samples: timed((index) => (index > 56 ? 400 : 4)) };
  const over = { name: 'request_latency_ms', labels, samples: timed((index) => (index < 20 ? 400 : 4)).map(([time, value]) => [time - 3600, value] as const) };
  expect(named([glitch])).toEqual([]);
  expect(named([over])).toEqual([]);
});

describe('what there is at most of', () => {
  const slow = VOCABULARIES['http_server_requests_seconds']?.('d', { seconds: [0.01, 2] }) ?? [];
  const of = { namespace: 'shop', pod: 'd-6d4cf56db6-aaaaa' };
  const memory = (after: number) => [
    gauge('container_memory_working_set_bytes', { ...of, container: 'd' }, [60e6, after]),
    gauge('container_spec_memory_limit_bytes', { ...of, container: 'd' }, [256e6, 256e6]),
  ];
  const pool = (after: number) => [
    gauge('hikaricp_connections_active', { ...of, pool: 'main' }, [2, after]),
    gauge('hikaricp_connections_max', { ...of, pool: 'main' }, [10, 10]),
  ];

  test('is the place of what is slow where it is nearly used up', () => {
    expect(named([...slow, ...memory(250e6)])).toContain('memory-near-limit on Deployment shop/d');
    expect(named([...slow, ...pool(10)])).toContain('connection-pool-exhausted on Deployment shop/d');
  });

  test('is not, where half of it is left, or nobody waits', () => {
    expect(named([...slow, ...memory(128e6), ...pool(5)]).filter((cause) => /memory|pool/.test(cause))).toEqual([]);
    expect(named([...memory(250e6), ...pool(10)])).toEqual([]);
  });
});
