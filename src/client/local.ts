import type { InvestigationEvent } from '../domain/investigation-event.ts';
import type { InvestigationRequest } from '../domain/investigation-request.ts';
import { asCoded, type CodedError, coded } from '../errors/coded-error.ts';
import type { IncidentRepository } from '../store/incident-repository.ts';
import type { JobQueue } from '../store/job-queue.ts';
import type { RecordRepository } from '../store/record-repository.ts';
import { askedAgain } from './asked-again.ts';
import { EventRecorder } from './event-recorder.ts';
import { feedbackOn, keepFeedback } from './feedback.ts';
import { followStored, foundIncident } from './follow-stored.ts';
import { heedingCancel } from './heeding-cancel.ts';
import type { IncidentClient } from './investigation-client.ts';
import { keptReport } from './kept-report.ts';
import { momentOf } from './moment-of.ts';

/** What stands beside incidents in a store. */
export interface BesideIncidents {
  readonly queue: Pick<JobQueue, 'cancel' | 'job'>;
  readonly records: RecordRepository;
}

export interface LocalEngine {
  readonly investigate: (request: InvestigationRequest, signal: AbortSignal) => AsyncIterable<InvestigationEvent>;
  /** undefined: nothing is kept. */
  readonly store: IncidentRepository | undefined;
  /** What else is in the store; only where something is done about a stored incident. */
  readonly openBeside?: (() => Promise<BesideIncidents>) | undefined;
  readonly redact?: ((text: string) => string) | undefined;
  readonly now: () => Date;
  /** Called once when keeping fails; the investigation goes on. */
  readonly onStoreError: (error: CodedError) => void;
}

/** The engine in this process. The incident is on disk before its first event is handed out. */
export function localClient(engine: LocalEngine): IncidentClient {
  const { now, redact = (text) => text } = engine;
  return {
    investigate: (request, signal) => investigateAndKeep(engine, request, signal),
    async report(id) {
      return keptReport(await foundIncident(needStore(engine), id));
    },
    follow: (id, signal) => followStored(needStore(engine), id, signal),
    async incidents(filter) {
      return needStore(engine).list(filter);
    },
    async *rerun(id, as, signal) {
      const { incident, report } = await foundIncident(needStore(engine), id);
      const { queue, records } = await needBeside(engine);
      const asked = { ...askedAgain(incident, report, await queue.job(incident.incident_id)), incidentId: as };
      const moment = await momentOf(asked, records);
      yield* investigateAndKeep(engine, { ...asked, ...(moment === undefined ? {} : { moment }) }, signal);
    },
    async cancel(id) {
      const { incident } = await foundIncident(needStore(engine), id);
      const { incident_id: exact, status } = incident;
      // Nobody is left who could heed it.
      const cancelling = status === 'interrupted' ? 'ended' : await (await needBeside(engine)).queue.cancel(exact, now().toISOString());
      if (cancelling === 'ended') throw coded('INCIDENT_ENDED', { id: exact, status });
      return { incident_id: exact, status: cancelling === 'cancelled' ? 'cancelled' : status };
    },
    async tell(id, feedback) {
      const { incident } = await foundIncident(needStore(engine), id);
      return keepFeedback(incident, feedback, { records: (await needBeside(engine)).records, redact, now, by: null });
    },
    async told(id) {
      const { incident } = await foundIncident(needStore(engine), id);
      return feedbackOn(incident, (await needBeside(engine)).records);
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
    for await (const event of heedingCancel(engine.investigate, () => store)(request, signal)) {
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

function needBeside({ openBeside }: LocalEngine): Promise<BesideIncidents> {
  if (openBeside === undefined) throw coded('STORE_UNAVAILABLE', { path: '(none)', reason: 'it was switched off' });
  return openBeside();
}
