import * as z from 'zod';

export const newFeedbackSchema = z.strictObject({
  right: z.boolean().describe('whether the named cause was the cause'),
  cause_id: z.string().max(200).optional().describe('which of the named causes is meant; default: the first'),
  note: z.string().max(4_000).optional().describe('what it was, or how it was found'),
});
export type NewFeedback = z.infer<typeof newFeedbackSchema>;

export const feedbackSchema = z.object({
  right: z.boolean(),
  cause_id: z.string().nullable(),
  note: z.string().nullable(),
  by: z.string().nullable(),
  at: z.string(),
});
export type Feedback = z.infer<typeof feedbackSchema>;

export const feedbackListSchema = z.object({ items: z.array(feedbackSchema) });
