import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { accountHolders, keyHolders } from '../../src/agent/callers.ts';
import { openRemoteReader } from '../../src/cluster/remote/open-remote-reader.ts';
import { SECRET_VALUE, SHOP } from '../cluster/fixture.ts';
import { failure } from '../cluster/live/fake-api-server.ts';
import { anAgent } from './an-agent.ts';

const PAYING = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'pay-1', namespace: 'shop', ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'pay', uid: '1', controller: true }] },
  spec: {
    nodeName: 'node-1',
    initContainers: [{ name: 'migrate', image: 'pay:1' }],
    containers: [
      {
        name: 'app',
        image: 'pay:1',
        resources: { limits: { memory: '64Mi' }, requests: { cpu: '50m' } },
        env: [
          { name: 'GREETING', value: 'hunter2-of-shop' },
          { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'pay-db', key: 'password' } } },
        ],
      },
    ],
  },
  status: {
    phase: 'Running',
    containerStatuses: [
      { name: 'app', ready: false, restartCount: 4, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { exitCode: 137 } } },
    ],
  },
};
const FIXTURE = { ...SHOP, objects: [...SHOP.objects, PAYING] };

describe('a pod', () => {
  test('is told with containers, restarts, limits, requests, and no value of a variable', async () => {
    await using agent = await anAgent({ fixture: FIXTURE });
    const { status, body } = await agent.get('/api/v1/pods/shop/pay-1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      phase: 'Running',
      node: 'node-1',
      owner: 'ReplicaSet/pay',
      containers: [
        { name: 'migrate', type: 'init', restarts: 0 },
        {
          name: 'app',
          restarts: 4,
          ready: false,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          limits: { memory: '64Mi' },
          requests: { cpu: '50m' },
          env: [
            { name: 'GREETING', value: '[redacted:value]', from: null },
            { name: 'DB_PASSWORD', value: null, from: 'Secret/pay-db password' },
          ],
        },
      ],
    });
    expect(JSON.stringify(body)).not.toContain('hunter2');
  });

  test('has a log as text, or as JSON where that is accepted', async () => {
    await using agent = await anAgent({ fixture: FIXTURE });
    const path = '/api/v1/pods/shop/checkout-1/logs?tail=1';
    const text = await agent.get(path, { accept: 'text/plain' });
    expect([text.headers.get('content-type'), text.body]).toEqual(['text/plain; charset=utf-8', 'line 100\n']);
    expect(await agent.get(path, { accept: 'application/json' })).toMatchObject({ status: 200, body: { text: 'line 100\n', truncated: true } });
    expect(await agent.get(`${path}&previous=true&container=app`)).toMatchObject({ body: 'fatal: out of stock\n' });
  });
});

describe('what went wrong is told apart', () => {
  test.each([
    ['there is no such object', 404, 'OBJECT_NOT_FOUND', '/api/v1/objects/Pod/nobody?namespace=shop', undefined],
    ['RBAC forbids it', 403, 'READ_FORBIDDEN', '/api/v1/objects/ConfigMap?namespace=vault', undefined],
    ['Secrets are not handed out', 403, 'READ_FORBIDDEN', '/api/v1/objects/Secret?namespace=shop', undefined],
    ['the place has expired', 410, 'LIST_EXPIRED', '/api/v1/objects/Pod?namespace=shop&continue=old', failure(410, 'Expired', 'too old')],
    [
      'the API server is busy',
      429,
      'CLUSTER_THROTTLED',
      '/api/v1/objects/Pod?namespace=shop',
      { ...failure(429, 'TooManyRequests', 'slow down'), headers: { 'retry-after': '60' } },
    ],
    ['the API server is late', 504, 'CLUSTER_LATE', '/api/v1/objects/Pod?namespace=shop', failure(504, 'Timeout', 'late')],
    ['the API server is broken', 502, 'CLUSTER_READ_FAILED', '/api/v1/objects/Node', failure(500, 'InternalError', 'etcd')],
    ['the agent itself is not let in', 502, 'CLUSTER_READ_FAILED', '/api/v1/objects/Pod?namespace=shop', failure(401, 'Unauthorized', 'Unauthorized')],
    ['there is no such kind', 400, 'REQUEST_INVALID', '/api/v1/objects/Pods', undefined],
    ['the limit is none', 400, 'REQUEST_INVALID', '/api/v1/objects/Pod?limit=0', undefined],
    ['there is no such route', 404, 'ROUTE_UNKNOWN', '/api/v1/secrets', undefined],
  ])('%s: %i %s', async (_what, status, code, path, answer) => {
    await using agent = await anAgent({ fixture: FIXTURE, fault: ({ path: asked }) => (/\/(pods|nodes)/.test(asked) ? answer : undefined) });
    expect(await agent.get(path)).toMatchObject({ status, body: { code } });
  });
});

describe('lists', () => {
  test('hold of pods only what an investigation looks at, where that is asked for', async () => {
    await using agent = await anAgent({ fixture: FIXTURE });
    const container = async (query: string) => {
      const { body } = await agent.get(`/api/v1/objects/Pod?namespace=shop${query}`);
      const paying = (body as unknown as { items: (typeof PAYING)[] }).items.find(({ metadata }) => metadata.name === 'pay-1');
      return { owner: paying?.metadata.ownerReferences[0], env: paying?.spec.containers[0]?.env.map(({ name }) => name) };
    };
    expect(await container('')).toEqual({ owner: PAYING.metadata.ownerReferences[0], env: ['GREETING', 'DB_PASSWORD'] });
    expect(await container('&evidence_only=true')).toEqual({
      owner: { kind: 'ReplicaSet', name: 'pay', uid: '1', controller: true },
      env: ['GREETING', 'DB_PASSWORD'],
    });
  });

  test('come in pages', async () => {
    await using agent = await anAgent({ fixture: SHOP });
    const first = (await agent.get('/api/v1/objects/Pod?namespace=shop&limit=2')).body as { items: unknown[]; continue: string };
    expect(first.items).toHaveLength(2);
    const second = await agent.get(`/api/v1/objects/Pod?namespace=shop&limit=2&continue=${encodeURIComponent(first.continue)}`);
    expect(second.body).toMatchObject({ items: { length: 1 }, continue: null });
  });

  test('that are equal are sent to the API server once', async () => {
    await using agent = await anAgent({ fixture: SHOP });
    await Promise.all(Array.from({ length: 5 }, () => agent.get('/api/v1/objects/Deployment?namespace=shop')));
    await agent.get('/api/v1/objects/Deployment?namespace=shop');
    expect(agent.api.requests.filter(({ path }) => path.endsWith('/deployments'))).toHaveLength(1);
  });

  test('hold no value of a Secret, whoever asks for them', async () => {
    await using agent = await anAgent({ fixture: SHOP, secrets: true });
    const answers = [await agent.get('/api/v1/objects/Secret?namespace=shop'), await agent.get('/api/v1/objects/Secret/checkout-db?namespace=shop')];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const [listed, asked] = answers.map(({ body }) => body as { items?: object[]; object?: object });
    expect(asked?.object).toMatchObject({
      kind: 'Secret',
      data: { password: expect.stringContaining('redacted') },
      told: { certificates: [], registries: null },
    });
    // Of a list not even the values cross the wire.
    expect(listed?.items?.every((item) => !('data' in item))).toBe(true);
    expect(JSON.stringify(answers)).not.toContain(SECRET_VALUE);
    expect(JSON.stringify(answers)).not.toContain(Buffer.from(SECRET_VALUE, 'base64').toString());
    await using reader = await openRemoteReader({ agent: { name: 'lab', url: agent.url }, signal: new AbortController().signal });
    expect(reader.secretKeys).toBe(true);
    expect(await reader.get('Secret', 'shop', 'checkout-db', new AbortController().signal)).toMatchObject({
      status: 'found',
      value: { data: { password: '' } },
    });
  });

  test('are of the namespaces that it was told to hand out', async () => {
    await using agent = await anAgent({ fixture: SHOP, namespaces: ['shop'] });
    const paths = ['Pod?namespace=shop', 'Pod?namespace=vault', 'Pod', 'Namespace/vault', 'Namespace/shop', 'Namespace'];
    expect(await Promise.all(paths.map(async (path) => (await agent.get(`/api/v1/objects/${path}`)).status))).toEqual([200, 403, 403, 403, 200, 403]);
  });
});

describe('the cluster', () => {
  // Whoever asks for nothing in particular means all of it, not the namespace that the agent happens to run in.
  test.each([
    [undefined, null],
    [['shop'], 'shop'],
    [['shop', 'pay'], null],
  ])('of which %j is handed out has %j as the namespace of who names none', async (namespaces, usual) => {
    await using agent = await anAgent({ fixture: SHOP, ...(namespaces === undefined ? {} : { namespaces }) });
    expect((await agent.get('/api/v1/cluster')).body).toMatchObject({ namespaces: namespaces ?? null, default_namespace: usual });
  });
});

describe('a limit', () => {
  test('is set to how many reads are under way', async () => {
    await using agent = await anAgent({ fixture: SHOP, fault: ({ path }) => (path.endsWith('/pods') ? 'hang' : undefined) });
    const gone = new AbortController();
    const waiting = Array.from({ length: 100 }, (_, index) =>
      fetch(`${agent.url}/api/v1/objects/Pod?namespace=shop&limit=${index + 1}`, { signal: gone.signal }).catch(() => undefined),
    );
    await expect.poll(async () => (await agent.get('/api/v1/objects/Deployment?namespace=shop')).status, { timeout: 5_000 }).toBe(429);
    expect((await agent.get('/livez')).status).toBe(200);
    gone.abort();
    await Promise.all(waiting);
    await expect.poll(async () => (await agent.get('/api/v1/objects/Deployment?namespace=shop')).status, { timeout: 5_000 }).toBe(200);
  });
});

describe('callers', () => {
  test('are let in by the key of a file, which may be replaced', async () => {
    let now = 0;
    await using folder = await anAgent({ fixture: SHOP });
    const path = join(folder.folder, 'key');
    writeFileSync(path, 'first\n');
    const known = [keyHolders(path, () => now)];
    await using agent = await anAgent({ fixture: SHOP, admission: { by: 'callers', known, certificates: false } });
    const as = async (key: string): Promise<number> => (await agent.get('/api/v1/cluster', { authorization: `Bearer ${key}` })).status;
    expect([await as('first'), await as('second'), (await agent.get('/api/v1/cluster')).status, (await agent.get('/livez')).status]).toEqual([
      200, 401, 401, 200,
    ]);
    writeFileSync(path, 'second\n');
    now = 60_000;
    expect([await as('first'), await as('second')]).toEqual([401, 200]);
  });

  test('are let in by the token of an account that was named, as the API server tells it', async () => {
    let asked = 0;
    const review = async (token: string) => {
      asked += 1;
      return { authenticated: token !== 'forged', username: `system:serviceaccount:sre:${token}`, groups: [], audiences: ['sre-orch-agent'] };
    };
    const known = [accountHolders({ names: ['system:serviceaccount:sre:orchestrator'], review, clock: () => 0 })];
    await using agent = await anAgent({ fixture: SHOP, admission: { by: 'callers', known, certificates: false } });
    const as = async (token: string): Promise<number> => (await agent.get('/api/v1/access', { authorization: `Bearer ${token}` })).status;
    expect([await as('orchestrator'), await as('orchestrator'), await as('other'), await as('forged')]).toEqual([200, 200, 401, 401]);
    expect(asked).toBe(3);
  });

  test('without a certificate are not, where one is asked for', async () => {
    const known = [async () => ({ name: 'anybody' })];
    await using agent = await anAgent({ fixture: SHOP, admission: { by: 'callers', known, certificates: true } });
    expect(await agent.get('/api/v1/cluster', { authorization: 'Bearer x' })).toMatchObject({ status: 403, body: { code: 'CALLER_WITHOUT_CERTIFICATE' } });
  });
});

describe('its counters', () => {
  test('are told to callers alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'agent-key-'));
    const path = join(folder, 'key');
    writeFileSync(path, 'the-key\n');
    await using agent = await anAgent({
      fixture: FIXTURE,
      admission: { by: 'callers', known: [keyHolders(path, () => performance.now())], certificates: false },
    });
    const headers = { authorization: 'Bearer the-key' };
    for (const _again of [1, 2]) await agent.get('/api/v1/pods/shop/pay-1', headers);
    expect((await agent.get('/metrics')).status).toBe(401);
    const { status, body } = await agent.get('/metrics', headers);
    expect(status).toBe(200);
    expect(body).toMatch(/sre_orch_agent_reads_total\{by="sent"\} 1\n/);
    expect(body).toMatch(/sre_orch_agent_reads_total\{by="repeated"\} 1\n/);
    expect(body).toMatch(/sre_orch_agent_ready [01]\n/);
    expect(body).toContain('route="/api/v1/pods/:namespace/:name"');
    rmSync(folder, { recursive: true });
  });
});

describe('the tools over MCP', () => {
  test('are the same reads', async () => {
    await using agent = await anAgent({ fixture: FIXTURE, namespaces: ['shop'] });
    const call = async (method: string, params: object): Promise<string> => {
      const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
      return (await fetch(`${agent.url}/mcp`, { method: 'POST', headers, body })).text();
    };
    expect(await call('tools/list', {})).toMatch(/list_objects.*get_logs.*top.*check_access/s);
    expect(await call('tools/call', { name: 'list_objects', arguments: { kind: 'pods', namespace: 'shop' } })).toContain('checkout-1');
    expect(await call('tools/call', { name: 'list_objects', arguments: { kind: 'pods', namespace: 'vault' } })).toContain('forbidden');
  });
});
