import * as z from 'zod';

const timeWindowSchema = z.object({ from: z.string().nullable(), to: z.string().nullable() });

/** What the description names, resolved against what exists. */
export const entitiesSchema = z.object({
  namespace: z.string().nullable(),
  pods: z.array(z.string()),
  workloads: z.array(z.string()),
  services: z.array(z.string()),
  nodes: z.array(z.string()),
  others: z.array(z.string()).describe('objects of further kinds, as Kind/name'),
  error_summary: z.string().nullable().describe('the symptom in words: "failing", "CrashLoopBackOff", "503"'),
  time_window: timeWindowSchema.nullable(),
  unresolved: z
    .array(
      z.object({
        word: z.string(),
        near: z.array(z.string()),
        asked: z.boolean().optional().describe('true: the question is about it, so nothing that was found is known to answer it'),
      }),
    )
    .describe('words that look like names but name nothing, with near names'),
});
