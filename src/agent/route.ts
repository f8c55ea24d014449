import type { PagedReader } from '../cluster/paged-reader.ts';
import type * as http from '../http/route.ts';
import type { Log } from '../log/open-log.ts';
import type { AccessAnswer, TokenReviewAnswer } from '../protocol/agent.ts';
import type { AgentMetrics } from './agent-metrics.ts';
import type { Allowed } from './allowed.ts';
import type { Caller } from './callers.ts';
import type { SharedReads } from './shared-reads.ts';

/** An answer as it is sent, so that many can be given the same bytes. */
export interface Sent {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What routes answer from. */
export interface AgentParts {
  /** The cluster, of which only what is allowed can be read. Throws what keeps it from being reached. */
  readonly reader: () => Promise<PagedReader>;
  readonly reads: SharedReads<Sent>;
  readonly seen: () => AccessAnswer;
  readonly metrics: AgentMetrics;
  readonly reviewToken: (token: string, audiences: readonly string[], signal: AbortSignal) => Promise<TokenReviewAnswer>;
  readonly answerMcp: (request: Request) => Promise<Response>;
  readonly allowed: Allowed;
  readonly clusterName: string | null;
  readonly log: Log;
  readonly now: () => Date;
  readonly version: string;
  readonly closing: AbortSignal;
}

export interface Agent {
  readonly principal: Caller;
  readonly needs: 'caller';
  readonly parts: AgentParts;
}

export type { Answer } from '../http/route.ts';
export type Asked<Q = unknown, B = unknown> = http.Asked<Caller, Q, B>;
export type Route<Q = never, B = never> = http.Route<Agent, Q, B>;

/** Ties the types of a route's schemas to its handler. */
export const route = <Q = undefined, B = undefined>(row: Route<Q, B>): Route => row as unknown as Route;
