import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Recorded {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How a request is answered. */
export type Answers = (request: Recorded, response: ServerResponse) => void | Promise<void>;

/** An HTTP server on a free port of this machine that keeps what it is sent. */
export class ARecorder implements AsyncDisposable {
  readonly url: string;
  readonly got: Recorded[] = [];
  readonly #close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  static async start(answers: Answers = (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{}')): Promise<ARecorder> {
    const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const recorded = { path: request.url ?? '', headers: request.headers, body: (await buffer(request)).toString('utf8') };
      started.got.push(recorded);
      await answers(recorded, response);
    };
    const server = createServer((request, response) => void take(request, response).catch(() => response.destroy()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const started = new ARecorder(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });
    return started;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close();
  }
}

type Value = { readonly stringValue?: string; readonly intValue?: number; readonly boolValue?: boolean };
interface WireAttribute {
  readonly key: string;
  readonly value: Value;
}

/** A span as a collector takes it (OTLP/JSON). */
export interface WireSpan {
  readonly service: unknown;
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly status: { readonly code: number };
}

interface WireTraces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly WireAttribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly (Omit<WireSpan, 'attributes'> & { readonly attributes: readonly WireAttribute[] })[] }[];
  }[];
}

/** All spans that were posted to a collector. */
export function spansIn(recorded: readonly Recorded[]): WireSpan[] {
  return recorded
    .flatMap(({ body }) => (JSON.parse(body) as WireTraces).resourceSpans)
    .flatMap(({ resource, scopeSpans }) => {
      const service = flat(resource.attributes)['service.name'];
      return scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ ...span, service, attributes: flat(span.attributes) })));
    });
}

function flat(attributes: readonly WireAttribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
