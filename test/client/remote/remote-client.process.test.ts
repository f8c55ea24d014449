import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { remoteClient } from '../../../src/client/remote/remote-client.ts';
import { ServerApi } from '../../../src/client/remote/server-api.ts';
import type { InvestigationEvent } from '../../../src/domain/investigation-event.ts';
import { atOnce } from '../../fixtures/engines.ts';
import { aServer } from '../../server/a-server.ts';
import { describeInvestigationClient } from '../contract.ts';

describeInvestigationClient('a server', async (investigate) => {
  const server = aServer({ investigate, byKeys: true });
  const url = new URL(await server.app.listen({ host: '127.0.0.1', port: 0 }));
  return { client: remoteClient(new ServerApi({ url, apiKey: server.key() })), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
});

/** A way to a server that breaks every connection after some bytes of its answer. */
async function breakingProxy(target: number, afterBytes: number): Promise<AsyncDisposable & { readonly url: URL; readonly cuts: () => number }> {
  let cuts = 0;
  const sockets = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = dial(target, '127.0.0.1');
    let passed = 0;
    for (const socket of [near, far]) sockets.add(socket.on('error', () => {}));
    near.pipe(far);
    far.on('data', (bytes: Buffer) => {
      passed += bytes.length;
      near.write(bytes);
      if (passed < afterBytes) return;
      cuts += 1;
      near.destroy();
      far.destroy();
    });
    far.on('end', () => near.end());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    url: new URL(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`),
    cuts: () => cuts,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}

describe('a client whose connection is cut', () => {
  test('goes on behind the last event: none is lost, none comes twice', async () => {
    // Each event is longer than what passes before a cut.
    await using server = aServer({
      investigate: async function* (request, signal) {
        for (let n = 0; n < 8; n += 1) {
          yield { type: 'stage-started', stage: `${n} ${'x'.repeat(5_000)}`, at: '2026-01-31T10:00:00.000Z' };
          await new Promise((resolve) => setTimeout(resolve, 300));
        }
        yield* atOnce(request, signal);
      },
    });
    const port = Number(new URL(await server.app.listen({ host: '127.0.0.1', port: 0 })).port);
    await using proxy = await breakingProxy(port, 12_000);
    const client = remoteClient(new ServerApi({ url: proxy.url, apiKey: undefined }));
    const seen: InvestigationEvent[] = [];
    for await (const event of client.investigate({ incidentId: '', description: 'x' }, new AbortController().signal)) seen.push(event);
    const stages = seen.map((event) => (event.type === 'stage-started' ? event.stage.split(' ')[0] : event.type));
    expect(stages).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', 'investigation-started', 'entities', 'report-completed']);
    expect(proxy.cuts()).toBeGreaterThan(0);
  }, 30_000);

  test('nobody listens: the address and the reason are said', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as AddressInfo;
    free.close();
    const client = remoteClient(new ServerApi({ url: new URL(`http://127.0.0.1:${port}`), apiKey: undefined }));
    await expect(client.report('last')).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE', message: expect.stringContaining('connection refused') });
  });

  test('an answer that is lost on the way: it is asked again, and is one incident', async () => {
    await using server = aServer();
    const port = Number(new URL(await server.app.listen({ host: '127.0.0.1', port: 0 })).port);
    let lost = 0;
    const near = createServer((socket) => {
      const far = dial(port, '127.0.0.1');
      for (const each of [socket, far]) each.on('error', () => {});
      socket.pipe(far);
      far.on('data', (bytes: Buffer) => (lost++ === 0 ? socket.destroy() : socket.write(bytes)));
      far.on('close', () => socket.destroy());
    }).listen(0, '127.0.0.1');
    await once(near, 'listening');
    const url = new URL(`http://127.0.0.1:${(near.address() as AddressInfo).port}`);
    const seen: InvestigationEvent[] = [];
    for await (const event of remoteClient(new ServerApi({ url, apiKey: undefined })).investigate(
      { incidentId: '', description: 'x' },
      new AbortController().signal,
    ))
      seen.push(event);
    near.close();
    expect(seen.at(-1)?.type).toBe('report-completed');
    expect(await server.store.list({})).toHaveLength(1);
  });

  test('a server of another version: both are named', async () => {
    const other = createHttp((_request, response) => response.writeHead(200, { 'sre-orch-api': '2' }).end('{}')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const url = new URL(`http://127.0.0.1:${(other.address() as AddressInfo).port}`);
    await expect(remoteClient(new ServerApi({ url, apiKey: undefined })).report('last')).rejects.toMatchObject({
      code: 'SERVER_VERSION',
      message: expect.stringContaining('speaks version 2 of the API, and this sre-orch version 1'),
    });
    other.close();
  });

  test('a key that the server does not know: said as the server says it', async () => {
    await using server = aServer({ byKeys: true });
    const url = new URL(await server.app.listen({ host: '127.0.0.1', port: 0 }));
    await expect(remoteClient(new ServerApi({ url, apiKey: 'wrong' })).report('last')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
