import * as z from 'zod';
import { hypothesisSchema } from '../domain/analysis.ts';
import { evidenceSchema } from '../domain/evidence.ts';
import { gapSchema } from '../domain/gap-schema.ts';

/** A follow-up, in the words of a chat. */
export const questionSchema = z.strictObject({
  question: z.string().trim().min(1).max(2_000).describe('"why", "show evidence 3", "logs of checkout", "is it DNS?", "ask again"'),
});

/** The last message of an answer; the incident is the one that the next question is about. */
export const QUESTION_ANSWERED = 'question-answered';
export const QUESTION_FAILED = 'question-failed';

/** A question that only the language model of the server can answer. */
export const followUpSchema = z.strictObject({
  question: questionSchema.shape.question.describe('what the report and a read or two cannot answer'),
  evidence: z.array(evidenceSchema).max(200).default([]).describe('what was read for earlier questions, beyond the evidence of the report'),
});

export const FOLLOW_UP_ANSWERED = 'follow-up-answered';
/** null: the server asks no language model. */
export const followUpAnsweredSchema = z.object({
  answer: z
    .object({ narrative: z.string().nullable(), hypotheses: z.array(hypothesisSchema), evidence: z.array(evidenceSchema), gaps: z.array(gapSchema) })
    .nullable(),
});
