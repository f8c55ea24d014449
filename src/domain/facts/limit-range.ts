import { z } from 'zod';

/** What rules see of a LimitRange. Every key is present; null where it could not be read. */
export const limitRangeDocSchema = z.object({
  name: z.string(),
});
export type LimitRangeDoc = z.infer<typeof limitRangeDocSchema>;
