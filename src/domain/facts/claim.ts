import { z } from 'zod';

/** What rules see of a Claim. Every key is present; null where it could not be read. */
export const claimDocSchema = z.object({
  name: z.string(),
});
export type ClaimDoc = z.infer<typeof claimDocSchema>;
