import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import request from 'undici/lib/api/api-request.js';
import type { Access } from '../kubeconfig/access.ts';
import { AT_ONCE, openDispatcher } from './dispatcher.ts';
import { Limiter } from './limiter.ts';
import { readBody } from './read-body.ts';
import { isPassingError, isPassingStatus, waitBefore } from './retry.ts';

const READ_TIMEOUT_MS = 15_000;
const MAX_BODY_BYTES = 32 * 2 ** 20;
const UNAUTHORIZED = 401;

export interface ApiAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** Bytes of the whole answer; more than `body` holds when only its end was kept. */
  readonly length: number;
}

export interface ApiClientOptions {
  readonly version: string;
  readonly now: () => Date;
  readonly random: () => number;
  /** For one request from sending it to the last byte of its answer. */
  readonly timeoutMs?: number;
}

export interface Question {
  /** Path and query below the server. */
  readonly path: string;
  readonly accept?: string;
  readonly maxBytes?: number;
  /** Keep only so many bytes, the last. */
  readonly keepEnd?: number;
  /** A status that repeating does not change, though it may pass elsewhere. */
  readonly lasting?: number;
}

type Outcome = (ApiAnswer & { readonly retryAfter: string | undefined }) | { readonly error: unknown };

/** What requests are sent with. Another one takes its place when the credentials were renewed. */
interface Connection {
  readonly access: Access;
  readonly dispatcher: Dispatcher;
}

/** GET, and nothing else: five at once, each with a limit on bytes and time, repeated when the failure may pass. Redirects are answers. */
export class ApiClient {
  readonly server: string;
  requests = 0;
  readonly #limiter = new Limiter(AT_ONCE);
  readonly #options: Required<ApiClientOptions>;
  readonly #former: Dispatcher[] = [];
  #connection: Connection;
  #renewal: Promise<boolean> | undefined;

  private constructor(connection: Connection, options: ApiClientOptions) {
    this.server = connection.access.server;
    this.#connection = connection;
    this.#options = { timeoutMs: READ_TIMEOUT_MS, ...options };
  }

  static async open(access: Access, options: ApiClientOptions): Promise<ApiClient> {
    return new ApiClient({ access, dispatcher: await openDispatcher(access) }, options);
  }

  get access(): Access {
    return this.#connection.access;
  }

  /** Throws what the network throws once the attempts are used up, and the reason of `signal` when it aborts. */
  async get(question: Question, signal: AbortSignal): Promise<ApiAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const connection = this.#connection;
      const outcome = await this.#limiter.run(() => this.#attempt(connection, question, signal));
      signal.throwIfAborted();
      if ('status' in outcome && outcome.status === UNAUTHORIZED && attempt === 1 && (await this.#renewed(connection))) continue;
      const wait = this.#mayPass(outcome, question) ? this.#waitAfter(attempt, outcome) : undefined;
      if (wait === undefined) {
        if ('error' in outcome) throw outcome.error;
        return outcome;
      }
      await sleep(wait, undefined, { signal });
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#connection.dispatcher, ...this.#former].map((dispatcher) => dispatcher.destroy()));
  }

  #mayPass(outcome: Outcome, { lasting }: Question): boolean {
    return 'error' in outcome ? isPassingError(outcome.error) : isPassingStatus(outcome.status) && outcome.status !== lasting;
  }

  #waitAfter(attempt: number, outcome: Outcome): number | undefined {
    const { random, now } = this.#options;
    return waitBefore({ attempt, retryAfter: 'retryAfter' in outcome ? outcome.retryAfter : undefined, random, now });
  }

  /** Whether other credentials than those of `refused` are at hand now. However many requests ask, the plugin runs once. */
  async #renewed(refused: Connection): Promise<boolean> {
    if (this.#connection !== refused) return true;
    this.#renewal ??= this.#renew(refused).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renew({ access, dispatcher }: Connection): Promise<boolean> {
    const next = await access.renew?.();
    if (next === undefined) return false;
    this.#former.push(dispatcher);
    this.#connection = { access: next, dispatcher: await openDispatcher(next) };
    return true;
  }

  async #attempt({ access, dispatcher }: Connection, question: Question, signal: AbortSignal): Promise<Outcome> {
    if (signal.aborted) return { error: signal.reason };
    const { version, timeoutMs } = this.#options;
    const { origin, pathname } = new URL(this.server);
    try {
      const headers = {
        ...(await access.headers()),
        accept: question.accept ?? 'application/json',
        'user-agent': `sre-orch/${version}`,
        ...(access.compress ? { 'accept-encoding': 'gzip' } : {}),
      };
      this.requests += 1;
      const path = `${pathname.replace(/\/$/, '')}${question.path}`;
      const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const answer = await request.call(dispatcher, { origin, path, method: 'GET', headers, signal: limit });
      const { maxBytes = MAX_BODY_BYTES, keepEnd = Number.POSITIVE_INFINITY } = question;
      const { bytes, length } = await readBody(answer.body, single(answer.headers['content-encoding']), { maxBytes, keepEnd });
      return { status: answer.statusCode, body: bytes, length, retryAfter: single(answer.headers['retry-after']) };
    } catch (error) {
      return { error };
    }
  }
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
