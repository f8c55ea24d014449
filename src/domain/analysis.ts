import * as z from 'zod';

/** Something that may be so. `supported`: evidence of this run shows it, though the computation does not rest on it. */
export const hypothesisSchema = z.object({
  text: z.string(),
  supported: z.boolean(),
  reason: z.string().nullable().describe('why it is no more than a hypothesis'),
  evidence_ids: z.array(z.string()),
});
export type Hypothesis = z.infer<typeof hypothesisSchema>;

const runbookCitationSchema = z.object({
  name: z.string(),
  section: z.string().nullable(),
  path: z.string(),
  excerpt: z.string(),
  cause_id: z.string().nullable().describe('the cause of the report that it is about'),
  found_by: z.enum(['cause', 'words', 'meaning', 'words and meaning']),
});
export type RunbookCitation = z.infer<typeof runbookCitationSchema>;

/** What stands beside the computed conclusions: a model's words, each checked, and what the runbooks say. */
export const analysisSchema = z.object({
  narrative: z.string().nullable().describe('sentences that cite evidence; null without a model'),
  hypotheses: z.array(hypothesisSchema),
  runbooks: z.array(runbookCitationSchema),
});
export type Analysis = z.infer<typeof analysisSchema>;

/** What a model cost. */
export const modelUsageSchema = z.object({
  model: z.string(),
  calls: z.number().int(),
  steps: z.number().int(),
  input_tokens: z.number().int(),
  output_tokens: z.number().int(),
  estimated: z.boolean().describe('the endpoint did not count; the tokens are estimates'),
  seconds: z.number(),
  cost: z.number().optional().describe('by the prices of the settings'),
  stopped_by: z.string().nullable().describe('the limit that ended its work'),
});
export type ModelUsage = z.infer<typeof modelUsageSchema>;
