import { z } from 'zod';

const turnSchema = z.object({
  at: z.string(),
  said: z.string(),
  incident_id: z.string().nullable().describe('the incident that the session was about afterwards'),
});

/** What is kept of a session, so that it can be gone on with. */
export const transcriptSchema = z.object({
  session_id: z.string(),
  created_at: z.string(),
  snapshot: z.string().nullable(),
  server: z.string().nullable().default(null).describe('the server that was asked'),
  context: z.string().nullable(),
  namespace: z.string().nullable(),
  turns: z.array(turnSchema),
});
export type Transcript = z.infer<typeof transcriptSchema>;
