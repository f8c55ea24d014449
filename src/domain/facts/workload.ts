import { z } from 'zod';

/** What rules see of a Workload. Every key is present; null where it could not be read. */
export const workloadDocSchema = z.object({
  name: z.string(),
});
export type WorkloadDoc = z.infer<typeof workloadDocSchema>;
