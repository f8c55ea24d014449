import type { ClientRequest, IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { SecureContext } from 'node:tls';
import type { Access, Headers } from '../kubeconfig/access.ts';

/** Requests, and so connections, at once: the API server of a cluster in trouble is not to be burdened. */
export const AT_ONCE = 5;
const CONNECT_TIMEOUT_MS = 5_000;
const BUSY_MS = 500;
/** Below the 60 s after which cloud load balancers forget an idle connection. */
const KEEP_ALIVE_MS = 30_000;

export interface Sent {
  readonly method: 'GET' | 'POST';
  /** Path and query, from the root of the server. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly signal: AbortSignal;
}

export interface Received {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
}

/** Connections to one API server, kept alive; HTTP/1.1, so that a cancelled read costs its own connection only. */
export interface Transport {
  /** Throws what the network throws, and the reason of `signal`. */
  send(sent: Sent): Promise<Received>;
  close(): Promise<void>;
}

/**
 * Node's own client where it serves: thirty requests through undici cost 80 ms and 17 MB more. Only an HTTP proxy is worth loading
 * it. Its SOCKS support is experimental, warns on stderr, and sends a password still percent-encoded.
 */
export async function openTransport(access: Access): Promise<Transport> {
  const { proxyUrl } = access;
  return proxyUrl === undefined || proxyUrl.startsWith('socks5') ? openDirect(access, proxyUrl) : openProxied(access, proxyUrl);
}

async function openDirect({ server, tls }: Access, socksUrl?: string): Promise<Transport> {
  const { origin, protocol } = new URL(server);
  const { ca, cert, key, ...checks } = tls;
  // Made once, not for each connection; and an agent that is given certificates writes them into a key for each request.
  let secureContext: SecureContext | undefined;
  const context = (): SecureContext => process.getBuiltinModule('node:tls').createSecureContext({ ca, cert, key });
  // Not imported: one of the two is enough, and the namespace that an import of node:http makes loads undici.
  const { Agent, request } = process.getBuiltinModule(protocol === 'https:' ? 'node:https' : 'node:http');
  const agent = new Agent({ keepAlive: true, keepAliveMsecs: KEEP_ALIVE_MS, maxSockets: AT_ONCE, scheduling: 'lifo', ...checks });
  if (socksUrl !== undefined) agent.createConnection = (await import('./socks.ts')).connectionsThrough(socksUrl, protocol === 'https:', CONNECT_TIMEOUT_MS);
  return {
    send: ({ body, signal, ...sent }) =>
      new Promise((resolve, reject) => {
        if (protocol === 'https:') secureContext ??= context();
        const open = request(new URL(origin), { ...sent, agent, ...(secureContext && { secureContext }) });
        endWith(signal, open);
        open.on('socket', (socket) => limitConnecting(open, socket));
        open.on('response', (answer) => resolve({ statusCode: answer.statusCode ?? 0, headers: answer.headers, body: answer }));
        // An abort reaches us as what it does to the connection.
        open.on('error', (error) => reject(signal.aborted ? signal.reason : error));
        open.end(body);
      }),
    close: async () => agent.destroy(),
  };
}

/** An abort ends the request, and the answer that is being read. Node's own option for it watches every stream of each request. */
function endWith(signal: AbortSignal, open: ClientRequest): void {
  const end = (): void => {
    open.destroy(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  };
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  open.once('close', () => signal.removeEventListener('abort', end));
}

/** The handshake counts: `secureConnect` ends it, on a plain connection `connect`. */
function limitConnecting(open: ClientRequest, socket: Socket): void {
  if (!socket.connecting) return;
  let timer: NodeJS.Timeout;
  const begin = (): void => {
    const began = performance.now();
    timer = setTimeout(() => {
      // This process was busy itself: what the server has answered meanwhile is still to be read.
      if (performance.now() - began > CONNECT_TIMEOUT_MS + BUSY_MS) begin();
      else open.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }));
    }, CONNECT_TIMEOUT_MS);
  };
  begin();
  for (const event of ['encrypted' in socket ? 'secureConnect' : 'connect', 'close']) socket.once(event, () => clearTimeout(timer));
}

async function openProxied({ server, tls }: Access, proxyUrl: string): Promise<Transport> {
  const { ProxyAgent } = await import('undici');
  const agent = new ProxyAgent({ uri: proxyUrl, requestTls: tls, connections: AT_ONCE, connectTimeout: CONNECT_TIMEOUT_MS, allowH2: false });
  const { origin } = new URL(server);
  return { send: ({ body = null, ...sent }) => agent.request({ ...sent, body, origin }), close: () => agent.destroy() };
}
