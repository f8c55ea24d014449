import * as z from 'zod';

/** A follow-up, in the words of a chat. */
export const questionSchema = z.strictObject({
  question: z.string().trim().min(1).max(2_000).describe('"why", "show evidence 3", "logs of checkout", "is it DNS?", "ask again"'),
});

/** The last message of an answer; the incident is the one that the next question is about. */
export const QUESTION_ANSWERED = 'question-answered';
export const QUESTION_FAILED = 'question-failed';
