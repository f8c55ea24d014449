import * as z from 'zod';

/** What rules see of a NetworkPolicy. Every key is present; null where it could not be read. */
export const networkPolicyDocSchema = z.object({
  name: z.string(),
  selects: z.number().describe('workloads whose pods it selects'),
  selects_all: z.boolean().describe('every pod of the namespace'),
  denies_ingress: z.boolean().describe('it isolates pods from incoming traffic and allows none'),
  denies_egress: z.boolean(),
  blocks_dns: z.boolean().describe('pods that it selects may not ask the cluster DNS, by all policies together'),
  blocked: z
    .object({
      from: z.string(),
      to: z.string(),
      port: z.number().nullable(),
      direction: z.string(),
      younger: z.boolean().describe('it was written after the pods of both sides had started, and within a day: they could talk before'),
      trouble: z.boolean().describe('the caller suffers, and its log names no host that it could not use'),
    })
    .nullable()
    .describe('a call that is known from settings and that no policy lets through; those with trouble first'),
  blocked_calls: z.number(),
});
export type NetworkPolicyDoc = z.infer<typeof networkPolicyDocSchema>;
