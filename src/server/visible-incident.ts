import type { Principal } from '../auth/principal.ts';
import { foundIncident } from '../client/follow-stored.ts';
import { coded } from '../errors/coded-error.ts';
import type { IncidentRepository, KeptIncident } from '../store/incident-repository.ts';
import { isWithin } from '../store/is-within.ts';

/** The incident that an id, a prefix or `last` names, among those that the principal may see; others do not exist for it. */
export async function visibleIncident(store: IncidentRepository, id: string, principal: Principal | undefined): Promise<KeptIncident> {
  const namespaces = principal?.namespaces ?? null;
  if (namespaces === null) return foundIncident(store, id);
  const [latest] = id === 'last' ? await store.list({ within: namespaces, limit: 1 }) : [];
  const found = await store.find(latest?.incident_id ?? id);
  // A prefix could tell of the ids of others.
  if (found.status !== 'found' || !isWithin(found.incident, namespaces)) throw coded('INCIDENT_NOT_FOUND', { id });
  return found;
}

/** Whether it is the whole id of an incident that the principal may see: a place in a list. */
export async function isPlaceInList(store: IncidentRepository, id: string, principal: Principal | undefined): Promise<boolean> {
  const found = await store.find(id);
  const namespaces = principal?.namespaces ?? null;
  return found.status === 'found' && found.incident.incident_id === id && (namespaces === null || isWithin(found.incident, namespaces));
}
