import { z } from 'zod';

/** What rules see of a Namespace. Every key is present; null where it could not be read. */
export const namespaceDocSchema = z.object({
  name: z.string(),
});
export type NamespaceDoc = z.infer<typeof namespaceDocSchema>;
