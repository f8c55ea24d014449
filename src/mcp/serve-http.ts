import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createMcpHandler, type Server } from '@modelcontextprotocol/server';

export interface HttpOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** What clients must send as a bearer token. */
  readonly token: string | undefined;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/;
const MAX_BODY = 1024 * 1024;

/** MCP over streamable HTTP at /mcp. Pages in a browser cannot reach it: a foreign Origin or Host is refused. */
export async function serveMcpHttp(build: () => Server, { host, port, token }: HttpOptions): Promise<AsyncDisposable & { readonly url: string }> {
  const handler = createMcpHandler(build, { maxRequestBodySize: MAX_BODY });
  const server = createServer((request, response) => {
    const refused = refusal(request, { host, token });
    if (refused !== undefined)
      return void response
        .writeHead(refused, { 'content-type': 'application/json' })
        .end(JSON.stringify({ code: refused === 401 ? 'UNAUTHORIZED' : 'FORBIDDEN' }));
    answer(handler.fetch, request, response).catch(() => response.destroy());
  });
  server.listen(port, host);
  await once(server, 'listening');
  const { address, port: bound, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}/mcp`,
    async [Symbol.asyncDispose]() {
      await handler.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** True where nobody but this machine can reach the address. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host);
}

function refusal({ headers, url }: IncomingMessage, { host, token }: Pick<HttpOptions, 'host' | 'token'>): number | undefined {
  if (token !== undefined && !sameToken(headers.authorization, `Bearer ${token}`)) return 401;
  if (url?.split('?')[0] !== '/mcp') return 404;
  const named = (headers.host ?? '').replace(/:\d+$/, '');
  const origin = headers.origin === undefined ? undefined : URL.parse(headers.origin)?.hostname;
  if (isLoopbackHost(host) && (!LOOPBACK.test(named) || (origin !== undefined && !LOOPBACK.test(origin)))) return 403;
  return origin !== undefined && origin !== named && !LOOPBACK.test(origin) ? 403 : undefined;
}

function sameToken(given: string | undefined, wanted: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function answer(fetch: (request: Request) => Promise<Response>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const { method = 'GET', headers, url = '/' } = request;
  const hasBody = method !== 'GET' && method !== 'HEAD' && method !== 'DELETE';
  const asked = new Request(new URL(url, `http://${headers.host ?? 'localhost'}`), {
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
    signal: gone.signal,
    ...(hasBody ? { body: Readable.toWeb(request) as ReadableStream, duplex: 'half' } : {}),
  } as RequestInit);
  const answered = await fetch(asked);
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  if (answered.body === null) return void response.end();
  await pipeline(Readable.fromWeb(answered.body as never), response);
}
