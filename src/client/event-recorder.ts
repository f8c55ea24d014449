import type { InvestigationEvent } from '../domain/investigation-event.ts';
import type { IncidentRepository } from '../store/incident-repository.ts';

const FLUSH_AFTER_MS = 200;

/** Keeps the events of a run in batches: a commit for each would cost more than the investigation. */
export class EventRecorder {
  readonly #store: IncidentRepository;
  readonly #incidentId: string;
  readonly #now: () => number;
  readonly #pending: InvestigationEvent[] = [];
  #flushedAt: number;
  #flushing: Promise<void> = Promise.resolve();

  constructor(store: IncidentRepository, incidentId: string, now: () => number) {
    this.#store = store;
    this.#incidentId = incidentId;
    this.#now = now;
    this.#flushedAt = now();
  }

  async record(event: InvestigationEvent): Promise<void> {
    if (event.type === 'report-completed') {
      await this.flush();
      return this.#store.complete(event.report);
    }
    this.#pending.push(event);
    if (this.#now() - this.#flushedAt >= FLUSH_AFTER_MS) await this.flush();
  }

  /** One batch after the other, so that events keep their order; what could not be kept is tried again with the next one. */
  flush(): Promise<void> {
    const flushing = this.#flushing.then(() => this.#write());
    this.#flushing = flushing.catch(() => {});
    return flushing;
  }

  async #write(): Promise<void> {
    const batch = [...this.#pending];
    this.#flushedAt = this.#now();
    if (batch.length === 0) return;
    await this.#store.appendEvents(this.#incidentId, batch);
    this.#pending.splice(0, batch.length);
  }
}
