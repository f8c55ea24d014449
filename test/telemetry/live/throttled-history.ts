const STEP_S = 15;
const LENGTH_S = 3600;

type Series = (labels: Record<string, string>, value: (beforeNow: number) => number) => string[];

const identity = (name: string, labels: Record<string, string>): string =>
  `${name}{${Object.entries(labels)
    .map(([key, text]) => `${key}="${text}"`)
    .join(',')}}`;

const times = (now: number): { at: number; beforeNow: number }[] =>
  Array.from({ length: LENGTH_S / STEP_S }, (_, index) => ({ at: now - LENGTH_S + index * STEP_S, beforeNow: LENGTH_S - index * STEP_S }));

/** A counter that grows by so much a second, sampled for the last hour. */
const counter =
  (now: number, name: string): Series =>
  (labels, rate) => {
    let value = 0;
    return times(now).map(({ at, beforeNow }) => {
      value += STEP_S * rate(beforeNow);
      return `${identity(`${name}_total`, labels)} ${value} ${at}`;
    });
  };

const gauge =
  (now: number, name: string): Series =>
  (labels, value) =>
    times(now).map(({ at, beforeNow }) => `${identity(name, labels)} ${value(beforeNow)} ${at}`);

const family = (type: string, name: string, ...series: readonly string[][]): string => `# TYPE ${name} ${type}\n${series.flat().join('\n')}`;

/** The last hour as OpenMetrics: pod web-1 is throttled and fails since 20 minutes; its neighbour web-2 is well, a volume is nearly full, node n1 sends much again. */
export function throttledHistory(now: number): string {
  const since = (bad: number, good: number) => (beforeNow: number) => (beforeNow < 1200 ? bad : good);
  const steady = (value: number) => () => value;
  const pod = (name: string, more: Record<string, string> = { container: 'app' }) => ({ namespace: 'shop', pod: name, ...more });
  const volume = { namespace: 'shop', persistentvolumeclaim: 'data' };
  const [used, periods, throttled] = ['container_cpu_usage_seconds', 'container_cpu_cfs_periods', 'container_cpu_cfs_throttled_periods'] as const;
  const cpu = counter(now, used);
  const requests = counter(now, 'http_requests');
  const families = [
    family(
      'counter',
      used,
      cpu(pod('web-1'), since(0.9, 0.1)),
      cpu(pod('web-2'), steady(0.1)),
      cpu({ namespace: 'other', pod: 'x', container: 'app' }, steady(5)),
    ),
    family('counter', periods, counter(now, periods)(pod('web-1'), steady(10))),
    family('counter', throttled, counter(now, throttled)(pod('web-1'), since(8, 0.1))),
    family('counter', 'http_requests', requests(pod('web-1', { code: '200' }), steady(20)), requests(pod('web-1', { code: '500' }), since(10, 0.02))),
    family('gauge', 'kubelet_volume_stats_available_bytes', gauge(now, 'kubelet_volume_stats_available_bytes')(volume, steady(5))),
    family('gauge', 'kubelet_volume_stats_capacity_bytes', gauge(now, 'kubelet_volume_stats_capacity_bytes')(volume, steady(100))),
    // node-exporter leaves the ending _total away.
    family(
      'gauge',
      'node_netstat_Tcp_RetransSegs',
      gauge(now, 'node_netstat_Tcp_RetransSegs')({ instance: 'n1:9100' }, (beforeNow) => (LENGTH_S - beforeNow) * 12),
    ),
  ];
  return `${families.join('\n')}\n# EOF\n`;
}
