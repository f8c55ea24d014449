import type { Readable } from 'node:stream';
import type * as z from 'zod';
import type { Principal } from '../auth/principal.ts';
import type { Log } from '../log/open-log.ts';
import type { Role } from '../store/api-key-repository.ts';
import type { IncidentRepository } from '../store/incident-repository.ts';
import type { JobQueue } from '../store/job-queue.ts';
import type { JobRunner } from './jobs/job-runner.ts';
import type { WakeUps } from './jobs/wake-ups.ts';
import type { OpenStreams } from './open-streams.ts';

/** What routes answer from. */
export interface ServerParts {
  readonly store: IncidentRepository;
  readonly queue: JobQueue;
  readonly runner: JobRunner;
  readonly wakeUps: WakeUps;
  readonly log: Log;
  readonly now: () => Date;
  readonly newIncidentId: () => string;
  /** Removes secrets from what people write before anything keeps it. */
  readonly redact: (text: string) => string;
  readonly maxWaiting: number;
  readonly streams: OpenStreams;
  readonly version: string;
  /** Aborted when the server stops taking work. */
  readonly closing: AbortSignal;
}

/** A request that was let in and understood. */
export interface Asked<Q = unknown, B = unknown> {
  /** undefined only where a route lets in everybody. */
  readonly principal: Principal | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Q;
  readonly body: B;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Aborted when the client has gone. */
  readonly gone: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: object | string | Readable;
}

interface Documented {
  readonly what: string;
  readonly schema?: z.ZodType;
  /** Another media type than JSON. */
  readonly type?: string;
}

/** One route: what it takes and answers is data, from which requests are checked and /openapi.json is written. */
export interface Route<Q = never, B = never> {
  readonly method: 'GET' | 'POST';
  /** As OpenAPI writes it: `/api/v1/incidents/{id}`. */
  readonly path: string;
  readonly summary: string;
  /** `everybody`: no key is asked for. */
  readonly needs: Role | 'everybody';
  readonly query?: z.ZodType<Q>;
  readonly body?: z.ZodType<B>;
  readonly answers: Readonly<Record<number, Documented>>;
  handle(asked: Asked<Q, B>, parts: ServerParts): Answer | Promise<Answer>;
}

/** Ties the types of a route's schemas to its handler. */
export const route = <Q = undefined, B = undefined>(row: Route<Q, B>): Route => row as unknown as Route;
