import * as z from 'zod';
import { EFFECTS } from '../domain/effect.ts';
import { SUBJECTS, type TextSource } from '../domain/fact.ts';
import { remediationSchema, roleSchema, strengthSchema } from '../domain/finding.ts';
import type { PreparedCondition } from './cel/prepare-condition.ts';

const identifier = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
const sourceSchema = z.enum([
  'event',
  'waiting',
  'terminated',
  'condition',
  'status',
  'log',
  'alert',
  'node-service',
  'connectivity',
] satisfies readonly TextSource[]);

/** A named text that must be there (unless optional); its RE2 groups are usable as `{name.group}`, and it is cited. */
export const matchSchema = z.strictObject({
  in: z.array(sourceSchema).min(1),
  reasons: z.array(z.string()).optional().describe('only texts with one of these reasons'),
  pattern: z.string().describe('RE2; (?i) for any case; (?P<name>…) captures'),
  not: z.string().optional().describe('RE2; a text that matches this does not count'),
  stale: z.boolean().default(false).describe('also count texts from before the subject recovered'),
  optional: z.boolean().default(false),
});
export type Match = z.infer<typeof matchSchema>;

/** A role in the fact's relations ("workload"), or an object spelled out with {…} templates. */
const objectTemplateSchema = z.union([z.string(), z.strictObject({ kind: z.string(), namespace: z.string().optional(), name: z.string() })]);
export type ObjectTemplate = z.infer<typeof objectTemplateSchema>;

/** A message beside the document of an example. */
const exampleTextSchema = z.strictObject({
  source: sourceSchema,
  reason: z.string().nullable().default(null),
  text: z.string(),
  stale: z.boolean().default(false),
  count: z.number().int().min(1).default(1),
  age_s: z.number().nullable().default(null),
});

const exampleSchema = z.strictObject({
  name: z.string(),
  given: z.record(z.string(), z.unknown()).describe('what matters of the fact; the rest is empty: null where it may be, else [], {}, false, 0 or ""'),
  texts: z.array(exampleTextSchema).default([]),
  signals: z.array(z.string()).default([]).describe('signals beside those that follow from given and texts'),
  relations: z.record(z.string(), z.strictObject({ kind: z.string(), namespace: z.string().optional(), name: z.string() })).default({}),
});
export type Example = z.infer<typeof exampleSchema>;

export const ruleSchema = z.strictObject({
  id: identifier,
  cause: identifier.describe('stable cause id; several rules may share one'),
  title: z.string(),
  subject: z.enum(SUBJECTS),
  role: roleSchema.default('cause'),
  effect: z.enum(EFFECTS),
  strength: strengthSchema,
  on: z.array(z.string()).optional().describe('signals; the rule is tried only on facts that carry one of them'),
  match: z.record(z.string(), matchSchema).default({}),
  when: z.string().default('true').describe('CEL over the fact; matches are variables: null, or {text, reason, count, age_s, groups}'),
  cites: z.array(z.string()).default([]).describe('paths in the fact that decide; each becomes evidence'),
  blame: objectTemplateSchema.default('workload'),
  victims: z.array(objectTemplateSchema).default([]),
  via: z.array(objectTemplateSchema).default([]),
  supersedes: z.array(identifier).default([]).describe('cause ids of less exact findings on the same subject'),
  statement: z.string().describe('one sentence; {path} and {match.group} are filled in'),
  remediation: z.array(remediationSchema.extend({ command: z.string().nullable().default(null) }).strict()).default([]),
  references: z.array(z.string()).default([]),
  catalogue: z.array(z.string()).default([]).describe('ids of the failure catalogue that this rule covers: A01'),
  examples: z.strictObject({
    fires: z.array(exampleSchema.extend({ says: z.string() })).min(1),
    quiet: z.array(exampleSchema).min(1),
  }),
});
export type Rule = z.infer<typeof ruleSchema>;

/** What a run needs of a rule: the build ships rules without their examples, and their conditions prepared. */
export interface RunnableRule extends Omit<Rule, 'examples'> {
  readonly prepared?: PreparedCondition;
  /** By pattern, what `requiredLiterals` finds in it; null: nothing. */
  readonly literals?: Readonly<Record<string, readonly string[] | null>>;
}

/** What a match offers to conditions and templates beside its groups. */
export const MATCH_FIELDS = ['text', 'reason', 'count', 'age_s'] as const;
