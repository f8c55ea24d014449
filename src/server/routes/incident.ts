import type { KeptAlert } from '../../alerts/alert.ts';
import { fingerprintIn } from '../../alerts/take-alerts.ts';
import { askedAgain } from '../../client/asked-again.ts';
import { keptReport } from '../../client/kept-report.ts';
import type { Incident } from '../../domain/incident.ts';
import { coded } from '../../errors/coded-error.ts';
import { acceptedSchema, type IncidentDetail, incidentDetailSchema } from '../../protocol/incidents.ts';
import type { IncidentRecord } from '../../store/record-repository.ts';
import { accept, idempotencyKeyOf, within } from '../accept.ts';
import { eventStream } from '../event-stream.ts';
import { lastSeen } from '../last-seen.ts';
import { type Answer, route } from '../route.ts';
import { sseAnswer } from '../sse.ts';
import { visibleIncident } from '../visible-incident.ts';

const HEARTBEAT_MS = 15_000;
/** The page carries its own style and nothing else may run or load. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

export const getIncident = route({
  method: 'GET',
  path: '/api/v1/incidents/{id}',
  summary: 'One incident, with its report once there is one',
  needs: 'viewer',
  answers: { 200: { what: 'the incident', schema: incidentDetailSchema }, 404: { what: 'there is none, or the key may not see it' } },
  handle: async ({ params, principal }, { store, queue, records }) => {
    const { incident, reportText } = await visibleIncident(store, params['id'] ?? '', principal);
    const { incident_id: id } = incident;
    const [job, alerts] = await Promise.all([queue.job(id), records.ofIncident('alert', id)]);
    const asked = { source: job?.source ?? null, context: job?.context ?? null, correlation_id: job?.carried?.correlationId ?? null };
    const beside = { ...asked, alerts: alerts.map(alertOf) };
    return reportText === null ? { status: 200, body: { ...withoutReport(incident), ...beside } } : jsonOf(reportText, beside);
  },
});

export const getEvents = route({
  method: 'GET',
  path: '/api/v1/incidents/{id}/events',
  summary: 'What happens in an investigation, as server-sent events',
  needs: 'viewer',
  answers: {
    200: { what: 'from the first event, or from the one after Last-Event-ID; ends with `incident-closed`', type: 'text/event-stream' },
    404: { what: 'there is none, or the key may not see it' },
  },
  handle: async ({ params, principal, headers, gone }, { store, wakeUps, streams, closing }) => {
    const { incident } = await visibleIncident(store, params['id'] ?? '', principal);
    const signal = AbortSignal.any([gone, closing]);
    const options = { store, wakeUps, incidentId: incident.incident_id, after: lastSeen(headers), heartbeatMs: HEARTBEAT_MS, signal };
    return sseAnswer(eventStream(options), { streams });
  },
});

export const cancelIncident = route({
  method: 'POST',
  path: '/api/v1/incidents/{id}/cancel',
  summary: 'Stop an investigation; what is known until then is its report',
  needs: 'operator',
  answers: { 202: { what: 'it is being stopped', schema: acceptedSchema }, 409: { what: 'it has ended' } },
  handle: async ({ params, principal }, { store, queue, runner, wakeUps, now }) => {
    const { incident } = await visibleIncident(store, params['id'] ?? '', principal);
    const { incident_id: id, status } = incident;
    const cancelling = await queue.cancel(id, now().toISOString());
    if (cancelling === 'ended') throw coded('INCIDENT_ENDED', { id, status });
    // Where another process investigates it, that one is told through the store.
    runner.cancel(id);
    wakeUps.changed(id);
    return { status: 202, body: { incident_id: id, status: cancelling === 'cancelled' ? 'cancelled' : status } };
  },
});

export const rerunIncident = route({
  method: 'POST',
  path: '/api/v1/incidents/{id}/rerun',
  summary: 'Ask the same again, as a new incident',
  needs: 'operator',
  answers: { 202: { what: 'accepted, under a new id', schema: acceptedSchema } },
  handle: async ({ params, principal, headers }, parts) => {
    const { incident, report } = await visibleIncident(parts.store, params['id'] ?? '', principal);
    const job = await parts.queue.job(incident.incident_id);
    const request = within({ ...askedAgain(incident, report, job), incidentId: '' }, principal);
    return accept(parts, { request, source: principal?.name ?? null, context: job?.context ?? null, idempotencyKey: idempotencyKeyOf(headers, principal) });
  },
});

export const getReport = route({
  method: 'GET',
  path: '/api/v1/incidents/{id}/report.{format}',
  summary: 'A report to read: report.md or report.html',
  needs: 'viewer',
  answers: { 200: { what: 'Markdown, or a page that needs nothing else', type: 'text/html' }, 409: { what: 'it has no report yet' } },
  handle: async ({ params, principal }, { store }): Promise<Answer> => {
    const kept = await visibleIncident(store, params['id'] ?? '', principal);
    if (params['format'] !== 'md' && params['format'] !== 'html') throw coded('ROUTE_UNKNOWN', {});
    const report = keptReport(kept);
    if (params['format'] === 'md') {
      const { renderMarkdown } = await import('../../report/markdown.ts');
      return { status: 200, headers: { 'content-type': 'text/markdown; charset=utf-8' }, body: renderMarkdown(report) };
    }
    const { renderHtml } = await import('../../report/html.ts');
    return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY }, body: renderHtml(report) };
  },
});

type Beside = Pick<IncidentDetail, 'source' | 'context' | 'correlation_id' | 'alerts'>;

/** A report is sent as it was kept: to read it and to write it again would cost more than all else of an answer. */
function jsonOf(reportText: string, beside: Beside): Answer {
  const body = `${reportText.slice(0, -1)},${JSON.stringify(beside).slice(1)}`;
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}

function withoutReport({ incident_id, description, status, created_at, completed_at, error_message }: Incident): Omit<IncidentDetail, keyof Beside> {
  const known = { incident_id, description, status, created_at, completed_at, error_message };
  return { ...known, extracted_entities: null, evidence: [], suggested_root_cause: null, confidence_score: null, investigation_steps: [] };
}

function alertOf({ key, value }: IncidentRecord): IncidentDetail['alerts'][number] {
  return { fingerprint: fingerprintIn(key), ...(value as KeptAlert) };
}
