import { z } from 'zod';

/** What rules see of a Dependency. Every key is present; null where it could not be read. */
export const dependencyDocSchema = z.object({
  name: z.string(),
});
export type DependencyDoc = z.infer<typeof dependencyDocSchema>;
