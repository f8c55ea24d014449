import { z } from 'zod';

/** What rules see of a Ingress. Every key is present; null where it could not be read. */
export const ingressDocSchema = z.object({
  name: z.string(),
});
export type IngressDoc = z.infer<typeof ingressDocSchema>;
