import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import type { Incident } from '../../domain/incident.ts';
import { type InvestigationEvent, investigationEventSchema } from '../../domain/investigation-event.ts';
import type { InvestigationRequest } from '../../domain/investigation-request.ts';
import { type Report, reportSchema } from '../../domain/report.ts';
import { asCoded, coded } from '../../errors/coded-error.ts';
import { errorBodySchema } from '../../protocol/error-body.ts';
import { feedbackListSchema, feedbackSchema } from '../../protocol/feedback.ts';
import {
  acceptedSchema,
  INCIDENT_CLOSED,
  INVESTIGATION_FAILED,
  incidentClosedSchema,
  incidentDetailSchema,
  incidentPageSchema,
} from '../../protocol/incidents.ts';
import type { IncidentFilter } from '../../store/incident-repository.ts';
import type { IncidentClient } from '../investigation-client.ts';
import { refusalOf } from './refusal-of.ts';
import { PAUSES_MS, type ServerApi } from './server-api.ts';

type Closed = z.infer<typeof incidentClosedSchema>;

/** How net/reason-of.ts tells that the connection was there and is gone. */
const CUT = 'the connection was closed';
const POST_AGAIN = 3;
const PAGE = 500;
const INCIDENTS = '/api/v1/incidents';
const at = (id: string): string => `${INCIDENTS}/${encodeURIComponent(id)}`;

/** The same promises as the engine in this process keeps, by a server. What arrives is parsed, never trusted. */
export function remoteClient(api: ServerApi): IncidentClient {
  return {
    correlationId: api.correlationId,
    investigate: (request, signal) => investigateThere(api, request, signal),
    report: (id) => reportOf(api, id),
    follow: async function* (id, signal) {
      const { incident_id: exact } = await api.get(at(id), incidentDetailSchema, signal);
      yield* eventsOf(api, exact, signal);
    },
    incidents: (filter) => incidentsOf(api, filter),
    async *rerun(id, _as, signal) {
      // Not `last`: asked again after a lost answer, that would be the new one.
      const { incident_id: exact } = await api.get(at(id), incidentDetailSchema, signal);
      yield* runThere(api, await accepted(api, `${at(exact)}/rerun`), signal);
    },
    cancel: (id) => api.post(`${at(id)}/cancel`, acceptedSchema),
    tell: (id, feedback) => api.post(`${at(id)}/feedback`, feedbackSchema, { body: feedback }),
    told: async (id) => (await api.get(`${at(id)}/feedback`, feedbackListSchema)).items,
  };
}

async function* investigateThere(api: ServerApi, request: InvestigationRequest, signal: AbortSignal): AsyncGenerator<InvestigationEvent> {
  if (request.without !== undefined) return yield* supposeThere(api, request, signal);
  yield* runThere(api, await accepted(api, INCIDENTS, questionOf(request)), signal);
}

/** The run of an incident that was accepted. */
async function* runThere(api: ServerApi, id: string, signal: AbortSignal): AsyncGenerator<InvestigationEvent> {
  // The first signal stops the run there, whose report still comes.
  const cancel = (): void => void api.post(`${at(id)}/cancel`, acceptedSchema).catch(() => {});
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    const closed = yield* eventsOf(api, id, new AbortController().signal);
    // A run that failed throws, as it does in this process.
    if (closed?.status === 'failed') throw api.told(coded('INVESTIGATION_FAILED', { reason: closed.error_message ?? 'the server does not say why' }));
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/** Asked again with the same key where the answer was lost on the way, so that it is one incident. */
async function accepted(api: ServerApi, path: string, body?: object): Promise<string> {
  const sent = { ...(body === undefined ? {} : { body }), headers: { 'idempotency-key': randomUUID() } };
  for (const pause of PAUSES_MS.slice(0, POST_AGAIN)) {
    try {
      return (await api.post(path, acceptedSchema, sent)).incident_id;
    } catch (error) {
      const { code, details } = asCoded(error);
      if (code !== 'SERVER_UNREACHABLE' || (details as { reason?: string }).reason !== CUT) throw error;
      await sleep(pause);
    }
  }
  return (await api.post(path, acceptedSchema, sent)).incident_id;
}

/** What is only supposed is kept nowhere but for a moment, so that it can be gone on with after a cut. */
async function* supposeThere(api: ServerApi, request: InvestigationRequest, signal: AbortSignal): AsyncGenerator<InvestigationEvent> {
  const body = { ...questionOf(request), without: request.without };
  for await (const message of api.asked('/api/v1/suppositions', body, ['report-completed', INVESTIGATION_FAILED], signal)) {
    if (message.event === INVESTIGATION_FAILED) throw refusalOf(errorBodySchema.parse(JSON.parse(message.data)));
    const parsed = investigationEventSchema.safeParse(JSON.parse(message.data));
    if (parsed.success) yield parsed.data;
  }
}

function questionOf({ description, namespace, allNamespaces, since, until, llm }: InvestigationRequest): object {
  return {
    description,
    ...(namespace === undefined ? {} : { namespace }),
    ...(allNamespaces === true ? { all_namespaces: true } : {}),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(llm === undefined ? {} : { llm }),
  };
}

/** From the first event to the end of the incident. After a cut it goes on behind the last event that came. */
async function* eventsOf(api: ServerApi, id: string, signal: AbortSignal): AsyncGenerator<InvestigationEvent, Closed | undefined> {
  let last: string | undefined;
  for (let cuts = 0; !signal.aborted; ) {
    try {
      for await (const message of api.stream(`${at(id)}/events`, last, signal)) {
        cuts = 0;
        if (message.event === INCIDENT_CLOSED) return incidentClosedSchema.parse(JSON.parse(message.data));
        last = message.id ?? last;
        const parsed = investigationEventSchema.safeParse(JSON.parse(message.data));
        // An event that only a newer server knows is for newer terminals.
        if (parsed.success) yield parsed.data;
      }
    } catch (error) {
      if (signal.aborted) return undefined;
      if (asCoded(error).code !== 'SERVER_UNREACHABLE' || cuts >= PAUSES_MS.length) throw error;
    }
    const pause = PAUSES_MS[Math.min(cuts, PAUSES_MS.length - 1)];
    cuts += 1;
    await sleep(pause, undefined, { signal }).catch(() => {});
  }
  return undefined;
}

async function reportOf(api: ServerApi, id: string): Promise<Report> {
  const detail = await api.get(at(id), incidentDetailSchema);
  const parsed = reportSchema.safeParse(detail);
  if (parsed.success) return parsed.data;
  throw coded('INCIDENT_WITHOUT_REPORT', { id: detail.incident_id, status: detail.status, reason: detail.error_message });
}

async function incidentsOf(api: ServerApi, { limit = 50, status, namespace, cause, since }: IncidentFilter): Promise<readonly Incident[]> {
  const found: Incident[] = [];
  let cursor: string | null = null;
  do {
    const asked = { status, namespace, cause, since, limit: String(Math.min(PAGE, limit - found.length)), cursor: cursor ?? undefined };
    const query = new URLSearchParams(Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== undefined));
    const page: { items: Incident[]; next_cursor: string | null } = await api.get(`${INCIDENTS}?${query}`, incidentPageSchema);
    found.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null && found.length < limit);
  return found;
}
