import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { ClusterReader } from '../../../src/cluster/reader.ts';
import { openRemoteReader } from '../../../src/cluster/remote/open-remote-reader.ts';
import { type AnAgent, type AnAgentOptions, anAgent } from '../../agent/an-agent.ts';
import { describeClusterReader } from '../conformance.ts';
import { SHOP } from '../fixture.ts';
import { failure } from '../live/fake-api-server.ts';

const { signal } = new AbortController();
const open = (url: string, timeoutMs = 5_000): Promise<ClusterReader> => openRemoteReader({ agent: { name: 'lab', url }, signal, timeoutMs });

async function through(options: Partial<AnAgentOptions> = {}): Promise<{ agent: AnAgent; reader: ClusterReader } & AsyncDisposable> {
  const agent = await anAgent({ fixture: SHOP, ...options });
  const reader = await open(agent.url);
  return {
    agent,
    reader,
    async [Symbol.asyncDispose]() {
      await reader[Symbol.asyncDispose]();
      await agent[Symbol.asyncDispose]();
    },
  };
}

describeClusterReader('remote', async (fixture) => {
  const { agent, reader } = await through({ fixture, secrets: true });
  const close = reader[Symbol.asyncDispose].bind(reader);
  return Object.assign(reader, {
    async [Symbol.asyncDispose]() {
      await close();
      await agent[Symbol.asyncDispose]();
    },
  });
});

describe('a cluster through its agent', () => {
  test('is named after the agent', async () => {
    await using at = await through();
    expect(at.reader.target).toMatchObject({ reader: 'remote', cluster: 'lab' });
  });

  test('costs as many requests as the pages that are read', async () => {
    await using at = await through();
    const before = at.reader.requests;
    await at.reader.list('Pod', { namespace: 'shop', pageSize: 1 }, signal);
    expect(at.reader.requests - before).toBe(3);
  });

  test('begins a list anew when its place has expired', async () => {
    let expired = 0;
    const fault: AnAgentOptions['fault'] = ({ query }) => (query.has('continue') && expired++ === 0 ? failure(410, 'Expired', 'too old') : undefined);
    await using at = await through({ fault });
    expect(await at.reader.list('Pod', { namespace: 'shop', pageSize: 2 }, signal)).toMatchObject({
      status: 'found',
      value: { items: { length: 3 }, truncated: false },
    });
  });

  test('what the agent was not told to hand out is forbidden, and says so', async () => {
    await using at = await through({ namespaces: ['shop'] });
    expect(await at.reader.list('Pod', { namespace: 'vault' }, signal)).toMatchObject({
      status: 'forbidden',
      needs: expect.stringContaining('hands out shop'),
    });
    expect(await at.reader.get('Namespace', undefined, 'vault', signal)).toMatchObject({ status: 'forbidden' });
    expect(await at.reader.list('Secret', { namespace: 'shop' }, signal)).toMatchObject({ status: 'forbidden', needs: expect.stringContaining('--secrets') });
  });

  test('an agent that goes away proves nothing', async () => {
    await using at = await through();
    await at.agent.stop();
    expect(await at.reader.get('Pod', 'shop', 'checkout-1', signal)).toMatchObject({ status: 'not-collected', reason: expect.stringContaining('the agent') });
  });

  test('an agent in whose place another comes is not missed', async () => {
    await using at = await through();
    await at.agent.stop();
    const answer = at.reader.get('Pod', 'shop', 'checkout-1', signal);
    await using _next = await anAgent({ fixture: SHOP, port: Number(new URL(at.agent.url).port) });
    expect(await answer).toMatchObject({ status: 'found' });
  });

  test('a cluster that the agent does not reach proves nothing', async () => {
    let isDown = false;
    await using at = await through({ fault: () => (isDown ? 'reset' : undefined) });
    isDown = true;
    expect(await at.reader.list('Pod', { namespace: 'shop' }, signal)).toMatchObject({ status: 'not-collected' });
  });

  test.each([
    ['a page of a proxy', 404, '<html>not here</html>'],
    ['an API server', 404, JSON.stringify({ kind: 'Status', message: 'pods "x" not found', code: 404 })],
    ['something with other answers', 200, JSON.stringify({ items: [] })],
    ['noise', 200, '\u0000\u0001{'],
  ])('%s in its place proves nothing', async (_what, status, body) => {
    const cluster = { name: 'x', server_version: 'v1', default_namespace: null, namespaces: null, kinds: [], now: '2026-01-01T00:00:00Z', version: '0' };
    const server = createServer(({ url }, response) => {
      if (url === '/api/v1/cluster') response.end(JSON.stringify(cluster));
      else response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const reader = await open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const answers = [
      await reader.get('Pod', 'shop', 'checkout-1', signal),
      await reader.list('Pod', { namespace: 'shop' }, signal),
      await reader.logs({ namespace: 'shop', pod: 'checkout-1', container: 'app', previous: false }, signal),
    ];
    expect(answers.map((answer) => answer.status)).toEqual(['not-collected', 'not-collected', 'not-collected']);
    await reader[Symbol.asyncDispose]();
    server.close();
    server.closeAllConnections();
  });

  test('one that never answers is given up', async () => {
    const cluster = { name: 'x', server_version: 'v1', default_namespace: null, namespaces: null, kinds: [], now: '2026-01-01T00:00:00Z', version: '0' };
    const server = createServer(({ url }, response) => {
      if (url === '/api/v1/cluster') response.end(JSON.stringify(cluster));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const reader = await open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 300);
    expect(await reader.list('Pod', { namespace: 'shop' }, signal)).toMatchObject({ status: 'not-collected', reason: 'the agent: no answer in time' });
    await reader[Symbol.asyncDispose]();
    server.close();
    server.closeAllConnections();
  });

  test('one that is not there, or lets nobody in, is an error that says so', async () => {
    await expect(open('http://127.0.0.1:9')).rejects.toMatchObject({ code: 'AGENT_UNREACHABLE' });
    await using agent = await anAgent({ fixture: SHOP, admission: { by: 'callers', known: [], certificates: false } });
    await expect(open(agent.url)).rejects.toMatchObject({ code: 'AGENT_REFUSES' });
  });
});
