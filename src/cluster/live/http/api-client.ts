import { setTimeout as sleep } from 'node:timers/promises';
import type { Access, Failed } from '../kubeconfig/access.ts';
import { type ApiAnswer, type Connection, exchange } from './exchange.ts';
import { isHandshakeFailure } from './failure.ts';
import { Limiter } from './limiter.ts';
import { isPassingError, isPassingStatus, waitBefore } from './retry.ts';
import { AT_ONCE, openTransport, type Transport } from './transport.ts';

const READ_TIMEOUT_MS = 15_000;
const MAX_BODY_BYTES = 32 * 2 ** 20;
const FAILED: Readonly<Record<number, Failed>> = { 401: 'credentials', 403: 'permission' };

export interface ApiClientOptions {
  readonly now: () => Date;
  readonly random: () => number;
  /** For one request from sending it to the last byte of its answer. */
  readonly timeoutMs?: number;
  /** How often a request is sent at most, the first time included. */
  readonly attempts?: number;
  /** Statuses after which it is sent again. */
  readonly passing?: ReadonlySet<number>;
  /** Codes of errors after which it is sent again, too. */
  readonly passingErrors?: ReadonlySet<string>;
  readonly firstWaitMs?: number;
  /** Told of each attempt; where it knows that nobody answers, none is made. */
  readonly silence?: { check(): void; answered(): void; failed(error: unknown): void };
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

type Outcome = ApiAnswer | { readonly error: unknown };

/** GET, and nothing else: five at once, each with a limit on bytes and time, repeated when the failure may pass. Redirects are answers. */
export class ApiClient {
  readonly server: string;
  requests = 0;
  readonly #limiter = new Limiter(AT_ONCE);
  readonly #options: ApiClientOptions & { readonly timeoutMs: number };
  readonly #former: Transport[] = [];
  #connection: Connection;
  #renewal: Promise<boolean> | undefined;

  private constructor(connection: Connection, options: ApiClientOptions) {
    this.server = connection.access.server;
    this.#connection = connection;
    this.#options = { timeoutMs: READ_TIMEOUT_MS, ...options };
  }

  static async open(access: Access, options: ApiClientOptions): Promise<ApiClient> {
    return new ApiClient({ access, transport: await openTransport(access) }, options);
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
      const failed = failedBy(outcome);
      if (failed !== undefined && attempt === 1 && (await this.#renewed(connection, failed))) continue;
      const wait = this.#mayPass(outcome, question) ? this.#waitAfter(attempt, outcome) : undefined;
      if (wait === undefined) {
        if ('error' in outcome) throw outcome.error;
        return outcome;
      }
      await sleep(wait, undefined, { signal });
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#connection.transport, ...this.#former].map((transport) => transport.close()));
  }

  #mayPass(outcome: Outcome, { lasting }: Question): boolean {
    const { passing, passingErrors } = this.#options;
    return 'error' in outcome ? isPassingError(outcome.error, passingErrors) : isPassingStatus(outcome.status, passing) && outcome.status !== lasting;
  }

  #waitAfter(attempt: number, outcome: Outcome): number | undefined {
    const { random, now, attempts, firstWaitMs } = this.#options;
    return waitBefore({ attempt, attempts, firstWaitMs, retryAfter: 'retryAfter' in outcome ? outcome.retryAfter : undefined, random, now });
  }

  /** Whether other credentials than those of `refused` are at hand now. However many requests ask, the plugin runs once. */
  async #renewed(refused: Connection, failed: Failed): Promise<boolean> {
    if (this.#connection !== refused) return true;
    this.#renewal ??= this.#renew(refused, failed).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renew({ access, transport }: Connection, failed: Failed): Promise<boolean> {
    const next = await access.renew?.(failed);
    if (next === undefined) return false;
    this.#former.push(transport);
    this.#connection = { access: next, transport: await openTransport(next) };
    return true;
  }

  async #attempt(connection: Connection, { path, accept, maxBytes, keepEnd }: Question, signal: AbortSignal): Promise<Outcome> {
    if (signal.aborted) return { error: signal.reason };
    const limit = AbortSignal.any([signal, AbortSignal.timeout(this.#options.timeoutMs)]);
    const sent = { path, accept: accept ?? 'application/json', maxBytes: maxBytes ?? MAX_BODY_BYTES, keepEnd: keepEnd ?? Number.POSITIVE_INFINITY };
    const { silence } = this.#options;
    try {
      silence?.check();
    } catch (error) {
      return { error };
    }
    try {
      this.requests += 1;
      const answer = await exchange(connection, { method: 'GET', ...sent }, limit);
      silence?.answered();
      return answer;
    } catch (error) {
      if (!signal.aborted) silence?.failed(error);
      return { error };
    }
  }
}

function failedBy(outcome: Outcome): Failed | undefined {
  if ('error' in outcome) return isHandshakeFailure(outcome.error) ? 'handshake' : undefined;
  return FAILED[outcome.status];
}
