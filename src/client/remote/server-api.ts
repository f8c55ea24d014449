import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { asCoded, type CodedError, coded } from '../../errors/coded-error.ts';
import { reasonOf } from '../../net/reason-of.ts';
import { API_VERSION, API_VERSION_HEADER } from '../../protocol/api-version.ts';
import { errorBodySchema } from '../../protocol/error-body.ts';
import { readSse, type SseMessage } from './read-sse.ts';
import { refusalOf } from './refusal-of.ts';

export interface ServerAccess {
  readonly url: URL;
  /** undefined: a server on this machine, which asks for none. */
  readonly apiKey: string | undefined;
}

interface Sent {
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

const ANSWER_MS = 30_000;
/** Between attempts to go on after a cut. */
export const PAUSES_MS = [200, 500, 1_000, 2_000, 5_000, 10_000];

/** REST and server-sent events of a server. Throws SERVER_UNREACHABLE, SERVER_ANSWER_INVALID, and whatever the server refuses with. */
export class ServerApi {
  /** All that is asked by it has the same, by which it can be found in the server's log. */
  readonly correlationId = randomUUID();
  readonly #access: ServerAccess;

  constructor(access: ServerAccess) {
    this.#access = access;
  }

  /** The same error, with what to look for in the server's log. */
  told(error: CodedError): CodedError {
    return Object.assign(error, { correlationId: this.correlationId });
  }

  async get<T>(path: string, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
    return this.#read(await this.#send('GET', path, { signal }), schema);
  }

  async post<T>(path: string, schema: z.ZodType<T>, sent: Sent = {}): Promise<T> {
    return this.#read(await this.#send('POST', path, sent), schema);
  }

  /** Until the stream ends or is cut; a cut throws SERVER_UNREACHABLE. */
  async *stream(path: string, lastEventId: string | undefined, signal: AbortSignal): AsyncGenerator<SseMessage> {
    const headers = { accept: 'text/event-stream', ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) };
    yield* this.#messages(await this.#send('GET', path, { headers, signal }, false));
  }

  /** What is answered to a question as it is found, until one of `last`; after a cut it goes on behind what came. */
  async *asked(path: string, body: object, last: readonly string[], signal: AbortSignal): AsyncGenerator<SseMessage> {
    const answer = await this.#send('POST', path, { headers: { accept: 'text/event-stream' }, body, signal }, false);
    const address = answer.headers.get('location');
    let messages = this.#messages(answer);
    let seen: string | undefined;
    for (let cuts = 0; ; cuts += 1) {
      try {
        for await (const message of messages) {
          cuts = 0;
          seen = message.id ?? seen;
          yield message;
          if (last.includes(message.event)) return;
        }
      } catch (error) {
        if (signal.aborted || address === null || asCoded(error).code !== 'SERVER_UNREACHABLE' || cuts >= PAUSES_MS.length) throw error;
      }
      if (address === null || cuts >= PAUSES_MS.length) throw this.#unreachable(new Error('the answer ended before its end'));
      await sleep(PAUSES_MS[cuts], undefined, { signal }).catch(() => {});
      messages = this.stream(address, seen, signal);
    }
  }

  async *#messages({ body }: Response): AsyncGenerator<SseMessage> {
    if (body === null) throw this.#invalid('it is empty');
    try {
      yield* readSse(body);
    } catch (error) {
      throw this.#unreachable(error);
    }
  }

  async #send(method: string, path: string, { body, headers, signal }: Sent, isBrief = true): Promise<Response> {
    const { url, apiKey } = this.#access;
    const limits = [...(signal === undefined ? [] : [signal]), ...(isBrief ? [AbortSignal.timeout(ANSWER_MS)] : [])];
    const answer = await fetch(new URL(`${url.pathname.replace(/\/$/, '')}${path}`, url), {
      method,
      redirect: 'error',
      headers: {
        'x-correlation-id': this.correlationId,
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.any(limits),
    }).catch((error: unknown) => {
      throw this.#unreachable(error);
    });
    const theirs = answer.headers.get(API_VERSION_HEADER);
    if (theirs !== null && theirs !== API_VERSION) throw coded('SERVER_VERSION', { server: url.origin, theirs, ours: API_VERSION });
    if (!answer.ok) throw await this.#refusal(answer);
    return answer;
  }

  async #read<T>(answer: Response, schema: z.ZodType<T>): Promise<T> {
    const parsed = schema.safeParse(await answer.json().catch(() => undefined));
    if (parsed.success) return parsed.data;
    throw this.#invalid(parsed.error.issues[0]?.message ?? 'it is no JSON');
  }

  /** What a server refuses with is told as if it had been refused here. */
  async #refusal(answer: Response): Promise<CodedError> {
    const parsed = errorBodySchema.safeParse(await answer.json().catch(() => undefined));
    if (!parsed.success) return this.#invalid(`HTTP ${answer.status}`);
    return this.told(refusalOf(parsed.data));
  }

  #unreachable(error: unknown): CodedError {
    return this.told(coded('SERVER_UNREACHABLE', { server: this.#access.url.origin, reason: reasonOf((error as Error).cause ?? error) }, { cause: error }));
  }

  #invalid(reason: string): CodedError {
    return this.told(coded('SERVER_ANSWER_INVALID', { server: this.#access.url.origin, reason }));
  }
}
