import * as z from 'zod';

/** One thing the run did, in order: a stage, or a read. Shown live, kept in the report. */
export const investigationStepSchema = z.object({
  at: z.string(),
  stage: z.string(),
  text: z.string(),
  duration_ms: z.number().nullable(),
});
export type InvestigationStep = z.infer<typeof investigationStepSchema>;
