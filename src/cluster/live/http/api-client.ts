import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, type Dispatcher, ProxyAgent, request } from 'undici';
import type { Access } from '../kubeconfig/access.ts';
import { Limiter } from './limiter.ts';
import { isPassingError, isPassingStatus, waitBefore } from './retry.ts';

const AT_ONCE = 5;
export const READ_TIMEOUT_MS = 15_000;
const MAX_BODY_BYTES = 256 * 2 ** 20;

export interface ApiAnswer {
  readonly status: number;
  readonly body: Buffer;
}

export interface ApiClientOptions {
  readonly version: string;
  readonly timeoutMs?: number;
  readonly random?: () => number;
}

export interface Question {
  /** Path and query below the server. */
  readonly path: string;
  readonly accept?: string;
  readonly maxBytes?: number;
}

/** GET, and nothing else: five at once, each with a limit on bytes and time, repeated when the failure may pass. */
export class ApiClient {
  readonly server: string;
  requests = 0;
  readonly #access: Access;
  readonly #dispatcher: Dispatcher;
  readonly #limiter = new Limiter(AT_ONCE);
  readonly #options: Required<ApiClientOptions>;

  constructor(access: Access, options: ApiClientOptions) {
    this.server = access.server;
    this.#access = access;
    this.#options = { timeoutMs: READ_TIMEOUT_MS, random: Math.random, ...options };
    this.#dispatcher = dispatcherFor(access);
  }

  /** Throws what the network throws once the attempts are used up, and AbortError when `signal` aborts. */
  async get(question: Question, signal: AbortSignal): Promise<ApiAnswer> {
    return this.#limiter.run(async () => {
      for (let attempt = 1; ; attempt += 1) {
        signal.throwIfAborted();
        const outcome = await this.#attempt(question, signal);
        const passing = 'error' in outcome ? isPassingError(outcome.error) : isPassingStatus(outcome.status);
        const wait = passing ? waitBefore(attempt, 'error' in outcome ? undefined : outcome.retryAfter, this.#options.random) : undefined;
        if (wait !== undefined) {
          await sleep(wait, undefined, { signal });
          continue;
        }
        if ('error' in outcome) throw outcome.error;
        return { status: outcome.status, body: outcome.body };
      }
    });
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  async #attempt(question: Question, signal: AbortSignal): Promise<(ApiAnswer & { retryAfter: string | undefined }) | { error: unknown }> {
    this.requests += 1;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(this.#options.timeoutMs)]);
    try {
      const { statusCode, headers, body } = await request(this.server + question.path, {
        method: 'GET',
        dispatcher: this.#dispatcher,
        signal: limit,
        headers: { ...(await this.#access.headers()), accept: question.accept ?? 'application/json', 'user-agent': `sre-orch/${this.#options.version}` },
      });
      const chunks: Buffer[] = [];
      let bytes = 0;
      for await (const chunk of body as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > (question.maxBytes ?? MAX_BODY_BYTES)) throw new Error(`the answer is larger than ${question.maxBytes ?? MAX_BODY_BYTES} bytes`);
        chunks.push(chunk);
      }
      const retryAfter = headers['retry-after'];
      return { status: statusCode, body: Buffer.concat(chunks), retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined };
    } catch (error) {
      return { error };
    }
  }
}

function dispatcherFor({ tls, proxyUrl }: Access): Dispatcher {
  if (proxyUrl !== undefined) return new ProxyAgent({ uri: proxyUrl, requestTls: tls });
  return new Agent({ connections: AT_ONCE, connect: { ...tls, timeout: 10_000 } });
}
