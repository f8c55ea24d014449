import * as z from 'zod';
import { changeSchema } from './change.ts';
import { remediationSchema } from './finding.ts';
import { objectRefSchema } from './object-ref-schema.ts';

export const confidenceLevelSchema = z.enum(['high', 'medium', 'low']);
export type ConfidenceLevel = z.infer<typeof confidenceLevelSchema>;

/** One step from the root cause towards the symptom: `from` hurts `to`. */
export const chainLinkSchema = z.object({
  from: objectRefSchema,
  to: objectRefSchema,
  mechanism: z.string(),
  evidence_ids: z.array(z.string()),
});
export type ChainLink = z.infer<typeof chainLinkSchema>;

export const rootCauseSchema = z.object({
  rank: z.number().int().min(1),
  cause_id: z.string().describe('stable: container-memory-limit-exceeded'),
  title: z.string(),
  rule_id: z.string(),
  object: objectRefSchema.describe('the culprit at owner level'),
  mechanism: z.string().describe('one sentence with the deciding values in it'),
  confidence: z.number().min(0).max(1),
  confidence_score: confidenceLevelSchema,
  confidence_reasons: z.array(z.string()).describe('what raised and what lowered it'),
  since: z.string().nullable(),
  chain: z.array(chainLinkSchema),
  affected: z.array(objectRefSchema),
  change: changeSchema.nullable(),
  remediation: z.array(remediationSchema),
  references: z.array(z.string()),
  evidence_ids: z.array(z.string()),
});
export type RootCause = z.infer<typeof rootCauseSchema>;

/** A candidate that was considered and rejected, with the reason. */
export const ruledOutSchema = z.object({
  cause_id: z.string(),
  title: z.string(),
  object: objectRefSchema,
  reason: z.string(),
  evidence_ids: z.array(z.string()),
});
export type RuledOut = z.infer<typeof ruledOutSchema>;

/** Something true and worth knowing that is not a cause. */
export const observationSchema = z.object({
  text: z.string(),
  object: objectRefSchema.nullable(),
  evidence_ids: z.array(z.string()),
});
export type Observation = z.infer<typeof observationSchema>;
