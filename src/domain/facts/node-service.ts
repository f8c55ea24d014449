import { z } from 'zod';

/** What rules see of a NodeService. Every key is present; null where it could not be read. */
export const nodeServiceDocSchema = z.object({
  name: z.string(),
});
export type NodeServiceDoc = z.infer<typeof nodeServiceDocSchema>;
