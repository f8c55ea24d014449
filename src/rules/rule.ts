import { z } from 'zod';
import { effectSchema } from '../domain/effect.ts';
import { SUBJECTS } from '../domain/fact.ts';
import { remediationSchema, roleSchema, strengthSchema } from '../domain/finding.ts';

const identifier = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');

/** A named text that must be there (unless optional); its RE2 groups are usable as `{name.group}`, and it is cited. */
export const matchSchema = z.strictObject({
  in: z.array(z.enum(['event', 'waiting', 'terminated', 'condition', 'status', 'log', 'alert', 'node-service', 'connectivity'])).min(1),
  reasons: z.array(z.string()).optional().describe('only texts with one of these reasons'),
  pattern: z.string().describe('RE2; (?i) for any case; (?P<name>…) captures'),
  not: z.string().optional().describe('RE2; a text that matches this does not count'),
  stale: z.boolean().default(false).describe('also count texts from before the subject recovered'),
  optional: z.boolean().default(false),
});

/** A role in the fact's relations ("workload"), or an object spelled out with {…} templates. */
const objectTemplate = z.union([z.string(), z.strictObject({ kind: z.string(), namespace: z.string().optional(), name: z.string() })]);

const example = z.looseObject({ name: z.string() });

export const ruleSchema = z.strictObject({
  id: identifier,
  cause: identifier.describe('stable cause id; several rules may share one'),
  title: z.string(),
  subject: z.enum(SUBJECTS),
  role: roleSchema.default('cause'),
  effect: effectSchema,
  strength: strengthSchema,
  on: z.array(z.string()).optional().describe('signals; the rule is tried only on facts that carry one of them'),
  match: z.record(z.string(), matchSchema).default({}),
  when: z.string().default('true').describe('CEL over the fact; matches are variables: null, or {text, groups}'),
  cites: z.array(z.string()).default([]).describe('paths in the fact that decide; each becomes evidence'),
  blame: objectTemplate.default('workload'),
  victims: z.array(objectTemplate).default([]),
  via: z.array(objectTemplate).default([]),
  supersedes: z.array(identifier).default([]).describe('cause ids of less exact findings on the same subject'),
  statement: z.string().describe('one sentence; {path} and {match.group} are filled in'),
  remediation: z.array(remediationSchema.extend({ command: z.string().nullable().default(null) })).default([]),
  references: z.array(z.string()).default([]),
  catalogue: z.array(z.string()).default([]).describe('ids of the failure catalogue that this rule covers: A01'),
  examples: z.strictObject({
    fires: z.array(example.extend({ given: z.record(z.string(), z.unknown()), says: z.string() })).min(1),
    quiet: z.array(example.extend({ given: z.record(z.string(), z.unknown()) })).min(1),
  }),
});
export type Rule = z.infer<typeof ruleSchema>;
