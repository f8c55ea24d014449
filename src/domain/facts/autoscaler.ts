import { z } from 'zod';

/** What rules see of a Autoscaler. Every key is present; null where it could not be read. */
export const autoscalerDocSchema = z.object({
  name: z.string(),
});
export type AutoscalerDoc = z.infer<typeof autoscalerDocSchema>;
