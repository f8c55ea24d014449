import { z } from 'zod';

/** What rules see of a DisruptionBudget. Every key is present; null where it could not be read. */
export const disruptionBudgetDocSchema = z.object({
  name: z.string(),
});
export type DisruptionBudgetDoc = z.infer<typeof disruptionBudgetDocSchema>;
