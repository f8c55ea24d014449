import { z } from 'zod';

/** What rules see of a Webhook. Every key is present; null where it could not be read. */
export const webhookDocSchema = z.object({
  name: z.string(),
});
export type WebhookDoc = z.infer<typeof webhookDocSchema>;
