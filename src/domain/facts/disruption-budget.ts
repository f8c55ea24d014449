import * as z from 'zod';

/** What rules see of a PodDisruptionBudget. Every key is present; null where it could not be read. */
export const disruptionBudgetDocSchema = z.object({
  name: z.string(),
  namespace: z.string().nullable(),
  allowed: z.number().nullable().describe('disruptions allowed now'),
  healthy: z.number().nullable(),
  wanted: z.number().nullable().describe('healthy pods that it demands'),
  expected: z.number().nullable().describe('pods that it counts'),
  min_available: z.string().nullable(),
  max_unavailable: z.string().nullable(),
  never_allows: z.boolean().describe('it demands as many healthy pods as there are, so that none may ever go'),
  cordoned_nodes: z.array(z.string()).describe('cordoned nodes on which pods of it still run: a drain waits there'),
  rivals: z.array(z.string()).describe('other budgets that select the same pods; the eviction API refuses such pods'),
});
export type DisruptionBudgetDoc = z.infer<typeof disruptionBudgetDocSchema>;
