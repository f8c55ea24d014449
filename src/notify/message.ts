import { createHmac } from 'node:crypto';
import type { Incident } from '../domain/incident.ts';
import type { Report } from '../domain/report.ts';
import { printable } from '../report/printable.ts';
import type { Webhook } from './webhooks.ts';

/** What a receiver is sent: a few fields to route by, never the evidence; who wants more asks the server with a key of its own. */
export function messageOf(incident: Incident, report: Report | null, { format }: Pick<Webhook, 'format'>): object {
  return format === 'slack' ? { text: slackText(incident) } : { event: 'incident-ended', incident: fieldsOf(incident, report) };
}

/** Of the time and the body: who has the secret can tell that neither was changed, and refuse what is old. */
export function signatureOf(body: string, secret: string, seconds: number): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

function fieldsOf(incident: Incident, report: Report | null): object {
  const [first] = report?.root_causes ?? [];
  return { ...incident, mechanism: first?.mechanism ?? null, suggested_root_cause: report?.suggested_root_cause ?? null };
}

/** https://docs.slack.dev/messaging/formatting-message-text: three signs are markup, also in what a cluster says. */
function slackText({ incident_id: id, description, status, title, object, confidence_score: level, verdict, error_message: reason }: Incident): string {
  const plain = (text: string): string => printable(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const asked = plain(description.length > 200 ? `${description.slice(0, 199)}…` : description);
  if (title !== null) return `*${plain(title)}*: ${plain(object ?? '')} (${level} confidence)\n${asked}\n${id}`;
  const outcome =
    status === 'failed' ? `It failed: ${plain(reason ?? 'no reason is known')}` : `No root cause: ${(verdict ?? 'undetermined').replaceAll('-', ' ')}`;
  return `${outcome}\n${asked}\n${id}`;
}
