import type { Principal } from '../auth/principal.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { LocalEngine } from '../client/local.ts';
import type { RateLimit } from '../http/rate-limit.ts';
import type * as http from '../http/route.ts';
import type { Log } from '../log/open-log.ts';
import type { Role } from '../store/api-key-repository.ts';
import type { IncidentRepository } from '../store/incident-repository.ts';
import type { JobQueue } from '../store/job-queue.ts';
import type { RecordRepository } from '../store/record-repository.ts';
import type { KeptAnswers } from './answers/kept-answers.ts';
import type { JobRunner } from './jobs/job-runner.ts';
import type { ServerMetrics } from './metrics.ts';
import type { OpenStreams } from './open-streams.ts';
import type { Surroundings } from './surroundings.ts';
import type { ClusterDesk } from './threads/cluster-desk.ts';
import type { AskOn } from './threads/thread-pool.ts';
import type { WakeUps } from './wake-ups.ts';

/** What routes answer from. */
export interface ServerParts {
  readonly store: IncidentRepository;
  readonly queue: JobQueue;
  readonly records: RecordRepository;
  readonly runner: JobRunner;
  readonly wakeUps: WakeUps;
  readonly log: Log;
  readonly now: () => Date;
  readonly newIncidentId: () => string;
  /** Removes secrets from what people write before anything keeps it. */
  readonly redact: (text: string) => string;
  readonly maxWaiting: number;
  readonly investigate: LocalEngine['investigate'];
  readonly streams: OpenStreams;
  readonly metrics: ServerMetrics;
  /** Of browsers; undefined where nobody has to sign in. */
  readonly sessions: Sessions | undefined;
  readonly isTls: boolean;
  /** What an address may send of keys and tokens that nobody knows. */
  readonly refusals: RateLimit;
  /** Runs that somebody waits for and nobody keeps: they are not in the queue. */
  readonly supposing: OpenStreams;
  /** What is told as it is found, and kept nowhere else. */
  readonly answers: KeptAnswers;
  /** Asks the language model about a report, within these namespaces; undefined where there is none. */
  readonly askOn: AskOn | undefined;
  readonly surroundings: Surroundings;
  readonly desk: ClusterDesk;
  readonly version: string;
  /** Aborted when the end was asked for: others shall be sent what is new. */
  readonly leaving: AbortSignal;
  /** Aborted when nothing more is taken. */
  readonly closing: AbortSignal;
}

/** What this server is made of, for routes and the app. */
export interface Incidents {
  readonly principal: Principal;
  readonly needs: Role;
  readonly parts: ServerParts;
}

export type { Answer } from '../http/route.ts';
export type Asked<Q = unknown, B = unknown> = http.Asked<Principal, Q, B>;
export type Route<Q = never, B = never> = http.Route<Incidents, Q, B>;

/** Ties the types of a route's schemas to its handler. */
export const route = <Q = undefined, B = undefined>(row: Route<Q, B>): Route => row as unknown as Route;
