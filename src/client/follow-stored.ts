import { setTimeout as sleep } from 'node:timers/promises';
import type { InvestigationEvent } from '../domain/investigation-event.ts';
import { coded } from '../errors/coded-error.ts';
import type { IncidentRepository, KeptIncident } from '../store/incident-repository.ts';

/** How often the store is asked what another process has added; it writes as often. */
const ASK_MS = 200;

/** The one incident that an id, a unique prefix or `last` names. Throws INCIDENT_NOT_FOUND, INCIDENT_AMBIGUOUS. */
export async function foundIncident(store: IncidentRepository, id: string): Promise<KeptIncident> {
  const found = await store.find(id);
  if (found.status === 'not-found') throw coded('INCIDENT_NOT_FOUND', { id });
  if (found.status === 'ambiguous') throw coded('INCIDENT_AMBIGUOUS', { id, candidates: found.candidates });
  return found;
}

/**
 * The events of a run that this or another process keeps, ending with `report-completed` where there is a report. A run that
 * ends without one ends the events.
 */
export async function* followStored(store: IncidentRepository, id: string, signal: AbortSignal): AsyncGenerator<InvestigationEvent> {
  const { incident_id: exact } = (await foundIncident(store, id)).incident;
  let told = 0;
  while (!signal.aborted) {
    // Asked before the events: what is written in between is then told in this round, and nothing is missed.
    const { incident, report } = await foundIncident(store, exact);
    const events = await store.events(exact);
    yield* events.slice(told);
    told = events.length;
    if (report !== null) return yield { type: 'report-completed', report };
    if (incident.status !== 'investigating' && incident.status !== 'pending') return;
    await sleep(ASK_MS, undefined, { signal }).catch(() => {});
  }
}
