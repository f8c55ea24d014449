import * as z from 'zod';

/** cpu, memory, pods, services, storage, or objects for every other count. */
export const quotaFamilySchema = z.enum(['cpu', 'memory', 'pods', 'services', 'storage', 'objects']);
export type QuotaFamily = z.infer<typeof quotaFamilySchema>;

/**
 * What rules see of a ResourceQuota. One fact for each workload that it refuses, else one alone.
 * Every key is present; null where it could not be read.
 */
export const resourceQuotaDocSchema = z.object({
  name: z.string(),
  namespace: z.string(),
  refused: z
    .object({
      family: quotaFamilySchema,
      resource: z.string(),
      requested: z.string(),
      used: z.string(),
      limited: z.string(),
      unspecified: z.string().nullable().describe('the resources that the quota demands and the pod does not state; null when an amount was exceeded'),
    })
    .nullable()
    .describe('what it last refused to the workload, and still does'),
  written_s: z.number().nullable().describe('seconds since it was last written'),
  workload_s: z.number().nullable().describe('age of the workload that it refuses'),
  workload: z.string().nullable().describe('the workload that is refused or short: "Deployment shop/checkout"'),
  wanted: z.number().nullable().describe('pods that the workload should have'),
  present: z.number().nullable().describe('pods that it has'),
  limits: z.array(z.object({ resource: z.string(), family: quotaFamilySchema, used: z.string(), hard: z.string(), full: z.boolean() })),
  full: z.array(quotaFamilySchema).describe('families of which something is used up'),
  full_text: z.string().nullable().describe('"services 11 of 11"'),
  missing_services: z.array(z.string()).describe('Services that pods of the namespace call by name, whose workload exists, and that do not exist'),
});
export type ResourceQuotaDoc = z.infer<typeof resourceQuotaDocSchema>;
