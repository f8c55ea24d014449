import type { InvestigationRequest } from '../domain/investigation-request.ts';
import type { CarriedCorrelation } from '../trace/correlation.ts';
import type { NewIncident } from './incident-repository.ts';

export interface NewJob extends NewIncident {
  /** Words that passed the redactor: it is kept as it is. */
  readonly request: InvestigationRequest;
  readonly source: string | null;
  readonly context: string | null;
  /** The same key for the same request names the same incident. */
  readonly idempotencyKey: string | null;
  /** What the request belonged to that asked first; not a part of what was asked. */
  readonly carried: CarriedCorrelation | null;
  /** Where so many wait already, it is refused; what was accepted before is not. */
  readonly maxWaiting: number;
}

export interface Job {
  readonly request: InvestigationRequest;
  readonly source: string | null;
  readonly context: string | null;
  /** null: it was asked before such was kept. */
  readonly carried: CarriedCorrelation | null;
  /** How often it was begun. */
  readonly attempts: number;
}

/** `cancelled`: it had not begun. `asked`: who investigates it is told, and reports what is known. `ended`: it is too late. */
export type Cancelling = 'cancelled' | 'asked' | 'ended';

/** Of what a process said that it works on. */
export interface Held {
  /** Still its own; the rest belongs to another by now, or has ended. */
  readonly own: ReadonlySet<string>;
  /** Its own, and somebody asked for its end. */
  readonly cancelled: ReadonlySet<string>;
}

/** Investigations that were accepted and not ended. What `enqueue` has returned from survives kill -9. */
export interface JobQueue {
  /** Another incident than the one given where the key was used before. Throws IDEMPOTENCY_KEY_REUSED where that asked something else, QUEUE_FULL. */
  enqueue(job: NewJob): Promise<{ readonly incidentId: string; readonly isNew: boolean }>;
  /** The oldest that waits; it is this process's from then on, as long as it beats. */
  take(): Promise<Job | undefined>;
  /** Tells that this process is at work on these. */
  beat(incidentIds: readonly string[]): Promise<Held>;
  /** Back to those that wait, as if it had not been begun. */
  giveBack(incidentId: string, at: string): Promise<void>;
  /** Also of a run that no server was asked for: whoever looks after that asks `cancelAsked`. */
  cancel(incidentId: string, at: string): Promise<Cancelling>;
  /** Work of processes that are gone waits again; what was begun twice has failed. Returns how many wait again. */
  takeOver(at: string): Promise<number>;
  waiting(): Promise<number>;
  /** What was asked; undefined for an incident that no server was asked for. */
  job(incidentId: string): Promise<Job | undefined>;
}
