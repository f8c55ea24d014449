import * as z from 'zod';
import type { IncomingAlert } from '../../alerts/alert.ts';
import { fromAlertmanager } from '../../alerts/from-alertmanager.ts';
import { fromMapping } from '../../alerts/from-mapping.ts';
import { takeAlerts } from '../../alerts/take-alerts.ts';
import { coded } from '../../errors/coded-error.ts';
import { alertMappingSchema, alertmanagerWebhookSchema, alertsTakenSchema } from '../../protocol/alerts.ts';
import { accept, within } from '../accept.ts';
import { keepMoment } from '../alerts/moments.ts';
import { type Answer, type Asked, route, type ServerParts } from '../route.ts';

/** A storm of a thousand alerts is sent as one. */
const BODY_LIMIT = 8 * 1024 * 1024;
const answers = { 202: { what: 'taken: what is new is investigated', schema: alertsTakenSchema } };

export const postAlerts = route({
  method: 'POST',
  path: '/api/v1/alerts',
  summary: 'Alerts as Alertmanager posts them; those of a namespace become one incident',
  needs: 'operator',
  bodyLimit: BODY_LIMIT,
  body: alertmanagerWebhookSchema,
  answers,
  handle: (asked, parts) => take(asked.body.alerts.map(fromAlertmanager), asked, parts),
});

export const postMappedAlerts = route({
  method: 'POST',
  path: '/api/v1/alerts/json',
  summary: 'Alerts of any other tool; the address says where their parts stand',
  needs: 'operator',
  bodyLimit: BODY_LIMIT,
  query: alertMappingSchema,
  body: z.json(),
  answers,
  handle: (asked, parts) => take(fromMapping(asked.body, asked.query, parts.now()), asked, parts),
});

async function take(alerts: readonly IncomingAlert[], { principal }: Asked, parts: ServerParts): Promise<Answer> {
  const scope = principal?.namespaces ?? null;
  if (scope !== null && alerts.some(({ namespace }) => namespace === undefined || !scope.includes(namespace)))
    throw coded('NOT_PERMITTED', { needs: `alerts of namespaces that it is for: ${scope.join(', ')}` });
  const { records, now, newIncidentId, redact, store } = parts;
  const open: Parameters<typeof takeAlerts>[1]['open'] = async (request) => {
    if ((await store.find(request.incidentId)).status === 'found') return false;
    await accept(
      { ...parts, newIncidentId: () => request.incidentId },
      {
        request: within(request, principal),
        source: principal?.name ?? 'alerts',
        context: null,
        // Another replica may open it at the same moment.
        idempotencyKey: `alerts:${request.incidentId}`,
      },
    );
    void keepMoment(request.incidentId, request.namespace, parts);
    return true;
  };
  return { status: 202, body: await takeAlerts(alerts, { records, now, newIncidentId, redact, open, gathers: scope === null }) };
}
