import { z } from 'zod';

/** What rules see of a Service. Every key is present; null where it could not be read. */
export const serviceDocSchema = z.object({
  name: z.string(),
});
export type ServiceDoc = z.infer<typeof serviceDocSchema>;
