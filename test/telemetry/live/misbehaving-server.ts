import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on a free port of this machine that answers as a test wants; `seen` are the requests, with their headers. */
export class MisbehavingServer implements AsyncDisposable {
  readonly url: string;
  readonly seen: IncomingMessage[];
  readonly #close: () => Promise<void>;

  private constructor(url: string, seen: IncomingMessage[], close: () => Promise<void>) {
    this.url = url;
    this.seen = seen;
    this.#close = close;
  }

  static async start(answer: Answer, tls?: { key: string; cert: string }): Promise<MisbehavingServer> {
    const seen: IncomingMessage[] = [];
    const listener: Answer = (request, response) => {
      seen.push(request);
      answer(request, response);
    };
    const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const close = async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    };
    return new MisbehavingServer(`http${tls === undefined ? '' : 's'}://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, close);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close();
  }
}

export const json =
  (value: unknown, status = 200): Answer =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
