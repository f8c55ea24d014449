import * as z from 'zod';

const quote = z.object({ id: z.string().describe('ev-12'), quote: z.string().describe('a few words exactly as they stand in that piece') });

/** What is asked of a model at the end. */
export const answerSchema = z.object({
  narrative: z.string().describe('two to six sentences, each ending in [ev-…]'),
  causes: z.array(
    z.object({ title: z.string(), kind: z.string(), namespace: z.string().nullable(), name: z.string(), mechanism: z.string(), evidence: z.array(quote) }),
  ),
  hypotheses: z.array(z.string()),
});
export type Answer = z.infer<typeof answerSchema>;

const idOf = z.preprocess((value) => (typeof value === 'string' ? { id: value, quote: '' } : value), z.object({ id: z.string(), quote: z.string().catch('') }));

/** The same, as small models give it: with parts left out, and a list of one as the one. */
export const readableAnswer: z.ZodType<Answer> = z.object({
  narrative: z.string(),
  causes: z
    .array(
      z.object({
        title: z.string(),
        kind: z.string().catch(''),
        namespace: z.string().nullable().catch(null),
        name: z.string().catch(''),
        mechanism: z.string().catch(''),
        evidence: z.array(idOf).catch([]),
      }),
    )
    .catch([]),
  hypotheses: z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string())).catch([]),
}) as z.ZodType<Answer>;
