import type { InvestigationEvent } from '../domain/investigation-event.ts';
import type { InvestigationRequest } from '../domain/investigation-request.ts';
import { asCoded, type CodedError, coded } from '../errors/coded-error.ts';
import type { IncidentRepository } from '../store/incident-repository.ts';
import { EventRecorder } from './event-recorder.ts';
import { followStored, foundIncident } from './follow-stored.ts';
import type { InvestigationClient } from './investigation-client.ts';

export interface LocalEngine {
  readonly investigate: (request: InvestigationRequest, signal: AbortSignal) => AsyncIterable<InvestigationEvent>;
  /** undefined: nothing is kept. */
  readonly store: IncidentRepository | undefined;
  readonly now: () => Date;
  /** Called once when keeping fails; the investigation goes on. */
  readonly onStoreError: (error: CodedError) => void;
}

/** The engine in this process. The incident is on disk before its first event is handed out. */
export function localClient(engine: LocalEngine): InvestigationClient {
  return {
    investigate: (request, signal) => investigateAndKeep(engine, request, signal),
    async report(id) {
      const { incident, report } = await foundIncident(needStore(engine), id);
      if (report === null) throw coded('INCIDENT_WITHOUT_REPORT', { id: incident.incident_id, status: incident.status, reason: incident.error_message });
      return report;
    },
    follow: (id, signal) => followStored(needStore(engine), id, signal),
    async incidents(filter) {
      return needStore(engine).list(filter);
    },
  };
}

async function* investigateAndKeep(engine: LocalEngine, request: InvestigationRequest, signal: AbortSignal): AsyncGenerator<InvestigationEvent> {
  const { now, onStoreError } = engine;
  // What is only supposed is no incident.
  let store = request.without === undefined ? engine.store : undefined;
  const keep = async (work: (store: IncidentRepository) => Promise<void> | undefined): Promise<void> => {
    if (store === undefined) return;
    try {
      await work(store);
    } catch (error) {
      // A full disk must not cost the answer.
      store = undefined;
      onStoreError(asCoded(error));
    }
  };
  const recorder = store && new EventRecorder(store, request.incidentId, () => now().getTime());
  try {
    for await (const event of engine.investigate(request, signal)) {
      // The engine's words, not the request's: they passed the redactor.
      if (event.type === 'investigation-started')
        await keep((open) => open.create({ incidentId: event.incident_id, description: event.description, createdAt: event.created_at }));
      await keep(() => recorder?.record(event));
      yield event;
    }
  } catch (error) {
    await keep((open) => open.fail(request.incidentId, asCoded(error).message, now().toISOString()));
    throw error;
  }
}

function needStore({ store }: LocalEngine): IncidentRepository {
  if (store === undefined) throw coded('STORE_UNAVAILABLE', { path: '(none)', reason: 'it was switched off' });
  return store;
}
