import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { CANARIES } from '../fixtures/canaries.ts';

/** The body of a request to an endpoint, as far as tests look at it. */
export interface Asked {
  readonly path: string;
  readonly model: string;
  readonly stream?: boolean;
  readonly messages: readonly {
    role: string;
    content: string;
    tool_call_id?: string;
    tool_calls?: { id: string; function: { name: string; arguments: string } }[];
    reasoning_content?: string;
  }[];
  readonly tools?: readonly { function: { name: string; parameters?: unknown; strict?: boolean } }[];
  readonly response_format?: { type: string; json_schema: { strict?: boolean; schema: object } };
  readonly [field: string]: unknown;
}

/** How one request is answered. */
export type Answer = (response: ServerResponse, asked: Asked) => void | Promise<void>;

interface Call {
  readonly name: string;
  readonly arguments: object;
  readonly id?: string;
}

/** A server for models on a free port of this machine, that answers as a test wants. What it received must hold no canary: every one checks that at its end. */
export class LlmServer implements AsyncDisposable {
  readonly url: string;
  readonly asked: Asked[] = [];
  readonly headers: IncomingMessage['headers'][] = [];
  /** All bytes that came, headers included. */
  received = '';
  /** What a script threw: a client that is gone is none of its business. */
  #failure: unknown;
  readonly #close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  /** `answers`: one for each request in turn, the last one for all further; or one function for all. */
  static async start(...answers: readonly Answer[]): Promise<LlmServer> {
    let count = 0;
    const server = createServer((request, response) => {
      const answer = answers[Math.min(count++, answers.length - 1)] ?? says('');
      started
        .take(request)
        .then((asked) => answer(response, asked))
        .catch((error: unknown) => {
          started.#failure ??= error;
          response.destroy();
        });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const started = new LlmServer(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });
    return started;
  }

  async take(request: IncomingMessage): Promise<Asked> {
    const text = (await buffer(request)).toString('utf8');
    this.received += `${request.url} ${JSON.stringify(request.headers)} ${text}\n`;
    const asked = { path: request.url ?? '', ...(text === '' ? {} : (JSON.parse(text) as object)) } as Asked;
    this.asked.push(asked);
    this.headers.push(request.headers);
    return asked;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
    if (this.#failure !== undefined && !/aborted|ECONNRESET/.test(String(this.#failure))) throw this.#failure;
    const leaked = CANARIES.filter(({ secret }) => this.received.includes(secret)).map(({ kind }) => kind);
    if (leaked.length > 0) throw new Error(`sent to a model: ${leaked.join(', ')}`);
  }
}

const USAGE = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };

/** A whole answer, streamed or not as it was asked for. */
export const says =
  (text: string, { usage = USAGE, finish = 'stop', more = {} }: { usage?: object | null; finish?: string; more?: object } = {}): Answer =>
  (response, { stream, stream_options }) => {
    if (stream !== true)
      return body(response, {
        choices: [{ index: 0, message: { role: 'assistant', content: text, ...more }, finish_reason: finish }],
        ...(usage && { usage }),
      });
    const pieces = text.match(/[\s\S]{1,7}/g) ?? [];
    return chunks([
      ...pieces.map((content) => ({ choices: [{ index: 0, delta: { content, ...more } }] })),
      { choices: [{ index: 0, delta: {}, finish_reason: finish }] },
      ...(usage && stream_options !== undefined ? [{ choices: [], usage }] : []),
    ])(response, {} as Asked);
  };

/** Tool calls as most servers send them. */
export const calls =
  (...wanted: readonly Call[]): Answer =>
  (response, asked) => {
    const toolCalls = wanted.map(({ id, name, arguments: given }, index) => ({
      index,
      id: id ?? `call_${index}_${name}`,
      type: 'function',
      function: { name, arguments: JSON.stringify(given) },
    }));
    if (asked.stream !== true)
      return body(response, { choices: [{ message: { role: 'assistant', content: null, tool_calls: toolCalls }, finish_reason: 'tool_calls' }], usage: USAGE });
    return chunks([
      ...toolCalls.map((call) => ({ choices: [{ delta: { tool_calls: [call] } }] })),
      { choices: [{ delta: {}, finish_reason: 'tool_calls' }] },
      { choices: [], usage: USAGE },
    ])(response, asked);
  };

export const chunks =
  (list: readonly unknown[], end = 'data: [DONE]\n\n'): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const chunk of list) response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    response.end(end);
  };

/** Begins an answer and breaks the connection. */
export const cutAfter =
  (text: string): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`data: ${JSON.stringify({ choices: [{ delta: { content: text } }] })}\n\n`, () => response.destroy());
  };

export const refuses =
  (status: number, said: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    const isText = typeof said === 'string';
    response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers }).end(isText ? said : JSON.stringify(said));
  };

export const hangs: Answer = () => {};

export const dies: Answer = (response) => void response.destroy();

/** Refuses requests that hold something, with the words a server uses for it; answers the others. */
export const minds =
  (found: (asked: Asked) => boolean, message: string, otherwise: Answer): Answer =>
  (response, asked) =>
    found(asked) ? refuses(400, { error: { message, type: 'invalid_request_error' } })(response, asked) : otherwise(response, asked);

function body(response: ServerResponse, value: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
