import * as z from 'zod';

const text = z.string().max(4_000);
const texts = z.record(z.string().max(200), text);
const MOST = 5_000;

const alertmanagerAlertSchema = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: texts,
  annotations: texts.default({}),
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.iso.datetime({ offset: true }).optional(),
  fingerprint: z.string().min(1).max(100).optional(),
});
export type AlertmanagerAlert = z.infer<typeof alertmanagerAlertSchema>;

/** What Alertmanager posts, version 4; what is not needed of it is not looked at. */
export const alertmanagerWebhookSchema = z.object({ version: z.literal('4'), alerts: z.array(alertmanagerAlertSchema).max(MOST) });

const pointer = z
  .string()
  .max(500)
  .regex(/^(\/.*)?$/, 'a JSON Pointer like /labels/namespace is needed');

/** Where the parts of an alert stand in another tool's JSON. */
export const alertMappingSchema = z.strictObject({
  alerts: pointer.optional().describe('the list of alerts; default: the body is one'),
  name: pointer.describe('what the alert is called'),
  namespace: pointer.optional(),
  object: pointer.optional().describe('what it is about: deployment/checkout, or a name'),
  summary: pointer.optional(),
  fingerprint: pointer.optional().describe('what is the same each time the alert is told; default: name, namespace and object'),
  status: pointer.optional().describe('default: it fires'),
  resolved: z.string().max(200).default('resolved,ok,closed').describe('values of the status that say it is over, joined by commas'),
  started_at: pointer.optional(),
});
export type AlertMapping = z.infer<typeof alertMappingSchema>;

export const alertsTakenSchema = z.object({
  incidents: z.array(z.string()).describe('incidents that these alerts belong to'),
  opened: z.array(z.string()).describe('those of them that were begun for these alerts'),
  known: z.number().int().describe('alerts that were told before'),
  resolved: z.number().int(),
});

/** An alert that an incident was opened for, or that joined it. */
export const incidentAlertSchema = z.object({
  fingerprint: z.string(),
  name: z.string(),
  namespace: z.string().nullable(),
  status: z.enum(['firing', 'resolved']),
  started_at: z.string(),
  ended_at: z.string().nullable(),
  times: z.number().int().describe('how often it was told'),
});
