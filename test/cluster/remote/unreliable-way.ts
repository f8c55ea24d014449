import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Passing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Asked {
  readonly path: string;
  /** How many came before, the first question of all left out. */
  readonly before: number;
  /** What the agent would have answered. */
  readonly answer: Passing;
}

/** What comes instead: `reset` closes the connection, `hang` never answers, `half` breaks off in the body, `late` answers after all. */
export type Garbled = Partial<Passing> | 'pass' | 'reset' | 'hang' | 'half' | { readonly afterMs: number };

export interface UnreliableWay extends AsyncDisposable {
  readonly url: string;
  readonly requests: () => number;
  /** Nobody listens for a while. */
  pause(ms: number): void;
}

/** A real server between a reader and an agent, which does to answers as it is told; the first question, who the cluster is, passes. */
export async function unreliableWay(agentUrl: string, garble: (asked: Asked, way: UnreliableWay) => Garbled): Promise<UnreliableWay> {
  let requests = 0;
  const handle = async ({ url: path = '', headers }: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { authorization, accept } = headers;
    const there = await fetch(`${agentUrl}${path}`, { headers: { ...(authorization && { authorization }), ...(accept && { accept }) }, redirect: 'manual' });
    const answer = { status: there.status, headers: { 'content-type': there.headers.get('content-type') ?? '' }, body: Buffer.from(await there.arrayBuffer()) };
    send(response, answer, path === '/api/v1/cluster' ? 'pass' : garble({ path, before: requests++, answer }, way));
  };
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: Error) => response.destroy(error));
  });
  const listen = (port: number): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  const way: UnreliableWay = {
    url: `http://127.0.0.1:${port}`,
    requests: () => requests,
    pause: (ms) => {
      setTimeout(() => void listen(port), ms);
      void close();
    },
    [Symbol.asyncDispose]: close,
  };
  return way;
}

function send(response: ServerResponse, answer: Passing, garbled: Garbled): void {
  if (garbled === 'hang') return;
  if (garbled === 'reset') return void response.socket?.resetAndDestroy();
  if (garbled === 'half') {
    response.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body.length) });
    response.write(answer.body.subarray(0, answer.body.length / 2), () => response.socket?.destroy());
    return;
  }
  const { status, headers, body } = { ...answer, ...(garbled === 'pass' ? {} : garbled) };
  const deliver = (): void => void response.writeHead(status, headers).end(body);
  if (typeof garbled === 'object' && 'afterMs' in garbled) setTimeout(deliver, garbled.afterMs);
  else deliver();
}
