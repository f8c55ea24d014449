import * as z from 'zod';

/** What rules see of a LimitRange. One fact for each workload that it refuses, else one alone. */
export const limitRangeDocSchema = z.object({
  name: z.string(),
  namespace: z.string(),
  written_s: z.number().nullable().describe('seconds since it was last written'),
  workload_s: z.number().nullable().describe('age of the workload that it refuses'),
  workload: z.string().nullable().describe('the workload that is refused: "Deployment shop/checkout"'),
  refused: z
    .object({
      bound: z.enum(['maximum', 'minimum', 'ratio']),
      resource: z.string(),
      per: z.string().describe('Container, Pod or PersistentVolumeClaim'),
      allowed: z.string(),
      asked: z.string(),
    })
    .nullable()
    .describe('what it last refused to the workload, and still does'),
});
export type LimitRangeDoc = z.infer<typeof limitRangeDocSchema>;
