import { z } from 'zod';

/** What rules see of a ResourceQuota. Every key is present; null where it could not be read. */
export const resourceQuotaDocSchema = z.object({
  name: z.string(),
});
export type ResourceQuotaDoc = z.infer<typeof resourceQuotaDocSchema>;
