import type { Principal } from '../../auth/principal.ts';
import type { InvestigationRequest } from '../../domain/investigation-request.ts';
import { coded } from '../../errors/coded-error.ts';
import { acceptedSchema, incidentPageSchema, incidentQuerySchema, type NewIncidentBody, newIncidentSchema } from '../../protocol/incidents.ts';
import type { NewJob } from '../../store/job-queue.ts';
import { type Answer, route, type ServerParts } from '../route.ts';

export const postIncident = route({
  method: 'POST',
  path: '/api/v1/incidents',
  summary: 'Have something investigated',
  needs: 'operator',
  body: newIncidentSchema,
  answers: { 202: { what: 'accepted: it will be investigated, whatever happens to this server', schema: acceptedSchema } },
  handle: ({ body, headers, principal }, parts) => {
    const header = headers['idempotency-key'];
    const key = body.idempotency_key ?? (typeof header === 'string' && header !== '' ? header.slice(0, 200) : undefined);
    return accept(parts, {
      request: requestOf(body, principal, parts),
      source: body.source ?? principal?.name ?? null,
      context: body.context === undefined ? null : parts.redact(body.context),
      // What one may name as its own must not find the incidents of another.
      idempotencyKey: key === undefined ? null : `${principal?.id ?? ''}:${key}`,
    });
  },
});

export const listIncidents = route({
  method: 'GET',
  path: '/api/v1/incidents',
  summary: 'Incidents, newest first',
  needs: 'viewer',
  query: incidentQuerySchema,
  answers: { 200: { what: 'one page', schema: incidentPageSchema } },
  handle: async ({ query: { cursor, limit, ...asked }, principal }, { store }) => {
    if (cursor !== undefined && (await store.find(cursor)).status !== 'found')
      throw coded('REQUEST_INVALID', { problems: ['cursor: it is none that was given out'] });
    const filter = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
    const scope = principal?.namespaces ?? null;
    const rows = await store.list({
      ...filter,
      ...(scope === null ? {} : { within: scope }),
      ...(cursor === undefined ? {} : { before: cursor }),
      limit: limit + 1,
    });
    const items = rows.slice(0, limit);
    return { status: 200, body: { items, next_cursor: rows.length > limit ? (items.at(-1)?.incident_id ?? null) : null } };
  },
});

/** Into the queue, or refused where that is full. */
export async function accept(
  { queue, runner, now, maxWaiting, newIncidentId, log, closing }: ServerParts,
  job: Pick<NewJob, 'request' | 'source' | 'context' | 'idempotencyKey'>,
): Promise<Answer> {
  if (closing.aborted) throw coded('SERVER_CLOSING', {});
  const waiting = await queue.waiting();
  if (waiting >= maxWaiting) throw coded('QUEUE_FULL', { waiting });
  const incidentId = newIncidentId();
  const kept = await queue.enqueue({
    ...job,
    request: { ...job.request, incidentId },
    incidentId,
    description: job.request.description,
    createdAt: now().toISOString(),
  });
  if (kept.isNew) log.info({ incident_id: incidentId, words: job.request.description.length, waiting }, 'accepted');
  runner.look();
  return { status: 202, headers: { location: `/api/v1/incidents/${kept.incidentId}` }, body: { incident_id: kept.incidentId, status: 'pending' } };
}

function requestOf(body: NewIncidentBody, principal: Principal | undefined, { redact }: ServerParts): InvestigationRequest {
  const { description, namespace: named, all_namespaces: all, since, until } = body;
  const namespace = named ?? onlyOne(principal);
  const scope = principal?.namespaces ?? null;
  if (scope !== null && (namespace === undefined || all === true || !scope.includes(namespace)))
    throw coded('NOT_PERMITTED', { needs: `a namespace that it is for: ${scope.join(', ')}` });
  return {
    incidentId: '',
    description: redact(description),
    ...(namespace === undefined ? {} : { namespace }),
    ...(all === undefined ? {} : { allNamespaces: all }),
    ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
    ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
  };
}

function onlyOne(principal: Principal | undefined): string | undefined {
  return principal?.namespaces?.length === 1 ? principal.namespaces[0] : undefined;
}
