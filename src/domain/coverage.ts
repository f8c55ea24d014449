import * as z from 'zod';

/** What was read of one kind, in one namespace (null: all, or cluster-scoped). "Healthy" may only be said where state is found. */
export const coverageSchema = z.object({
  kind: z.string().describe('the plural resource name, as in RBAC rules: pods, endpointslices'),
  namespace: z.string().nullable(),
  state: z.enum(['found', 'not-found', 'forbidden', 'not-collected']),
  items: z.number().int(),
  truncated: z.boolean().optional().describe('true when a limit cut the list'),
});
export type Coverage = z.infer<typeof coverageSchema>;
