import type { InvestigationEvent } from '../domain/investigation-event.ts';
import type { IncidentRepository } from '../store/incident-repository.ts';

const FLUSH_AFTER_MS = 200;

/** Keeps the events of a run in batches: a commit for each would cost more than the investigation. */
export class EventRecorder {
  readonly #store: IncidentRepository;
  readonly #incidentId: string;
  readonly #now: () => number;
  #pending: InvestigationEvent[] = [];
  #flushedAt: number;

  constructor(store: IncidentRepository, incidentId: string, now: () => number) {
    this.#store = store;
    this.#incidentId = incidentId;
    this.#now = now;
    this.#flushedAt = now();
  }

  record(event: InvestigationEvent): void {
    if (event.type === 'report-completed') {
      this.flush();
      this.#store.complete(event.report);
      return;
    }
    this.#pending.push(event);
    if (this.#now() - this.#flushedAt >= FLUSH_AFTER_MS) this.flush();
  }

  flush(): void {
    this.#store.appendEvents(this.#incidentId, this.#pending);
    this.#pending = [];
    this.#flushedAt = this.#now();
  }
}
