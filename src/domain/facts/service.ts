import * as z from 'zod';

const portSchema = z.object({ name: z.string().nullable(), port: z.number(), target_port: z.string(), protocol: z.string() });

/** What rules see of a Service. Every key is present; null where it could not be read. */
export const serviceDocSchema = z.object({
  name: z.string(),
  service_type: z.string(),
  headless: z.boolean(),
  system: z.boolean().describe('in kube-system: add-ons make Services there that are meant to match nothing'),
  age_s: z.number().nullable(),
  external_name: z.string().nullable(),
  external_name_missing: z.boolean().describe('it names a Service in the cluster that does not exist'),
  selector: z.string().nullable().describe('as "app=web, tier=front"; null without one'),
  ports: z.array(portSchema),
  pods: z
    .object({
      known: z.boolean().describe('pods of the namespace were listed completely'),
      selected: z.number().describe('pods that the selector matches, without finished and terminating ones'),
      ready: z.number(),
      wanted: z.number().describe('replicas that the matching workloads should have'),
    })
    .describe('the pods behind it'),
  workloads_known: z.boolean().describe('Deployments of the namespace were listed completely: a selector that fits none of them fits none'),
  workload_name: z.string().nullable().describe('the workload behind it, the first of several'),
  scaled_to_zero: z.boolean().describe('workloads match, and all of them are told to have no pods'),
  endpoints: z
    .object({ known: z.boolean(), ready: z.number(), not_ready: z.number() })
    .describe('by EndpointSlices, else Endpoints; known: they were listed completely, or are there'),
  near_miss: z
    .object({
      kind: z.string(),
      name: z.string(),
      differs: z.string().describe('"app: the selector says web, the pods say website"'),
      label: z.string(),
      want: z.string(),
      have: z.string().nullable(),
      similar: z.boolean().describe('the two values are near each other, as a slip makes them'),
      same_name: z.boolean().describe('Service and workload have the same name, but for its joints'),
      served_elsewhere: z.boolean().describe('another Service selects this workload'),
      wanted: z.number(),
      ready: z.number(),
    })
    .nullable()
    .describe('when nothing matches: the workload that nearly does'),
  wrong_port: z
    .object({
      name: z.string().nullable(),
      port: z.number(),
      target: z.number(),
      known: z.string().describe('the ports that the pods are known to have: "8080, 9090"'),
      proven: z.boolean().describe('known by a probe that passes or by a log line, not only by declaration'),
      declared: z.boolean().describe('the pods declare the very port of the Service, which leads elsewhere'),
      confirmed: z.boolean().describe('checks or callers cannot connect to it'),
      only: z.boolean().describe('no other port of the Service leads to a port of the pods'),
    })
    .nullable()
    .describe('a port that leads to a number that no pod is known to listen on'),
  unnamed_port: z
    .object({
      port: z.number(),
      target: z.string(),
      declared: z.string().describe('the names that the pods declare: "http, metrics", or "none"'),
      near: z.string().nullable(),
    })
    .nullable()
    .describe('a port that leads to a name that no pod declares'),
  wrong_protocol: z
    .object({
      port: z.number(),
      target: z.number(),
      says: z.string(),
      speaks: z.string(),
      proven: z.boolean().describe('a probe of the pods speaks the other protocol on this port, or the port is named for one that does'),
      confirmed: z.boolean(),
    })
    .nullable()
    .describe('a port whose protocol is not the one that the pods declare for it'),
  untranslated_port: z
    .object({
      port: z.number(),
      target: z.number(),
      known: z.string().describe('the ports that the pods are known to have: "8080, 9090"'),
      confirmed: z.boolean().describe('callers that use this port cannot connect'),
    })
    .nullable()
    .describe('of a headless Service: a port on which no pod is known to listen. It leads clients to the pods themselves, so its target port has no effect'),
  reachable: z.enum(['yes', 'no', 'from-some-nodes']).nullable().describe('by connectivity checks; null without any'),
  callers_failing: z.number().describe('workloads whose logs say that they cannot use it now'),
  callers_known: z.number().describe('workloads with pods that call it by their settings, by recorded calls or by the knowledge graph'),
  caller_error: z.string().nullable().describe('what the first of them says: refused, timeout, unresolvable …'),
  routed: z.boolean().describe('an Ingress, webhook or API service leads to it'),
  load_balancer_pending: z.boolean(),
  local_traffic: z
    .object({
      serving: z.number().describe('nodes with a ready pod'),
      without: z.string().describe('nodes without one: "n2, n3"'),
      failed_at: z.string().nullable().describe('such a node at whose port a caller failed'),
    })
    .nullable()
    .describe('of a Service with externalTrafficPolicy Local that not every node has a ready pod for'),
  dns: z.boolean().describe('it is the cluster DNS'),
});
export type ServiceDoc = z.infer<typeof serviceDocSchema>;
