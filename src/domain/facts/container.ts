import * as z from 'zod';
import { conditionMapSchema, referenceSchema } from './shapes.ts';

const probeSchema = z
  .object({
    kind: z.enum(['http', 'tcp', 'grpc', 'exec']),
    port: z.number().nullable().describe('as a number; null for exec, and for a named port that the container does not declare'),
    port_name: z.string().nullable().describe('set when the probe names its port'),
    path: z.string().nullable(),
    scheme: z.string().nullable(),
    command: z.string().nullable(),
    initial_delay_s: z.number(),
    period_s: z.number(),
    timeout_s: z.number(),
    failure_threshold: z.number(),
    budget_s: z.number().describe('initial delay + period × failure threshold: how long the container may take before it is acted upon'),
    port_known: z
      .boolean()
      .nullable()
      .describe('whether the container declares the port, logs that it listens on it, or a Service sends traffic to it; null when no port is known at all'),
    known_ports: z.string().nullable().describe('the ports that are known, for the statement: "5050, 8080"'),
    failures: z.number().describe('how often it failed, by events that are not stale'),
    failed_s: z.number().nullable().describe('age of the newest such failure'),
    error: z
      .enum(['refused', 'timeout', 'http-status', 'not-http', 'tls-mismatch', 'grpc-unimplemented', 'unhealthy', 'command', 'unreachable', 'other'])
      .nullable()
      .describe('what the newest failure was'),
    status: z.number().nullable().describe('the HTTP status it got'),
    message: z.string().nullable(),
    other_passes: z.boolean().describe('another probe of the container has no failures, while the container has run long enough for it to fail'),
    differs: z.array(z.enum(['port', 'kind', 'path', 'scheme'])).describe('in what it differs from that other probe'),
    other: z.string().nullable().describe('the other probe in words: "readiness probe (grpc, port 5050)"'),
  })
  .nullable();

/** What rules see of a container. Every key is present; null where it could not be read. */
export const containerDocSchema = z.object({
  name: z.string(),
  role: z.enum(['main', 'init', 'sidecar']).describe('sidecar: an init container with restartPolicy Always'),
  image: z.string().nullable(),
  image_registry: z.string().nullable().describe('host of the registry; docker.io where the reference has none'),
  image_repository: z.string().nullable(),
  image_tag: z.string().nullable().describe('tag or digest; latest where the reference has none'),
  image_pull_policy: z.string().nullable(),
  serves: z
    .string()
    .nullable()
    .describe('the data store or queue that it is, by its image or declared port: PostgreSQL; its log quotes the mistakes of its clients'),
  ready: z.boolean().nullable(),
  started: z.boolean().nullable(),
  running_s: z.number().nullable().describe('seconds since the present run began; null when it does not run'),
  restart_count: z.number().nullable(),
  waiting: z.object({ reason: z.string().nullable(), message: z.string().nullable() }).nullable(),
  termination: z
    .object({
      reason: z.string().nullable(),
      exit_code: z.number().nullable(),
      signal: z.number().nullable(),
      message: z.string().nullable(),
      started_at: z.string().nullable(),
      finished_at: z.string().nullable(),
      age_s: z.number().nullable(),
      ran_s: z.number().nullable(),
      current: z.boolean().describe('true: state.terminated; false: lastState.terminated'),
    })
    .nullable()
    .describe('the newest end of the container: state.terminated, else lastState.terminated'),
  failing: z.boolean().describe('in trouble now: waiting for a reason that is a failure, or ended when it should run, or not ready beyond its time to start'),
  recently_failed: z
    .boolean()
    .describe('ended with a failure within the last hour and not recovered since (ready for ten minutes and for five times the last run)'),
  finished: z.boolean().describe('ended well and is not meant to run again'),
  killed_by: z
    .enum(['oom', 'liveness', 'startup', 'post-start', 'deletion', 'eviction'])
    .nullable()
    .describe('who ended the last run, when it was not the process itself'),
  limits: z.record(z.string(), z.string()),
  requests: z.record(z.string(), z.string()),
  cpu_limit: z.number().nullable().describe('cores'),
  memory_limit: z.number().nullable().describe('bytes'),
  cpu_request: z.number().nullable(),
  memory_request: z.number().nullable(),
  max_heap: z.object({ flag: z.string(), bytes: z.number() }).nullable().describe('the largest heap that flags allow its runtime: -Xmx, --max-old-space-size'),
  liveness: probeSchema,
  readiness: probeSchema,
  startup: probeSchema,
  boot_s: z.number().nullable().describe('seconds from start to ready, of this container or a healthy sibling'),
  ports: z.array(z.object({ name: z.string().nullable(), port: z.number(), protocol: z.string() })),
  env: z.record(z.string(), z.string()).describe('variables with a literal value'),
  command: z.array(z.string()).describe('command and args'),
  mounts: z.array(z.object({ path: z.string(), volume: z.string(), kind: z.string(), read_only: z.boolean(), sub_path: z.string().nullable() })),
  security: z
    .object({
      run_as_user: z.number().nullable(),
      run_as_group: z.number().nullable(),
      run_as_non_root: z.boolean().nullable(),
      fs_group: z.number().nullable(),
      read_only_root: z.boolean(),
      run_as: z.string().describe('in words: "user 1000 with fsGroup 2000", "the user of its image"'),
      privileged: z.boolean(),
      capabilities_add: z.array(z.string()),
      capabilities_drop: z.array(z.string()),
    })
    .describe('as the kubelet applies it: container over pod'),
  log: z.object({
    collected: z.boolean(),
    lines: z.number().nullable(),
    empty: z.boolean().describe('collected, and without a line'),
    fatal: z.string().nullable().describe('first line of the last fatal block'),
    deepest_cause: z.string().nullable(),
    last_error: z.string().nullable().describe('the deepest cause, else the last error line, else the last line of a failed run'),
    language: z.string().nullable(),
    listening_ports: z.array(z.number()),
    http_ports: z.array(z.number()).describe('of these, the ones of which it says that it speaks HTTP there'),
    listens_locally: z.string().nullable().describe('the line that says that it listens on 127.0.0.1, localhost or ::1, where none says so of another address'),
    dependency_errors: z.number().describe('hosts that it cannot use, by errors that no later line takes back'),
    denied_volume: z
      .string()
      .nullable()
      .describe('the volume on which an access was denied: it holds the path that the line names, or is the only data volume where it names none'),
    read_only_claim: z
      .string()
      .nullable()
      .describe('the claim on which a write was refused as read-only, although neither the mount nor the pod asks for that'),
    waits_for: z.string().nullable().describe('what its last lines, or the loop of an init container, say it waits for'),
    waits_for_service: z
      .enum(['found', 'not-found', 'forbidden', 'not-collected'])
      .nullable()
      .describe('whether a Service of that name exists; null when nothing is waited for, or the name is not one of the cluster'),
  }),
  log_arguments: z.string().describe('what kubectl logs needs to show the run that ended last, else the present one: "-c app --previous"'),
  references: z.array(referenceSchema).describe('ConfigMaps, Secrets and keys that the container reads'),
  missing: z.array(z.string()).describe('those that do not exist and are not optional: "ConfigMap app-config"'),
  outdated: z
    .string()
    .nullable()
    .describe('a ConfigMap or Secret whose values it took when it started, and that was written since: "ConfigMap settings, 300 s ago"'),
  pod: z.object({
    name: z.string(),
    phase: z.string().nullable(),
    reason: z.string().nullable(),
    message: z.string().nullable(),
    age_s: z.number().nullable(),
    node: z.string().nullable(),
    deleting: z.boolean(),
    ready: z.boolean().nullable(),
    restart_policy: z.string(),
    host_network: z.boolean(),
    dns_policy: z.string(),
    qos: z.string().nullable(),
    grace_s: z.number(),
    service_account: z.string(),
    owner_kind: z.string().nullable().describe('kind of the controller: ReplicaSet, Job …'),
    conditions: conditionMapSchema,
  }),
  siblings: z.object({
    total: z.number().describe('other pods of the same workload'),
    healthy: z.number(),
  }),
  node: z
    .object({
      name: z.string(),
      ready: z.boolean().nullable(),
      memory_pressure: z.boolean(),
      disk_pressure: z.boolean(),
      system_oom: z.boolean().describe('the node itself ran out of memory, by its events'),
      architecture: z.string().nullable(),
      os: z.string().nullable(),
      clock_off: z.string().nullable().describe('by how much its clock is off, when by more than half a minute: "95 s behind the API server"'),
    })
    .nullable(),
  pull_secrets: z
    .object({ named: z.array(z.string()), missing: z.array(z.string()), unknown: z.array(z.string()) })
    .describe('of the pod and its ServiceAccount; unknown: could not be read'),
  pull_secret_unfit: z
    .string()
    .nullable()
    .describe(
      'why none of its pull secrets can serve for its registry, where the image is not pulled and Secrets are read: "Secret login is of type Opaque, …"',
    ),
  image_elsewhere: z
    .object({
      running: z.number().describe('other containers that run the very same image'),
      same_registry_failing: z.number().describe('other workloads that cannot pull from the same registry host'),
      same_node_failing: z.number().describe('other workloads that cannot pull on the same node, from other registries'),
    })
    .describe('what else is known of the image, its registry and its node; the failures only of an image that cannot be pulled'),
});
export type ContainerDoc = z.infer<typeof containerDocSchema>;
export type ProbeDoc = NonNullable<ContainerDoc['liveness']>;
