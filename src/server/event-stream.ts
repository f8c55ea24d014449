import { foundIncident } from '../client/follow-stored.ts';
import type { Incident } from '../domain/incident.ts';
import { INCIDENT_CLOSED } from '../protocol/incidents.ts';
import type { IncidentRepository, KeptIncident } from '../store/incident-repository.ts';
import { type Following, followed } from './followed.ts';
import { sseMessage } from './sse.ts';

export interface EventStreamOptions extends Pick<Following, 'wakeUps' | 'heartbeatMs' | 'signal'> {
  readonly store: IncidentRepository;
  readonly incidentId: string;
  /** The number of the last event that the client has seen; 0: none. */
  readonly after: number;
}

/**
 * The events of a run as server-sent events, from the store, so that
 * a client that comes back with the number of its last one gets the next. `incident-closed` ends the stream and has no number.
 */
export function eventStream({ store, incidentId, after, ...following }: EventStreamOptions): AsyncGenerator<string> {
  let told = after;
  const look = async () => {
    // The incident before its events: what is written in between is told in this round.
    const found = await foundIncident(store, incidentId);
    const { messages, seq } = await fresh(found, store, told);
    told = seq;
    const isOver = hasEnded(found.incident);
    return { text: [...messages, ...(isOver ? [closed(found.incident)] : [])].join(''), isOver };
  };
  return followed({ look, id: incidentId, ...following });
}

function hasEnded({ status }: Incident): boolean {
  return status !== 'pending' && status !== 'investigating';
}

async function fresh({ incident, report }: KeptIncident, store: IncidentRepository, after: number): Promise<{ messages: string[]; seq: number }> {
  const { incident_id: id } = incident;
  let seq = after;
  const messages = (await store.events(id, after)).map((event) => sseMessage(event.type, event, ++seq));
  // The report is numbered behind the last event; who has seen that number has seen it.
  const hasSeenReport = after > 0 && messages.length === 0 && (await store.events(id, after - 1)).length === 0;
  if (report !== null && !hasSeenReport) messages.push(sseMessage('report-completed', { type: 'report-completed', report }, ++seq));
  return { messages, seq };
}

function closed({ incident_id, status, error_message }: Incident): string {
  return sseMessage(INCIDENT_CLOSED, { incident_id, status, error_message });
}
