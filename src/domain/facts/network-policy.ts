import { z } from 'zod';

/** What rules see of a NetworkPolicy. Every key is present; null where it could not be read. */
export const networkPolicyDocSchema = z.object({
  name: z.string(),
});
export type NetworkPolicyDoc = z.infer<typeof networkPolicyDocSchema>;
