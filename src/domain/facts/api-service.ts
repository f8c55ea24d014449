import { z } from 'zod';

/** What rules see of a ApiService. Every key is present; null where it could not be read. */
export const apiServiceDocSchema = z.object({
  name: z.string(),
});
export type ApiServiceDoc = z.infer<typeof apiServiceDocSchema>;
