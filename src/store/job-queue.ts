import type { InvestigationRequest } from '../domain/investigation-request.ts';
import type { NewIncident } from './incident-repository.ts';

export interface NewJob extends NewIncident {
  /** Words that passed the redactor: it is kept as it is. */
  readonly request: InvestigationRequest;
  readonly source: string | null;
  readonly context: string | null;
  /** The same key for the same request names the same incident. */
  readonly idempotencyKey: string | null;
}

export interface Job {
  readonly request: InvestigationRequest;
  readonly source: string | null;
  readonly context: string | null;
  /** How often it was begun. */
  readonly attempts: number;
}

/** Investigations that were accepted and not ended. What `enqueue` has returned from survives kill -9. */
export interface JobQueue {
  /** Another incident than the one given where the key was used before. Throws IDEMPOTENCY_KEY_REUSED where that asked something else. */
  enqueue(job: NewJob): Promise<{ readonly incidentId: string; readonly isNew: boolean }>;
  /** The oldest that waits; it is this process's from then on. */
  take(): Promise<Job | undefined>;
  /** Back to those that wait, as if it had not been begun. */
  giveBack(incidentId: string): Promise<void>;
  /** False where it is not waiting any more. */
  cancelWaiting(incidentId: string, at: string): Promise<boolean>;
  /** Work of processes that are gone waits again; what was begun twice has failed. Returns how many wait again. */
  takeOver(at: string): Promise<number>;
  waiting(): Promise<number>;
  /** What was asked; undefined for an incident that no server was asked for. */
  job(incidentId: string): Promise<Job | undefined>;
}
