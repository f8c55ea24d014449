import * as z from 'zod';

/** What rules see of one webhook of a webhook configuration. Every key is present; null where it could not be read. */
export const webhookDocSchema = z.object({
  name: z.string().describe('of the webhook inside its configuration'),
  configuration: z.string(),
  kind: z.string(),
  failure_policy: z.string(),
  timeout_s: z.number(),
  url: z.string().nullable(),
  service: z.string().nullable().describe('namespace/name of the Service that answers for it'),
  service_status: z.string().nullable().describe('found, not-found, forbidden or not-collected'),
  ready_endpoints: z.number().nullable(),
  backend_down: z.boolean().describe('its Service does not exist or has no ready endpoint'),
  guards_pods: z.boolean().describe('it is asked about the creation of pods'),
  guarded: z.number().describe('workloads that were read and whose pods it is asked about'),
  resources: z.array(z.string()),
  refused: z.number().describe('sets whose pods cannot be created because it does not answer'),
  refused_text: z.string().nullable(),
  error: z.enum(['refused', 'no-endpoints', 'timeout', 'tls', 'not-found', 'other']).nullable(),
});
export type WebhookDoc = z.infer<typeof webhookDocSchema>;
