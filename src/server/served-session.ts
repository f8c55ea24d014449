import { mayAs, type Principal } from '../auth/principal.ts';
import { askedSession } from '../client/asked-session.ts';
import { followStored } from '../client/follow-stored.ts';
import { keptReport } from '../client/kept-report.ts';
import type { SessionClient } from '../client/session-client.ts';
import { coded } from '../errors/coded-error.ts';
import { accept, requestOf } from './accept.ts';
import type { ServerParts } from './route.ts';
import { scopedDesk } from './scoped-desk.ts';
import { visibleIncident } from './visible-incident.ts';

/** A session inside the server: its investigations are incidents like any other, and it sees what the principal may see. */
export function servedSession(parts: ServerParts, principal: Principal | undefined): SessionClient {
  const { store, desk, investigate, askOn } = parts;
  const mayStart = principal === undefined || mayAs(principal, 'operator');
  const scoped = scopedDesk(desk, principal);
  return {
    ...askedSession(async (question, signal) => JSON.parse(await scoped.ask(question, signal))),
    async *investigate(asked, signal) {
      if (!mayStart) throw coded('NOT_PERMITTED', { needs: 'the role operator' });
      const { description, namespace, allNamespaces, since, until, llm, without } = asked;
      const question = {
        description,
        ...(namespace && { namespace }),
        ...(allNamespaces && { all_namespaces: true }),
        ...(since && { since }),
        ...(until && { until }),
        ...(llm === undefined ? {} : { llm }),
      };
      const request = requestOf(question, principal, parts);
      if (without !== undefined) return yield* investigate({ ...request, incidentId: asked.incidentId, without }, signal);
      const { incident_id: id } = (await accept(parts, { request, source: principal?.name ?? null, context: null, idempotencyKey: null })).body as {
        incident_id: string;
      };
      yield* followStored(store, id, signal);
    },
    // Its answers cost what an investigation costs.
    ...(askOn === undefined || !mayStart ? {} : { askOn: (followUp, signal) => askOn(followUp, principal?.namespaces ?? null, signal) }),
    async report(id) {
      return keptReport(await visibleIncident(store, id, principal));
    },
    follow: async function* (id, signal) {
      yield* followStored(store, (await visibleIncident(store, id, principal)).incident.incident_id, signal);
    },
    incidents: (filter) => store.list({ ...filter, ...(principal?.namespaces == null ? {} : { within: principal.namespaces }) }),
  };
}
