import type { Readable } from 'node:stream';
import type * as z from 'zod';

/** What one server is made of: who asks, what its routes may ask of them, and what these answer from. */
export interface Served {
  readonly principal: object;
  readonly needs: string;
  readonly parts: object;
}

/** A request that was let in and understood. */
export interface Asked<Principal, Q = unknown, B = unknown> {
  /** undefined only where a route lets in everybody. */
  readonly principal: Principal | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Q;
  readonly body: B;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Where it came from. */
  readonly address: string;
  /** Aborted when the client has gone. */
  readonly gone: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON; bytes as they are. */
  readonly body?: object | string | Readable;
}

interface Documented {
  readonly what: string;
  readonly schema?: z.ZodType;
  /** Another media type than JSON. */
  readonly type?: string;
}

/** One route: what it takes and answers is data, from which requests are checked and /openapi.json is written. */
export interface Route<S extends Served, Q = never, B = never> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** As OpenAPI writes it: `/api/v1/incidents/{id}`. */
  readonly path: string;
  readonly summary: string;
  /** `everybody`: no key is asked for. */
  readonly needs: S['needs'] | 'everybody';
  readonly query?: z.ZodType<Q>;
  readonly body?: z.ZodType<B>;
  /** In bytes; 64 KiB unless told. */
  readonly bodyLimit?: number;
  /** A POST that only asks: nothing is changed that an audit would name. */
  readonly onlyReads?: boolean;
  /** A form of a page is understood besides JSON; only where a page of another site may send it without harm. */
  readonly takesForms?: boolean;
  readonly answers: Readonly<Record<number, Documented>>;
  handle(asked: Asked<S['principal'], Q, B>, parts: S['parts']): Answer | Promise<Answer>;
}
