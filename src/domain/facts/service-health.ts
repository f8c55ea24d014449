import * as z from 'zod';

const measureSchema = z
  .object({
    factor: z.number().nullable().describe('how many times the usual value; below 1 for a drop; null when only an alert tells'),
    normal: z.number().nullable(),
    current: z.number().nullable(),
    alerted: z.boolean(),
    text: z.string().describe('in words: "latency 17.6 -> 3632.6 (×207)"'),
  })
  .nullable();

/**
 * What alerts and metrics say of one workload or one node. A measure is null when it is as usual or unknown.
 * Every key is present; null where it could not be read.
 */
export const serviceHealthDocSchema = z.object({
  name: z.string(),
  namespace: z.string().nullable(),
  of: z.enum(['workload', 'node']),
  subject: z.string().describe('in words: "Deployment shop/checkout"'),
  latency: measureSchema.describe('up'),
  errors: measureSchema.describe('up'),
  cpu: measureSchema.describe('up'),
  throttling: measureSchema.describe('up'),
  memory: measureSchema.describe('up'),
  memory_share: measureSchema.describe('of its limit, nearly all'),
  pool_share: measureSchema.describe('connections in use of those that its pool may have, nearly all'),
  requests: measureSchema.describe('down'),
  traffic: measureSchema.describe('packets or bytes, down'),
  surge: measureSchema.describe('packets or bytes, up'),
  retransmissions: measureSchema.describe('up'),
  packet_loss: measureSchema.describe('up'),
  cpu_limit: z.string().nullable(),
  degraded: z.boolean().describe('slower or failing more than usual'),
  alerted_anywhere: z.boolean().describe('some alert speaks of the same namespace or cluster at the time'),
  slow_dependencies: z.array(z.string()).describe('what it calls and is degraded too'),
  deepest: z.boolean().describe('degraded, and nothing that it calls is'),
  node: z.string().nullable().describe('where all its pods run, when that is one node'),
  node_suspected: z.boolean().describe('that node is the common factor of several degraded workloads'),
  hosted: z.number().describe('of a node: workloads on it that are measured'),
  hosted_degraded: z.number(),
  hosted_deepest: z.number(),
  share: z.number().describe('hosted_degraded of hosted'),
  highest_share: z.boolean().describe('no other node has so large a share'),
  suspected: z.boolean().describe('of a node: its network is the common factor of what is slow'),
  worst_latency: z.number().nullable().describe('of a node: the largest latency factor on it'),
  workloads: z.string().nullable().describe('of a node: the degraded workloads on it'),
});
export type ServiceHealthDoc = z.infer<typeof serviceHealthDocSchema>;
export type Measure = NonNullable<ServiceHealthDoc['latency']>;
