import * as z from 'zod';

/**
 * What rules see of a dependency: one caller and one address that it uses, or something it says of a data store. The caller
 * is the fact's `workload`; `dependency` is who answers there: the workload behind the Service, else the Service, else the host.
 */
export const dependencyDocSchema = z.object({
  name: z.string().describe('the address, "redis:6379"; what the caller says it is where no address is known'),
  host: z.string().nullable(),
  port: z.number().nullable(),
  caller: z.object({
    kind: z.string(),
    name: z.string(),
    namespace: z.string(),
    failing: z.boolean().describe('one of its pods is not ready'),
    upstream_failing: z.number().describe('workloads that call it and write errors'),
    alerted: z.boolean(),
    dns_policy: z.string(),
    uses_cluster_dns: z.boolean(),
  }),
  error: z
    .enum(['refused', 'timeout', 'unresolvable', 'unregistered', 'reset', 'unreachable', 'tls', 'auth', 'unavailable', 'other'])
    .nullable()
    .describe('what its log says of the address last; null when the log says nothing of it'),
  failure: z.string().describe('the error in words: "its name cannot be resolved"'),
  error_count: z.number(),
  told: z.string().describe('how often and where that was heard: "5 times in its log", "once by its probe"'),
  ongoing: z.boolean().describe('no later line takes it back, and it was said lately or the caller is in trouble'),
  trouble: z.boolean().describe('anything that shows that the caller suffers: its errors, its pods, its callers, an alert'),
  target: z
    .enum(['service', 'absent-service', 'unread-service', 'workload', 'node', 'external', 'loopback', 'unknown'])
    .describe(
      'what the host stands for; absent-service: named as a Service of the cluster, and there is none; unread-service: nobody could look; loopback: localhost, where nothing of the pod is known to listen',
    ),
  service: z
    .object({
      name: z.string(),
      namespace: z.string(),
      ports: z.string().describe('"80, 443"'),
      has_port: z.boolean().nullable().describe('null when no port is known, and for a headless Service, which takes any'),
      headless: z.boolean(),
      ready: z.number().nullable().describe('ready endpoints; null when they were not read'),
      external_name: z.string().nullable().describe('the name that an ExternalName Service stands for'),
      kubernetes: z.boolean().describe('it is the API server'),
    })
    .nullable(),
  missing: z
    .object({
      name: z.string(),
      namespace: z.string(),
      near: z.string().nullable().describe('a Service of nearly that name in the namespace that takes the port and that the caller does not use otherwise'),
      elsewhere: z.string().nullable().describe('namespaces that have a Service of that name: "db, data"'),
      workload: z.string().nullable().describe('a workload of that name, which has no Service: "Deployment redis"'),
      hint: z.string().describe('what may have been meant: "; there is redis", "; namespace data has one of that name", or empty'),
      quota_full: z.boolean().describe('the namespace may have no further Service'),
    })
    .nullable()
    .describe('the Service that is not there'),
  backend: z.object({ kind: z.string(), name: z.string(), ready: z.number(), wanted: z.number() }).nullable().describe('the workload that should answer'),
  technology: z.string().nullable().describe('as the knowledge graph knows it: PostgreSQL, Redis …'),
  is_database: z.boolean().describe('a database or cache, by the knowledge graph: by component, scheme, image, port or name'),
  is_queue: z.boolean(),
  known_by: z.enum(['knowledge-graph', 'recorded', 'setting', 'log']).describe('how it is known that the caller depends on it; the surest'),
  address_hidden: z.boolean().describe('neither its log nor a setting that can be read says where it is: the address stands in a Secret, or nowhere'),
  setting: z
    .object({
      name: z.string().describe('the variable, flag or key that holds the address'),
      how: z.string().describe('env, command or config-map'),
      value: z.string().describe('the address in it, and nothing else of it'),
      was: z.string().nullable().describe('the address that an earlier revision had there, where that one leads to a Service'),
      meant: z
        .string()
        .nullable()
        .describe('another Service of the namespace that the setting is about: all other workloads have it in a setting of this name, or the name says so'),
      meant_idle: z.boolean().describe('no workload of the namespace has the address of that Service'),
      agreeing: z.number().describe('how many other workloads have that Service in a setting of this name'),
    })
    .nullable(),
  blocked_by: z
    .object({ name: z.string(), direction: z.string() })
    .nullable()
    .describe('the NetworkPolicy that lets no traffic through from caller to dependency'),
  mesh: z
    .object({
      only: z.enum(['caller', 'callee']),
      mode: z.string().nullable().describe('STRICT, PERMISSIVE or DISABLE, by the PeerAuthentication that applies'),
    })
    .nullable()
    .describe('only one of the two is part of a service mesh; null where both are, neither is, or it is not known'),
  dns_blocked_by: z.string().nullable().describe('the NetworkPolicy that keeps the caller from asking the cluster DNS'),
  dns_override: z
    .object({ config: z.string(), says: z.string() })
    .nullable()
    .describe('the directive by which the cluster DNS answers the name of this Service by itself, and the ConfigMap in which it stands'),
  dns_ready: z.number().nullable().describe('ready endpoints of the cluster DNS'),
  others_unresolvable: z.number().describe('other workloads that cannot resolve names of Services that exist'),
  others_failing: z.number().describe('other workloads that cannot use the same dependency'),
});
export type DependencyDoc = z.infer<typeof dependencyDocSchema>;
