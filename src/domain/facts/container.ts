import { z } from 'zod';

/** What rules see of a Container. Every key is present; null where it could not be read. */
export const containerDocSchema = z.object({
  name: z.string(),
});
export type ContainerDoc = z.infer<typeof containerDocSchema>;
