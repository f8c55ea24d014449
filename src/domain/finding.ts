import * as z from 'zod';
import { EFFECTS } from './effect.ts';
import { objectRefSchema } from './object-ref-schema.ts';

export const remediationSchema = z.object({
  text: z.string(),
  command: z.string().nullable().describe('a command to run by hand; sre-orch never runs it'),
  risk: z.enum(['low', 'medium', 'high']),
});

/** decisive: one field or message proves it. strong: concurring signals. weak: a heuristic, alternatives stay open. */
export const strengthSchema = z.enum(['decisive', 'strong', 'weak']);
export type Strength = z.infer<typeof strengthSchema>;

/**
 * What a rule says. `cause`: may be a root cause. `symptom`: needs an explanation and is never the answer.
 * `observation`: worth telling, never a cause.
 */
export const roleSchema = z.enum(['cause', 'symptom', 'observation']);

/** One rule that fired: on what it was seen (subject), who is blamed (object, owner level), and the proof. */
export const findingSchema = z.object({
  id: z.string().describe('f-1, f-2, …'),
  rule_id: z.string(),
  cause_id: z.string(),
  title: z.string(),
  role: roleSchema,
  effect: z.enum(EFFECTS),
  strength: strengthSchema,
  object: objectRefSchema.describe('the blamed object, at owner level'),
  subjects: z.array(objectRefSchema).describe('the objects on which it was seen'),
  container: z.string().optional(),
  via: z.array(objectRefSchema).describe('objects that the statement names besides: the dependency, the claim, the missing reference'),
  victims: z.array(objectRefSchema).describe('objects that the fault is known to hurt directly: the workload whose pods a quota refuses'),
  mechanism: z.string(),
  since: z.string().nullable(),
  evidence_ids: z.array(z.string()),
  supersedes: z.array(z.string()).describe('cause ids of less exact findings on the same subject that this one replaces'),
  remediation: z.array(remediationSchema),
  references: z.array(z.string()),
});
export type Finding = z.infer<typeof findingSchema>;
