import * as z from 'zod';
import { conditionMapSchema } from './shapes.ts';

/** What rules see of a Namespace. Every key is present; null where it could not be read. */
export const namespaceDocSchema = z.object({
  name: z.string(),
  phase: z.string().nullable(),
  deleting_s: z.number().nullable().describe('seconds since its deletion was asked for'),
  finalizers: z.array(z.string()),
  blocked_by: z.string().nullable().describe('what the conditions say keeps it from ending'),
  blocked_kind: z.enum(['discovery', 'finalizers', 'content', 'group-version']).nullable(),
  pod_security: z.string().nullable().describe('the level that Pod Security Admission enforces'),
  conditions: conditionMapSchema,
});
export type NamespaceDoc = z.infer<typeof namespaceDocSchema>;
