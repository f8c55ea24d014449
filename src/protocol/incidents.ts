import * as z from 'zod';
import { incidentStatusSchema, reportSchema, verdictSchema } from '../domain/report.ts';
import { isSight } from '../domain/sight.ts';
import { incidentAlertSchema } from './alerts.ts';

const name = z
  .string()
  .max(253)
  .regex(/^[A-Za-z0-9.-]+$/, 'a name of letters, digits, dots and hyphens is needed');
const time = z.iso.datetime({ offset: true, error: 'a time like 2026-01-31T10:00:00Z is needed' });

/** What is posted to have something investigated. */
export const newIncidentSchema = z.strictObject({
  description: z.string().trim().min(1, 'say what hurts in a few words').max(10_000).describe('what hurts, in a few words'),
  namespace: name.optional().describe('where to look; default: what the description names, else all'),
  all_namespaces: z.boolean().optional(),
  since: time.optional().describe('only what happened since then'),
  until: time.optional(),
  llm: z.boolean().optional().describe('false: no language model is asked, although the server has one'),
  context: z.string().max(4_000).optional().describe('what else is known; kept with the incident for its readers, not interpreted'),
  source: z.string().max(200).optional().describe('who or what asks: a person, a pager, a pipeline'),
  idempotency_key: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('sent again with the same key, a request names the same incident; also as header Idempotency-Key'),
});
export type NewIncidentBody = z.infer<typeof newIncidentSchema>;

/** The same question, supposing that some of what can be read could not be. */
export const suppositionSchema = z.strictObject({
  ...newIncidentSchema.pick({ description: true, namespace: true, all_namespaces: true, since: true, until: true, llm: true }).shape,
  without: z
    .array(z.string().refine(isSight, 'a kind as Kubernetes spells it, or `logs`, is needed'))
    .min(1)
    .max(100)
    .describe('what is not read: kinds, or `logs`'),
});

export const acceptedSchema = z.object({ incident_id: z.string(), status: incidentStatusSchema });

/** One row of the list. */
const incidentSchema = z.object({
  incident_id: z.string(),
  description: z.string(),
  status: incidentStatusSchema,
  created_at: z.string(),
  completed_at: z.string().nullable(),
  namespaces: z.array(z.string()),
  verdict: verdictSchema.nullable(),
  cause_id: z.string().nullable(),
  title: z.string().nullable(),
  object: z.string().nullable(),
  confidence_score: z.string().nullable(),
  error_message: z.string().nullable(),
});

export const incidentPageSchema = z.object({
  items: z.array(incidentSchema),
  next_cursor: z.string().nullable().describe('the `cursor` of the next page; null: this was the last'),
});

export const incidentQuerySchema = z.strictObject({
  status: incidentStatusSchema.optional(),
  namespace: name.optional(),
  cause: z.string().max(200).optional().describe('a part of the id or the title of the first cause'),
  since: time.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(100).optional(),
});

/** One incident: the report's fields once there is one, and until then what is known. */
export const incidentDetailSchema = z.object({
  ...reportSchema.partial().shape,
  incident_id: z.string(),
  description: z.string(),
  status: incidentStatusSchema,
  created_at: z.string(),
  completed_at: z.string().nullable(),
  error_message: z.string().nullable(),
  extracted_entities: reportSchema.shape.extracted_entities.nullable(),
  evidence: reportSchema.shape.evidence,
  suggested_root_cause: z.string().nullable(),
  confidence_score: reportSchema.shape.confidence_score,
  investigation_steps: reportSchema.shape.investigation_steps,
  source: z.string().nullable(),
  context: z.string().nullable(),
  correlation_id: z.string().nullable().default(null).describe('`X-Correlation-ID` of the request that asked for it'),
  alerts: z.array(incidentAlertSchema).default([]).describe('alerts that it was opened for, or that joined it'),
});
export type IncidentDetail = z.infer<typeof incidentDetailSchema>;

/** The last message of a stream of events, and none of the run's own. */
export const INCIDENT_CLOSED = 'incident-closed';
export const incidentClosedSchema = z.object({ incident_id: z.string(), status: incidentStatusSchema, error_message: z.string().nullable() });

/** The last message of a stream that is kept nowhere, where what it tells of failed; its data are those of an error. */
export const INVESTIGATION_FAILED = 'investigation-failed';
