import { z } from 'zod';

/** What rules see of a Node. Every key is present; null where it could not be read. */
export const nodeDocSchema = z.object({
  name: z.string(),
});
export type NodeDoc = z.infer<typeof nodeDocSchema>;
