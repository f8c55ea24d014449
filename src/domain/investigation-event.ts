import * as z from 'zod';
import { coverageSchema } from './coverage.ts';
import { entitiesSchema } from './entities-schema.ts';
import { evidenceSchema } from './evidence.ts';
import { findingSchema } from './finding.ts';
import { gapSchema } from './gap-schema.ts';
import { reportSchema, scopeSchema, targetSchema } from './report.ts';

/** Everything that a front end, the store or a remote terminal learns of a run, in order. Types are noun-verb. */
export const investigationEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('investigation-started'),
    incident_id: z.string(),
    description: z.string(),
    created_at: z.string(),
    target: targetSchema,
    engine_version: z.string(),
  }),
  z.object({ type: z.literal('stage-started'), stage: z.string(), at: z.string() }),
  z.object({ type: z.literal('stage-completed'), stage: z.string(), at: z.string(), duration_ms: z.number(), summary: z.string() }),
  z.object({ type: z.literal('stage-failed'), stage: z.string(), at: z.string(), gap: gapSchema }),
  z.object({ type: z.literal('entities-extracted'), entities: entitiesSchema }),
  z.object({ type: z.literal('scope-resolved'), scope: scopeSchema, as_of: z.string().nullable() }),
  z.object({ type: z.literal('read-completed'), at: z.string(), text: z.string(), duration_ms: z.number(), coverage: coverageSchema.nullable() }),
  z.object({ type: z.literal('model-stepped'), at: z.string(), text: z.string(), duration_ms: z.number() }),
  z.object({ type: z.literal('gap-found'), gap: gapSchema }),
  z.object({ type: z.literal('evidence-collected'), evidence: evidenceSchema }),
  z.object({ type: z.literal('finding-added'), finding: findingSchema }),
  z.object({ type: z.literal('report-completed'), report: reportSchema }),
]);
export type InvestigationEvent = z.infer<typeof investigationEventSchema>;
