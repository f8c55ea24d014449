import * as z from 'zod';
import { analysisSchema, modelUsageSchema } from './analysis.ts';
import { confidenceLevelSchema, observationSchema, rootCauseSchema, ruledOutSchema } from './cause.ts';
import { coverageSchema } from './coverage.ts';
import { entitiesSchema } from './entities-schema.ts';
import { evidenceSchema } from './evidence.ts';
import { gapSchema } from './gap-schema.ts';
import { investigationStepSchema } from './investigation-step.ts';
import { objectRefSchema } from './object-ref-schema.ts';
import { REPORT_SCHEMA_VERSION } from './report-version.ts';

export const incidentStatusSchema = z.enum(['pending', 'investigating', 'completed', 'failed', 'cancelled', 'interrupted']);
export type IncidentStatus = z.infer<typeof incidentStatusSchema>;

export const verdictSchema = z.enum(['root-cause-found', 'no-fault-found', 'undetermined']);
export type Verdict = z.infer<typeof verdictSchema>;

export const targetSchema = z.object({
  reader: z.enum(['live', 'snapshot', 'remote']),
  cluster: z.string().nullable(),
  context: z.string().nullable(),
  server_version: z.string().nullable(),
});
export type Target = z.infer<typeof targetSchema>;

export const scopeSchema = z.object({
  namespaces: z.array(z.string()).describe('empty: all namespaces'),
  objects: z.array(objectRefSchema).describe('what the question is about; empty: whatever is unhealthy'),
  since: z.string().nullable(),
  until: z.string().nullable(),
});
export type Scope = z.infer<typeof scopeSchema>;

export const timelineEntrySchema = z.object({
  at: z.string(),
  text: z.string(),
  object: objectRefSchema.nullable(),
  evidence_ids: z.array(z.string()),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

const engineSchema = z.object({
  version: z.string(),
  duration_ms: z.number(),
  api_requests: z.number().int(),
  llm: modelUsageSchema.nullable().describe('what the language model cost; null where none was asked'),
});

/** The product's interface: `--output json`, the store and the API carry exactly this. Published by `sre-orch schema report`. */
export const reportSchema = z.object({
  schema_version: z.literal(REPORT_SCHEMA_VERSION),
  incident_id: z.string(),
  description: z.string(),
  status: incidentStatusSchema,
  verdict: verdictSchema,
  created_at: z.string(),
  completed_at: z.string().nullable(),
  error_message: z.string().nullable(),
  target: targetSchema,
  scope: scopeSchema,
  as_of: z.string().nullable().describe('the time the evidence speaks of: now for a live cluster, collection time for a dump'),
  coverage: z.array(coverageSchema),
  extracted_entities: entitiesSchema,
  root_causes: z.array(rootCauseSchema),
  suggested_root_cause: z.string().nullable(),
  confidence_score: confidenceLevelSchema.nullable(),
  ruled_out: z.array(ruledOutSchema),
  observations: z.array(observationSchema),
  gaps: z.array(gapSchema),
  next_commands: z.array(z.string()).describe('when undetermined: what to run to find out'),
  timeline: z.array(timelineEntrySchema),
  evidence: z.array(evidenceSchema),
  investigation_steps: z.array(investigationStepSchema),
  analysis: analysisSchema.nullable(),
  engine: engineSchema,
});
export type Report = z.infer<typeof reportSchema>;
