import { z } from 'zod';

/** What rules see of a ServiceHealth. Every key is present; null where it could not be read. */
export const serviceHealthDocSchema = z.object({
  name: z.string(),
});
export type ServiceHealthDoc = z.infer<typeof serviceHealthDocSchema>;
