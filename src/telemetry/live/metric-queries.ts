/** One question to Prometheus. Its answer bears the name, so that live series read like those of a metrics.om. */
export interface MetricQuery {
  /** The words in it tell what is measured (facts/health-measures.ts); it ends in the unit. */
  readonly name: string;
  readonly expression: (scope: QueryScope) => string;
}

interface QueryScope {
  /** A matcher of the label `namespace`, without braces. */
  readonly inNamespaces: string;
  /** The same values for another label. */
  readonly matching: (label: string) => string;
  /** The window of rates: `2m`. */
  readonly window: string;
}

/** Histograms of answer times, as the usual libraries and proxies call them. */
const DURATIONS =
  'http_request_duration_seconds|http_server_request_duration_seconds|http_server_requests_seconds|http_server_duration_milliseconds|grpc_server_handling_seconds|request_duration_seconds|response_latency_ms';
/** Counters of requests, with the status in `code` or `status`. */
const REQUESTS = 'http_requests_total|http_request_duration_seconds_count|http_server_requests_seconds_count|http_server_request_duration_seconds_count';

/** Connections in use of a pool, and the most that it may have: HikariCP by Micrometer, Go's database/sql by its collector. */
const POOL_USED = 'hikaricp_connections_active|go_sql_in_use_connections|go_sql_stats_connections_in_use';
const POOL_MOST = 'hikaricp_connections_max|go_sql_max_open_connections|go_sql_stats_connections_max_open';

const pods = (expression: string): string => `sum by (namespace, pod) (${expression})`;
const nodes = (expression: string): string => `sum by (node, instance) (${expression})`;
const failed = (matcher: string, window: string): string =>
  `(${pods(`rate({__name__=~"${REQUESTS}",code=~"5..",${matcher}}[${window}])`)} or ${pods(`rate({__name__=~"${REQUESTS}",status=~"5..",${matcher}}[${window}])`)})`;

/** Everything that is asked: what pods use, how they answer, what nodes suffer. Few, whatever the size of the cluster. */
export const METRIC_QUERIES: readonly MetricQuery[] = [
  {
    name: 'pod_cpu_cores',
    expression: ({ inNamespaces, window }) => pods(`rate(container_cpu_usage_seconds_total{container!="",${inNamespaces}}[${window}])`),
  },
  { name: 'pod_memory_bytes', expression: ({ inNamespaces }) => pods(`container_memory_working_set_bytes{container!="",${inNamespaces}}`) },
  {
    name: 'pod_memory_limit_ratio',
    expression: ({ inNamespaces }) =>
      `${pods(`container_memory_working_set_bytes{container!="",${inNamespaces}}`)} / (${pods(`container_spec_memory_limit_bytes{container!="",${inNamespaces}}`)} > 0)`,
  },
  {
    name: 'pod_pool_used_ratio',
    expression: ({ inNamespaces }) => `${pods(`{__name__=~"${POOL_USED}",${inNamespaces}}`)} / (${pods(`{__name__=~"${POOL_MOST}",${inNamespaces}}`)} > 0)`,
  },
  {
    name: 'pod_packet_loss_ratio',
    expression: ({ inNamespaces, window }) =>
      `${pods(`rate(container_network_receive_packets_dropped_total{${inNamespaces}}[${window}])`)} / ${pods(`rate(container_network_receive_packets_total{${inNamespaces}}[${window}])`)}`,
  },
  {
    name: 'pod_cpu_throttled_ratio',
    expression: ({ inNamespaces, window }) =>
      `${pods(`rate(container_cpu_cfs_throttled_periods_total{container!="",${inNamespaces}}[${window}])`)} / ${pods(`rate(container_cpu_cfs_periods_total{container!="",${inNamespaces}}[${window}])`)}`,
  },
  {
    name: 'pod_latency_p95',
    expression: ({ inNamespaces, window }) =>
      `histogram_quantile(0.95, sum by (le, namespace, pod) (rate({__name__=~"(${DURATIONS})_bucket",${inNamespaces}}[${window}])))`,
  },
  {
    name: 'service_latency_p95',
    expression: ({ matching, window }) => {
      const of = matching('destination_service_namespace');
      return `label_replace(label_replace(histogram_quantile(0.95, sum by (le, destination_service_namespace, destination_service_name) (rate(istio_request_duration_milliseconds_bucket{reporter="destination",${of}}[${window}]))), "namespace", "$1", "destination_service_namespace", "(.*)"), "service", "$1", "destination_service_name", "(.*)")`;
    },
  },
  {
    name: 'pod_error_ratio',
    expression: ({ inNamespaces, window }) => `${failed(inNamespaces, window)} / ${pods(`rate({__name__=~"${REQUESTS}",${inNamespaces}}[${window}])`)}`,
  },
  { name: 'pod_requests_per_second', expression: ({ inNamespaces, window }) => pods(`rate({__name__=~"${REQUESTS}",${inNamespaces}}[${window}])`) },
  { name: 'pod_restarts', expression: ({ inNamespaces }) => pods(`kube_pod_container_status_restarts_total{${inNamespaces}}`) },
  {
    name: 'volume_used_ratio',
    expression: ({ inNamespaces }) =>
      `1 - max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_available_bytes{${inNamespaces}} / kubelet_volume_stats_capacity_bytes{${inNamespaces}})`,
  },
  { name: 'node_cpu_utilization_ratio', expression: ({ window }) => `1 - avg by (node, instance) (rate(node_cpu_seconds_total{mode="idle"}[${window}]))` },
  { name: 'node_memory_utilization_ratio', expression: () => '1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes' },
  {
    name: 'node_tcp_retransmissions_ratio',
    expression: ({ window }) => `${nodes(`rate(node_netstat_Tcp_RetransSegs[${window}])`)} / ${nodes(`rate(node_netstat_Tcp_OutSegs[${window}])`)}`,
  },
  {
    name: 'node_packet_loss_ratio',
    expression: ({ window }) =>
      `${nodes(`rate(node_network_receive_drop_total{device!~"lo|veth.*"}[${window}])`)} / ${nodes(`rate(node_network_receive_packets_total{device!~"lo|veth.*"}[${window}])`)}`,
  },
];

/** `namespace="shop"`, `namespace=~"shop|billing"`; without namespaces, whatever has one. */
export function namespaceMatcher(label: string, namespaces: readonly string[]): string {
  if (namespaces.length === 0) return `${label}!=""`;
  const [only, ...others] = namespaces.map((name) => name.replace(/[^a-z0-9.-]/gi, ''));
  return others.length === 0 ? `${label}="${only}"` : `${label}=~"${[only, ...others].join('|')}"`;
}
