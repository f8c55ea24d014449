import * as z from 'zod';
import { objectRefSchema } from './object-ref-schema.ts';

/** One thing that was read, exactly where it was read, and when. Findings cite these by id. */
export const evidenceSchema = z.object({
  id: z.string().describe('ev-1, ev-2, … unique in a report'),
  source: z.enum(['object', 'event', 'log', 'metric', 'alert', 'node-service', 'connectivity', 'lookup', 'knowledge-graph', 'tool']),
  object: objectRefSchema,
  field_path: z.string().nullable().describe('path in the object, or null for events and logs'),
  container: z.string().optional(),
  excerpt: z.string().describe('the value, message or log lines, redacted'),
  observed_at: z.string().nullable().optional().describe("when it happened, by the cluster's own clock"),
  collected_at: z.string(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Evidence before it has an id: made by facts, given an id by the run when something cites it. */
export type EvidenceDraft = Omit<Evidence, 'id' | 'collected_at'> & { readonly collected_at?: string };
