import * as z from 'zod';

/** What rules see of an APIService. Every key is present; null where it could not be read. */
export const apiServiceDocSchema = z.object({
  name: z.string(),
  group: z.string().nullable(),
  available: z.string().nullable().describe('True, False or Unknown'),
  reason: z.string().nullable(),
  message: z.string().nullable(),
  unavailable_s: z.number().nullable(),
  service: z.string().nullable().describe('namespace/name; null for what the API server serves itself'),
  service_status: z.string().nullable(),
  ready_endpoints: z.number().nullable(),
});
export type ApiServiceDoc = z.infer<typeof apiServiceDocSchema>;
