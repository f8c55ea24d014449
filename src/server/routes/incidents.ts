import { coded } from '../../errors/coded-error.ts';
import { acceptedSchema, incidentPageSchema, incidentQuerySchema, newIncidentSchema } from '../../protocol/incidents.ts';
import { accept, idempotencyKeyOf, requestOf } from '../accept.ts';
import { route } from '../route.ts';
import { isPlaceInList } from '../visible-incident.ts';

export const postIncident = route({
  method: 'POST',
  path: '/api/v1/incidents',
  summary: 'Have something investigated',
  needs: 'operator',
  body: newIncidentSchema,
  answers: { 202: { what: 'accepted: it will be investigated, whatever happens to this server', schema: acceptedSchema } },
  handle: ({ body, headers, principal }, parts) => {
    return accept(parts, {
      request: requestOf(body, principal, parts),
      source: body.source ?? principal?.name ?? null,
      context: body.context === undefined ? null : parts.redact(body.context),
      idempotencyKey: idempotencyKeyOf(headers, principal, body.idempotency_key),
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
    if (cursor !== undefined && !(await isPlaceInList(store, cursor, principal)))
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
