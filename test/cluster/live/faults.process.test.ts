import { describe, expect, test } from 'vitest';
import { openLiveReader } from '../../../src/cluster/live/open-live-reader.ts';
import type { ClusterReader } from '../../../src/cluster/reader.ts';
import { type ClusterFixture, SHOP } from '../fixture.ts';
import { type FakeApiServer, type FakeOptions, failure, openFakeApiServer } from './fake-api-server.ts';

const { signal } = new AbortController();
const PODS = '/api/v1/namespaces/many/pods';

/** 1,200 pods: three pages. */
const MANY: ClusterFixture = {
  ...SHOP,
  objects: Array.from({ length: 1200 }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${String(index).padStart(4, '0')}`, namespace: 'many', annotations: { note: 'x'.repeat(200) } },
    spec: { containers: [] },
  })),
};

interface Stage extends AsyncDisposable {
  readonly server: FakeApiServer;
  readonly reader: ClusterReader;
}

/** Random waits are as short as they can be. */
async function stage(fault: FakeOptions['fault'], options: { fixture?: ClusterFixture; timeoutMs?: number } = {}): Promise<Stage> {
  const server = await openFakeApiServer({ fixture: options.fixture ?? SHOP, ...(fault === undefined ? {} : { fault }) });
  const timeout = options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs };
  const reader = await openLiveReader({ kubeconfig: server.kubeconfig, env: {}, random: () => 0, ...timeout });
  return {
    server,
    reader,
    async [Symbol.asyncDispose]() {
      await reader[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

const of = (server: FakeApiServer, path: string) => server.requests.filter((request) => request.path === path);

describe('pages', () => {
  test('are read one after the other, each projected before the next', async () => {
    const order: string[] = [];
    await using staged = await stage(
      ({ path, query }) => {
        if (path === PODS) order.push(`page ${query.get('continue') ?? 'first'} of ${query.get('limit')}`);
        return undefined;
      },
      { fixture: MANY },
    );
    let projected = 0;
    const lookup = await staged.reader.list(
      'Pod',
      {
        namespace: 'many',
        project: (item) => {
          projected += 1;
          if (projected % 500 === 0) order.push(`projected ${projected}`);
          return { kind: item.kind, metadata: { name: item.metadata.name } };
        },
      },
      signal,
    );
    expect(order).toEqual(['page first of 500', 'projected 500', 'page 500 of 500', 'projected 1000', 'page 1000 of 500']);
    expect(lookup).toMatchObject({ status: 'found', value: { truncated: false, problems: [] } });
    expect(lookup.status === 'found' && lookup.value.items.length).toBe(1200);
    expect(staged.reader.requests).toBe(4);
  });

  test('ask for no more than is wanted', async () => {
    await using staged = await stage(undefined, { fixture: MANY });
    const lookup = await staged.reader.list('Pod', { namespace: 'many', maxItems: 700, pageSize: 400 }, signal);
    expect(lookup.status === 'found' && [lookup.value.items.length, lookup.value.truncated]).toEqual([700, true]);
    expect(of(staged.server, PODS).map(({ query }) => query.get('limit'))).toEqual(['400', '300']);
  });

  test('stop at the limit on bytes, and keep what was read', async () => {
    await using staged = await stage(undefined, { fixture: MANY });
    const lookup = await staged.reader.list('Pod', { namespace: 'many', maxBytes: 250_000 }, signal);
    if (lookup.status !== 'found') throw new Error(lookup.status);
    expect(lookup.value).toMatchObject({ truncated: true, problems: [] });
    expect(lookup.value.items.length).toBeGreaterThanOrEqual(500);
    expect(lookup.value.bytes).toBeLessThanOrEqual(250_000);
  });

  test('are made smaller where the objects are large', async () => {
    const large = MANY.objects.slice(0, 40).map((object) => ({ ...object, metadata: { ...object.metadata, annotations: { note: 'x'.repeat(2 ** 20) } } }));
    await using staged = await stage(undefined, { fixture: { ...MANY, objects: large } });
    const lookup = await staged.reader.list('Pod', { namespace: 'many', project: ({ kind, metadata: { name } }) => ({ kind, metadata: { name } }) }, signal);
    expect(lookup.status === 'found' && [lookup.value.items.length, lookup.value.truncated, lookup.value.problems]).toEqual([40, false, []]);
    expect(of(staged.server, PODS)[0]?.query.get('limit')).toBe('500');
  });

  test('of few, settled objects come from the watch cache; of pods they do not', async () => {
    await using staged = await stage(undefined);
    await staged.reader.list('StorageClass', {}, signal);
    await staged.reader.list('Pod', { namespace: 'shop' }, signal);
    const [classes] = of(staged.server, '/apis/storage.k8s.io/v1/storageclasses');
    const [pods] = of(staged.server, '/api/v1/namespaces/shop/pods');
    expect([classes?.query.get('resourceVersion'), pods?.query.get('resourceVersion')]).toEqual(['0', null]);
  });

  test.each([
    ['an expired token begins the list anew, once', 1, 1200, false, 0],
    ['a token that expires twice leaves what was read, and says so', 9, 500, true, 1],
  ])('%s', async (_, times, items, truncated, problems) => {
    let expired = 0;
    await using staged = await stage(
      ({ query }) => {
        if (query.get('continue') !== '500' || expired >= times) return undefined;
        expired += 1;
        return failure(410, 'Expired', 'The provided continue parameter is too old');
      },
      { fixture: MANY },
    );
    const lookup = await staged.reader.list('Pod', { namespace: 'many' }, signal);
    if (lookup.status !== 'found') throw new Error(lookup.status);
    expect([lookup.value.items.length, lookup.value.truncated, lookup.value.problems.length]).toEqual([items, truncated, problems]);
    expect(of(staged.server, PODS).filter(({ query }) => !query.has('continue'))).toHaveLength(2);
  });

  test('that were read before one failed are kept', async () => {
    await using staged = await stage(({ query }) => (query.get('continue') === '1000' ? failure(501, 'NotImplemented', 'out of order') : undefined), {
      fixture: MANY,
    });
    const lookup = await staged.reader.list('Pod', { namespace: 'many' }, signal);
    expect(lookup).toMatchObject({ value: { truncated: true, problems: ['pods: the list broke off after 1000 items (out of order)'] } });
  });
});

describe('failures that pass', () => {
  test.each([
    ['throttling', failure(429, 'TooManyRequests', 'too many requests', {})],
    ['an overloaded server', failure(503, 'ServiceUnavailable', 'apiserver is shutting down')],
    ['a server error', failure(500, 'InternalError', 'etcdserver: leader changed')],
    ['a reset connection', 'reset' as const],
    ['an answer that breaks off', 'half' as const],
  ])('%s is asked again', async (_, fault) => {
    await using staged = await stage(({ path }, before) => (path.endsWith('/pods') && before === 0 ? fault : undefined));
    const lookup = await staged.reader.list('Pod', { namespace: 'shop' }, signal);
    expect(lookup).toMatchObject({ status: 'found', value: { truncated: false } });
    expect(of(staged.server, '/api/v1/namespaces/shop/pods')).toHaveLength(2);
    expect(staged.reader.requests).toBe(3);
  });

  test('Retry-After is waited for', async () => {
    await using staged = await stage(({ path }, before) =>
      path.endsWith('/pods') && before === 0 ? { ...failure(429, 'TooManyRequests', 'wait'), headers: { 'retry-after': '1' } } : undefined,
    );
    const started = performance.now();
    await staged.reader.list('Pod', { namespace: 'shop' }, signal);
    expect(performance.now() - started).toBeGreaterThanOrEqual(990);
  });

  test('the reason is told when they do not pass', async () => {
    await using staged = await stage(({ path }) => (path.endsWith('/pods') ? failure(503, 'ServiceUnavailable', 'apiserver is shutting down') : undefined));
    expect(await staged.reader.list('Pod', { namespace: 'shop' }, signal)).toEqual({
      status: 'not-collected',
      needs: 'list pods in shop',
      reason: 'apiserver is shutting down',
    });
    expect(of(staged.server, '/api/v1/namespaces/shop/pods')).toHaveLength(4);
  });

  test('a wait that is too long to be asked for ends it', async () => {
    await using staged = await stage(({ path }) =>
      path.endsWith('/pods') ? { ...failure(429, 'TooManyRequests', 'come back tomorrow'), headers: { 'retry-after': '86400' } } : undefined,
    );
    expect(await staged.reader.list('Pod', { namespace: 'shop' }, signal)).toMatchObject({ status: 'not-collected', reason: 'come back tomorrow' });
    expect(of(staged.server, '/api/v1/namespaces/shop/pods')).toHaveLength(1);
  });
});

describe('answers that prove nothing', () => {
  const cases: [string, FakeOptions['fault'], object][] = [
    ['no answer in time', ({ path }) => (path.endsWith('/pods') ? 'hang' : undefined), { status: 'not-collected', reason: 'no answer in time' }],
    [
      'a page that is no JSON',
      ({ path }) => (path.endsWith('/pods') ? { status: 200, body: '<html>token=abc</html>' } : undefined),
      { status: 'not-collected', reason: 'the answer is not what an API server sends' },
    ],
    [
      'JSON that is no list',
      ({ path }) => (path.endsWith('/pods') ? { status: 200, body: { kind: 'Pod' } } : undefined),
      { status: 'not-collected', reason: 'the answer is not what an API server sends' },
    ],
    [
      'a proxy that knows no such page',
      ({ path }) => (path.endsWith('/pods') ? { status: 404, body: '<h1>Not Found</h1>' } : undefined),
      { status: 'not-collected', reason: 'the API server answered with HTTP 404' },
    ],
    [
      'a redirect',
      ({ path }) => (path.endsWith('/pods') ? { status: 302, headers: { location: 'http://127.0.0.1:1/login' } } : undefined),
      { status: 'not-collected', reason: 'the API server redirects elsewhere (HTTP 302), which is not followed' },
    ],
    ['a kind that is not served', ({ path }) => (path.endsWith('/pods') ? { status: 404, body: '404 page not found\n' } : undefined), { status: 'not-found' }],
    [
      'damaged gzip',
      ({ path }) => (path.endsWith('/pods') ? { status: 200, body: 'no gzip', headers: { 'content-encoding': 'gzip' } } : undefined),
      { status: 'not-collected', reason: 'its answer is damaged' },
    ],
    ['a refusal', ({ path }) => (path.endsWith('/pods') ? failure(403, 'Forbidden', 'no') : undefined), { status: 'forbidden', needs: 'list pods in shop' }],
  ];

  test.each(cases)('%s', async (_, fault, answer) => {
    await using staged = await stage(fault, { timeoutMs: 300 });
    expect(await staged.reader.list('Pod', { namespace: 'shop' }, signal)).toMatchObject(answer);
  });

  test('a list over all namespaces needs a permission for all of them', async () => {
    await using staged = await stage(({ path }) => (path === '/api/v1/pods' || path === '/api/v1/nodes' ? failure(403, 'Forbidden', 'no') : undefined));
    expect(await staged.reader.list('Pod', {}, signal)).toEqual({ status: 'forbidden', needs: 'list pods in all namespaces' });
    expect(await staged.reader.list('Node', {}, signal)).toEqual({ status: 'forbidden', needs: 'list nodes' });
  });

  test('credentials that end in the middle are thrown, not told as an absence', async () => {
    await using staged = await stage(({ path }) => (path.endsWith('/pods') ? failure(401, 'Unauthorized', 'Unauthorized') : undefined));
    await expect(staged.reader.list('Pod', { namespace: 'shop' }, signal)).rejects.toMatchObject({ code: 'CREDENTIALS_REJECTED' });
  });

  test('a name that would lead to another path is not asked for', async () => {
    await using staged = await stage(undefined);
    const before = staged.reader.requests;
    for (const name of ['', '.', '..', 'a/b', 'a%2fb']) expect((await staged.reader.get('Pod', 'shop', name, signal)).status).toBe('not-found');
    expect((await staged.reader.list('Pod', { namespace: '..' }, signal)).status).toBe('not-found');
    expect((await staged.reader.logs({ namespace: 'shop', pod: '../x', container: 'app', previous: false }, signal)).status).toBe('not-found');
    expect(staged.reader.requests).toBe(before);
  });

  test('an object that is none is no object', async () => {
    await using staged = await stage(({ path }) =>
      path.endsWith('/checkout-1') ? { status: 200, body: { metadata: { name: 'checkout-1' }, spec: 'x' } } : undefined,
    );
    expect(await staged.reader.get('Pod', 'shop', 'checkout-1', signal)).toMatchObject({ status: 'not-collected', needs: 'get pods in shop' });
  });
});

describe('logs', () => {
  const run = { namespace: 'shop', pod: 'checkout-1', container: 'app', previous: false };
  const answering = (answer: FakeOptions['fault']) => stage((request, before) => (request.path.endsWith('/log') ? answer?.(request, before) : undefined));

  test.each([
    ['container "app" in pod "checkout-1" is waiting to start: ContainerCreating', 'not-found'],
    ['previous terminated container "app" in pod "checkout-1" not found', 'not-found'],
    ['container other is not valid for pod checkout-1', 'not-found'],
    ['the node was asked in a way it does not know', 'not-collected'],
  ])('400 %s: %s', async (message, status) => {
    await using staged = await answering(() => failure(400, 'BadRequest', message));
    expect((await staged.reader.logs(run, signal)).status).toBe(status);
  });

  test('a kubelet out of reach is asked once, and its error is the reason', async () => {
    await using staged = await answering(() => failure(500, 'InternalError', 'Get "https://10.0.0.9:10250/containerLogs": dial tcp: connection refused'));
    expect(await staged.reader.logs(run, signal)).toMatchObject({ status: 'not-collected', reason: expect.stringContaining('connection refused') });
    expect(of(staged.server, '/api/v1/namespaces/shop/pods/checkout-1/log')).toHaveLength(1);
  });

  test('what the kubelet says of a log that is gone is not taken for the log', async () => {
    await using staged = await answering(() => ({ status: 200, body: 'unable to retrieve container logs for containerd://abc' }));
    expect(await staged.reader.logs(run, signal)).toMatchObject({ status: 'not-collected', reason: 'unable to retrieve container logs for containerd://abc' });
  });

  test('of any length end where the log ends', async () => {
    const line = `${'x'.repeat(99)}\n`;
    await using staged = await answering(() => ({ status: 200, body: `${line.repeat(50_000)}the last line\n` }));
    const lookup = await staged.reader.logs({ ...run, tailLines: 100_000, maxBytes: 1_000 }, signal);
    expect(lookup).toMatchObject({ status: 'found', value: { truncated: true, text: `${line.repeat(9)}the last line\n` } });
  });

  test('are asked for by container, run, lines and time', async () => {
    await using staged = await stage(undefined);
    await staged.reader.logs({ ...run, previous: true, tailLines: 10, since: '2026-03-01T10:00:00Z' }, signal);
    const [request] = of(staged.server, '/api/v1/namespaces/shop/pods/checkout-1/log');
    expect(Object.fromEntries(request?.query ?? [])).toMatchObject({ container: 'app', previous: 'true', tailLines: '10', sinceTime: '2026-03-01T10:00:00Z' });
  });
});

describe('what is sent', () => {
  test('only GET, five at once, as somebody', async () => {
    await using staged = await stage(({ path }) => (path.endsWith('/pods') ? { status: 200, body: { items: [], metadata: {} }, afterMs: 30 } : undefined));
    await Promise.all(Array.from({ length: 12 }, (_, index) => staged.reader.list('Pod', { namespace: `ns-${index}` }, signal)));
    expect(staged.server.busiest()).toBe(5);
    expect([...new Set(staged.server.requests.map(({ method }) => method))]).toEqual(['GET']);
    expect(staged.server.requests[0]?.headers).toMatchObject({ authorization: 'Bearer a-token', 'user-agent': expect.stringMatching(/^sre-orch\//) });
  });

  test('an abort ends what is being read at once', async () => {
    await using staged = await stage(({ path }) => (path.endsWith('/pods') ? 'hang' : undefined));
    const controller = new AbortController();
    const reading = staged.reader.list('Pod', { namespace: 'shop' }, controller.signal);
    setTimeout(() => controller.abort(new Error('enough')), 50);
    await expect(reading).rejects.toThrow('enough');
  });

  test('an abort ends a wait before the next attempt', async () => {
    await using staged = await stage(({ path }) =>
      path.endsWith('/pods') ? { ...failure(429, 'TooManyRequests', 'wait'), headers: { 'retry-after': '9' } } : undefined,
    );
    const started = performance.now();
    await expect(staged.reader.list('Pod', { namespace: 'shop' }, AbortSignal.timeout(200))).rejects.toThrow();
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
