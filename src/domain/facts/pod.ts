import { z } from 'zod';

/** What rules see of a Pod. Every key is present; null where it could not be read. */
export const podDocSchema = z.object({
  name: z.string(),
});
export type PodDoc = z.infer<typeof podDocSchema>;
