import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request as forward } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLiveReader } from '../../../src/cluster/live/open-live-reader.ts';
import type { ClusterReader } from '../../../src/cluster/reader.ts';
import { SHOP } from '../fixture.ts';
import { type Authority, type Certificate, ownAuthority } from './certificates.ts';
import { type FakeApiServer, type FakeOptions, failure, openFakeApiServer } from './fake-api-server.ts';
import { openSocksServer, type SocksServer } from './socks-server.ts';

const { signal } = new AbortController();
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const ca = (): object => ({ 'certificate-authority-data': base64(authority.cert) });

let folder: string;
let authority: Authority;
let forAddress: Certificate;
let forName: Certificate;
let client: Certificate;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificates-'));
  authority = await ownAuthority(folder);
  forAddress = await authority.issue('address', 'IP:127.0.0.1');
  forName = await authority.issue('name', 'DNS:api.example');
  client = await authority.issue('client', 'DNS:client');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Stage extends AsyncDisposable {
  readonly server: FakeApiServer;
  open(env?: Record<string, string>): Promise<ClusterReader & AsyncDisposable>;
}

async function stage(options: Partial<FakeOptions> = {}): Promise<Stage> {
  const server = await openFakeApiServer({ fixture: SHOP, ...options });
  return {
    server,
    open: (env = {}) => openLiveReader({ kubeconfig: server.kubeconfig, env, random: () => 0 }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const podsOf = async (reader: ClusterReader): Promise<string> => (await reader.list('Pod', { namespace: 'shop' }, signal)).status;

describe('a cluster that answers', () => {
  test('is named, with its version and the namespace of the context', async () => {
    await using staged = await stage();
    await using reader = await staged.open();
    expect(reader.target).toEqual({ reader: 'live', cluster: 'fake', context: 'fake', server_version: 'v1.34.4' });
    expect(reader.defaultNamespace).toBe('shop');
    expect(reader.requests).toBe(1);
  });

  test('but does not tell its version is read all the same', async () => {
    await using staged = await stage({ fault: ({ path }) => (path === '/version' ? failure(403, 'Forbidden', 'no') : undefined) });
    await using reader = await staged.open();
    expect([reader.target.server_version, await podsOf(reader)]).toEqual([null, 'found']);
  });

  test('below a path, as behind a gateway, is asked there', async () => {
    await using staged = await stage({
      fault: ({ path, query }) =>
        path === '/k8s/clusters/c-1/version' && query.size === 0 ? { status: 200, body: { gitVersion: 'v1.33.0' } } : { status: 404 },
    });
    const config = {
      clusters: [{ name: 'a', cluster: { server: `${staged.server.url}/k8s/clusters/c-1/` } }],
      contexts: [{ name: 'a', context: { cluster: 'a' } }],
    };
    const kubeconfig = join(staged.server.folder, 'gateway');
    await writeFile(kubeconfig, JSON.stringify(config));
    await using reader = await openLiveReader({ kubeconfig, context: 'a', env: {} });
    expect(reader.target.server_version).toBe('v1.33.0');
  });

  test('from afar is asked to compress', async () => {
    // Linux and macOS take 0.0.0.0 for this machine; the reader does not take it for loopback.
    await using staged = await stage();
    const kubeconfig = join(staged.server.folder, 'afar');
    const server = staged.server.url.replace('127.0.0.1', '0.0.0.0');
    await writeFile(kubeconfig, JSON.stringify({ clusters: [{ name: 'a', cluster: { server } }], contexts: [{ name: 'a', context: { cluster: 'a' } }] }));
    await using reader = await openLiveReader({ kubeconfig, context: 'a', env: {} });
    expect(await podsOf(reader)).toBe('found');
    expect(staged.server.requests.map(({ headers }) => headers['accept-encoding'])).toEqual(['gzip', 'gzip']);
  });
});

describe('a cluster that does not', () => {
  test.each<[string, string, RegExp]>([
    ['CLUSTER_UNREACHABLE', 'http://127.0.0.1:1', /connection refused/],
    ['CLUSTER_UNREACHABLE', 'https://127.0.0.1:1', /connection refused/],
    ['CLUSTER_UNREACHABLE', 'https://no-such-cluster.invalid', /name cannot be resolved/],
  ])('%s at %s', async (code, server, message) => {
    const kubeconfig = join(folder, 'unreachable');
    await writeFile(kubeconfig, JSON.stringify({ clusters: [{ name: 'a', cluster: { server } }], contexts: [{ name: 'a', context: { cluster: 'a' } }] }));
    const opening = openLiveReader({ kubeconfig, context: 'a', env: {} });
    await expect(opening).rejects.toMatchObject({ code, message: expect.stringMatching(message), row: { exitCode: 3 } });
  });

  test.each<[string, FakeOptions['fault'], string, RegExp]>([
    ['is not ready', () => failure(503, 'ServiceUnavailable', 'starting'), 'CLUSTER_NOT_READY', /HTTP 503/],
    ['redirects to a login', () => ({ status: 302, headers: { location: '/login' } }), 'CLUSTER_NOT_READY', /HTTP 302/],
    ['is something else', () => ({ status: 200, body: '<html>' }), 'CLUSTER_UNREACHABLE', /no Kubernetes API server/],
    ['is another API', () => ({ status: 200, body: { version: 2 } }), 'CLUSTER_UNREACHABLE', /no Kubernetes API server/],
    ['rejects the credentials', () => failure(401, 'Unauthorized', 'Unauthorized'), 'CREDENTIALS_REJECTED', /missing, wrong or expired/],
  ])('because it %s', async (_, fault, code, message) => {
    await using staged = await stage(fault === undefined ? {} : { fault });
    await expect(staged.open()).rejects.toMatchObject({ code, message: expect.stringMatching(message), row: { exitCode: 3 } });
  });

  test('within the time for one request', async () => {
    await using staged = await stage({ fault: () => 'hang' });
    const opening = openLiveReader({ kubeconfig: staged.server.kubeconfig, env: {}, timeoutMs: 200 });
    await expect(opening).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE', message: expect.stringContaining('no answer in time') });
  });

  test('before it is given up', async () => {
    await using staged = await stage({ fault: () => 'hang' });
    const opening = openLiveReader({ kubeconfig: staged.server.kubeconfig, env: {}, signal: AbortSignal.timeout(100) });
    await expect(opening).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('certificates', () => {
  test('of a known authority, for the address, are trusted; the client shows its own', async () => {
    const tls = { ...forAddress, ca: authority.cert, requestCert: true, rejectUnauthorized: true };
    const user = { 'client-certificate-data': base64(client.cert), 'client-key-data': base64(client.key) };
    await using staged = await stage({ tls, cluster: ca(), user });
    await using reader = await staged.open();
    expect(await podsOf(reader)).toBe('found');
  });

  test('of an unknown authority are not', async () => {
    await using staged = await stage({ tls: forAddress });
    await expect(staged.open()).rejects.toMatchObject({ code: 'TLS_UNTRUSTED', row: { exitCode: 3 } });
  });

  test('for another name are not, unless tls-server-name says so', async () => {
    await using other = await stage({ tls: forName, cluster: ca() });
    await expect(other.open()).rejects.toMatchObject({ code: 'TLS_UNTRUSTED' });
    await using named = await stage({ tls: forName, cluster: { ...ca(), 'tls-server-name': 'api.example' } });
    await using reader = await named.open();
    expect(reader.target.server_version).toBe('v1.34.4');
  });

  test('are not looked at with insecure-skip-tls-verify', async () => {
    await using staged = await stage({ tls: forName, cluster: { 'insecure-skip-tls-verify': true } });
    await using reader = await staged.open();
    expect(reader.target.server_version).toBe('v1.34.4');
  });

  test('that have expired are told as such, the server’s and our own', async () => {
    const [late, lateClient] = await Promise.all([authority.issue('late', 'IP:127.0.0.1', -1), authority.issue('late-client', 'DNS:client', -1)]);
    await using staged = await stage({ tls: late, cluster: ca() });
    await expect(staged.open()).rejects.toMatchObject({ code: 'TLS_UNTRUSTED', message: expect.stringContaining('expired') });
    const user = { 'client-certificate-data': base64(lateClient.cert), 'client-key-data': base64(lateClient.key) };
    await using other = await stage({ tls: forAddress, cluster: ca(), user, fault: () => failure(401, 'Unauthorized', 'Unauthorized') });
    await expect(other.open()).rejects.toMatchObject({ code: 'CREDENTIALS_REJECTED', message: expect.stringContaining('client certificate expired on') });
  });

  test('a server that refuses the client’s says so', async () => {
    const tls = { ...forAddress, ca: authority.cert, requestCert: true, rejectUnauthorized: true };
    await using staged = await stage({ tls, cluster: ca() });
    await expect(staged.open()).rejects.toMatchObject({ row: { exitCode: 3 } });
  });

  test('a server that speaks no TLS is told apart from one that is not trusted', async () => {
    await using staged = await stage();
    const kubeconfig = join(staged.server.folder, 'plain');
    const server = staged.server.url.replace('http:', 'https:');
    await writeFile(kubeconfig, JSON.stringify({ clusters: [{ name: 'a', cluster: { server } }], contexts: [{ name: 'a', context: { cluster: 'a' } }] }));
    const opening = openLiveReader({ kubeconfig, context: 'a', env: {} });
    await expect(opening).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE', message: expect.stringContaining('does not speak TLS') });
  });
});

describe('rejected credentials say why, where they tell it', () => {
  const rejecting: FakeOptions['fault'] = () => failure(401, 'Unauthorized', 'Unauthorized');
  const token = `e30.${Buffer.from(JSON.stringify({ exp: 1_600_000_000 })).toString('base64url')}.x`;

  test.each<[string, object, RegExp]>([
    ['an expired token', { token }, /token expired on 2020-09-13/],
    ['no credentials', {}, /the kubeconfig holds none/],
    ['an opaque token', { token: 'opaque' }, /missing, wrong or expired/],
    ['a token that only looks like one', { token: 'a.b.c' }, /missing, wrong or expired/],
  ])('%s', async (_, user, message) => {
    await using staged = await stage({ fault: rejecting, user });
    await expect(staged.open()).rejects.toMatchObject({ code: 'CREDENTIALS_REJECTED', message: expect.stringMatching(message) });
  });

  test('who is nobody to the server is told so, not that a permission is missing', async () => {
    const anonymous = failure(403, 'Forbidden', 'pods is forbidden: User "system:anonymous" cannot list resource "pods"');
    await using staged = await stage({ fault: ({ path }) => (path.endsWith('/pods') ? anonymous : undefined), user: {} });
    await using reader = await staged.open();
    await expect(reader.list('Pod', { namespace: 'shop' }, signal)).rejects.toMatchObject({ code: 'CREDENTIALS_REJECTED' });
  });
});

describe('proxies', () => {
  /** A proxy as HTTP knows it: CONNECT for https, absolute addresses for http. */
  async function openProxy(login?: string): Promise<{ url: string; seen: string[] } & AsyncDisposable> {
    const seen: string[] = [];
    const proxy = createServer((incoming, response) => {
      seen.push(`${incoming.method} ${incoming.url}`);
      forward(incoming.url ?? '', { method: incoming.method, headers: incoming.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }).end();
    });
    proxy.on('connect', (incoming, socket) => {
      seen.push(`CONNECT ${incoming.url}`);
      const given = Buffer.from(incoming.headers['proxy-authorization']?.replace('Basic ', '') ?? '', 'base64').toString();
      if (login !== undefined && given !== login) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      const { hostname, port } = new URL(`http://${incoming.url}`);
      const onward = connect(Number(port), hostname, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      for (const end of [onward, socket]) end.on('error', () => onward.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    return {
      url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      seen,
      async [Symbol.asyncDispose]() {
        proxy.closeAllConnections();
        await new Promise((resolve) => proxy.close(resolve));
      },
    };
  }

  test('proxy-url of the cluster is tunnelled through', async () => {
    await using proxy = await openProxy();
    await using staged = await stage({ tls: forAddress, cluster: { ...ca(), 'proxy-url': proxy.url } });
    await using reader = await staged.open();
    expect(await podsOf(reader)).toBe('found');
    expect(proxy.seen[0]).toBe(`CONNECT ${staged.server.url.replace('https://', '')}`);
  });

  test('HTTP_PROXY is used for what is not on this machine', async () => {
    await using proxy = await openProxy();
    await using staged = await stage();
    const kubeconfig = join(staged.server.folder, 'afar');
    const server = staged.server.url.replace('127.0.0.1', '0.0.0.0');
    await writeFile(kubeconfig, JSON.stringify({ clusters: [{ name: 'a', cluster: { server } }], contexts: [{ name: 'a', context: { cluster: 'a' } }] }));
    await using reader = await openLiveReader({ kubeconfig, context: 'a', env: { HTTP_PROXY: proxy.url } });
    expect(await podsOf(reader)).toBe('found');
    expect(proxy.seen.length).toBeGreaterThan(0);
  });

  test.each([
    ['socks4://127.0.0.1:1', 'has the scheme socks4, which is none of http, https and socks5'],
    ['just words', 'is no address'],
  ])('an address that is none is told: %s', async (proxyUrl, problem) => {
    await using staged = await stage({ cluster: { 'proxy-url': proxyUrl } });
    await expect(staged.open()).rejects.toMatchObject({ code: 'KUBECONFIG_INVALID', message: expect.stringContaining(problem) });
  });

  test('HTTP proxies get the user and the password decoded, and a refusal is told', async () => {
    await using proxy = await openProxy('jo:p@ss');
    const through = (login: string) => ({ ...ca(), 'proxy-url': proxy.url.replace('://', `://${login}@`) });
    await using staged = await stage({ tls: forAddress, cluster: through('jo:p%40ss') });
    await using reader = await staged.open();
    expect(await podsOf(reader)).toBe('found');
    await using refused = await stage({ tls: forAddress, cluster: through('jo:wrong') });
    const error = await refused.open().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CLUSTER_UNREACHABLE', message: expect.stringMatching(/proxy/i) });
    expect(String(error)).not.toContain('wrong');
  });

  describe('of SOCKS', () => {
    const through = (proxy: SocksServer, scheme = 'socks5', login = ''): object => ({ ...ca(), 'proxy-url': `${scheme}://${login}${proxy.address}` });

    test.each(['socks5', 'socks5h'])('%s leads to a server with TLS', async (scheme) => {
      await using proxy = await openSocksServer();
      await using staged = await stage({ tls: forAddress, cluster: through(proxy, scheme) });
      await using reader = await staged.open();
      expect(await podsOf(reader)).toBe('found');
      expect(proxy.asked[0]).toBe(staged.server.url.replace('https://', ''));
    });

    test('resolves a name that only the proxy knows', async () => {
      await using proxy = await openSocksServer();
      await using staged = await stage({ tls: forName });
      const { port } = new URL(staged.server.url);
      const server = `https://api.example:${port}`;
      const kubeconfig = join(staged.server.folder, 'inside');
      const cluster = { server, ...through(proxy) };
      await writeFile(kubeconfig, JSON.stringify({ clusters: [{ name: 'a', cluster }], contexts: [{ name: 'a', context: { cluster: 'a' } }] }));
      await using reader = await openLiveReader({ kubeconfig, context: 'a', env: {} });
      expect(await podsOf(reader)).toBe('found');
      expect(proxy.asked[0]).toBe(`api.example:${port}`);
    });

    test('asks for a user and a password', async () => {
      await using proxy = await openSocksServer({ user: 'jo', password: 'p@ss' });
      await using staged = await stage({ tls: forAddress, cluster: through(proxy, 'socks5', 'jo:p%40ss@') });
      await using reader = await staged.open();
      expect(await podsOf(reader)).toBe('found');
    });

    test.each<[string, string]>([
      ['refuses the password', 'jo:wrong@'],
      ['wants a password, and gets none', ''],
    ])('that %s is told, without the password', async (_, login) => {
      await using proxy = await openSocksServer({ user: 'jo', password: 'p@ss' });
      await using staged = await stage({ tls: forAddress, cluster: through(proxy, 'socks5', login) });
      const error = await staged.open().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'CLUSTER_UNREACHABLE', message: expect.stringMatching(/SOCKS|proxy/i) });
      expect(String(error)).not.toContain('wrong');
    });

    test('that is not there is told', async () => {
      await using staged = await stage({ tls: forAddress, cluster: { ...ca(), 'proxy-url': 'socks5://127.0.0.1:9' } });
      await expect(staged.open()).rejects.toMatchObject({
        code: 'CLUSTER_UNREACHABLE',
        message: expect.stringMatching(/SOCKS proxy 127.0.0.1:9: connection refused/),
      });
    });

    test('that cannot reach the server is told', async () => {
      await using proxy = await openSocksServer();
      const server = 'https://api.example:9';
      await using staged = await stage({ tls: forAddress, cluster: { server, ...through(proxy) } });
      await expect(staged.open()).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE', message: expect.stringMatching(/SOCKS proxy .*refused/) });
    });

    test('that answers nothing is given up', async () => {
      const silent = createTcpServer(() => undefined);
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      await using staged = await stage({ cluster: { 'proxy-url': `socks5://127.0.0.1:${(silent.address() as AddressInfo).port}` } });
      await expect(staged.open()).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE', message: expect.stringContaining('no answer in time') });
      silent.close();
    }, 40_000);

    test('of HTTPS_PROXY is used but where NO_PROXY names the server', async () => {
      await using proxy = await openSocksServer();
      await using staged = await stage();
      const kubeconfig = join(staged.server.folder, 'afar');
      const server = staged.server.url.replace('127.0.0.1', '0.0.0.0');
      await writeFile(kubeconfig, JSON.stringify({ clusters: [{ name: 'a', cluster: { server } }], contexts: [{ name: 'a', context: { cluster: 'a' } }] }));
      const open = (env: Record<string, string>) => openLiveReader({ kubeconfig, context: 'a', env: { HTTP_PROXY: `socks5://${proxy.address}`, ...env } });
      await using reader = await open({});
      expect(await podsOf(reader)).toBe('found');
      expect(proxy.asked.length).toBeGreaterThan(0);
      const before = proxy.asked.length;
      await using direct = await open({ NO_PROXY: '0.0.0.0' });
      expect(await podsOf(direct)).toBe('found');
      expect(proxy.asked).toHaveLength(before);
    });

    test('a server behind it without TLS', async () => {
      await using proxy = await openSocksServer();
      await using staged = await stage({ cluster: through(proxy) });
      await using reader = await staged.open();
      expect(await podsOf(reader)).toBe('found');
    });
  });
});
