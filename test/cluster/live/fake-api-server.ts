import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { isKind, RESOURCE_TYPES } from '../../../src/domain/kubernetes/resource-type.ts';
import type { ClusterFixture, FixtureLog } from '../fixture.ts';

/** A real HTTP server that answers reads as an API server does, over the objects of a fixture. */
export interface FakeApiServer extends AsyncDisposable {
  readonly url: string;
  /** A kubeconfig that names it, with a token. */
  readonly kubeconfig: string;
  readonly folder: string;
  readonly requests: readonly SeenRequest[];
  /** The most that were being answered at once. */
  readonly busiest: () => number;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly body?: string | Buffer | object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly afterMs?: number;
}

/** Another answer than the usual one: `reset` closes the connection, `hang` never answers, `half` breaks off in the body. */
export type Fault = Answer | 'reset' | 'hang' | 'half' | undefined;

export interface FakeOptions {
  readonly fixture: ClusterFixture;
  /** Called for every request, with how many like it (same path and query) came before. */
  readonly fault?: (request: SeenRequest, before: number) => Fault;
  readonly tls?: { readonly key: string; readonly cert: string; readonly ca?: string; readonly requestCert?: boolean; readonly rejectUnauthorized?: boolean };
  /** The part of the kubeconfig's user. */
  readonly user?: object;
  /** Added to the part of the kubeconfig's cluster. */
  readonly cluster?: object;
}

type Item = ClusterFixture['objects'][number] | { readonly kind: string; readonly metadata: object };

export const failure = (code: number, reason: string, message: string, extra: object = {}): Answer => ({
  status: code,
  body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', reason, message, code, ...extra },
});

export async function openFakeApiServer(options: FakeOptions): Promise<FakeApiServer> {
  const requests: SeenRequest[] = [];
  const counts = new Map<string, number>();
  let [open, busiest] = [0, 0];
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? '/', 'http://fake');
    const request = { method: incoming.method ?? '', path: url.pathname, query: url.searchParams, headers: incoming.headers, body: await text(incoming) };
    requests.push(request);
    const before = counts.get(incoming.url ?? '') ?? 0;
    counts.set(incoming.url ?? '', before + 1);
    open += 1;
    busiest = Math.max(busiest, open);
    response.on('close', () => {
      open -= 1;
    });
    send(response, options.fault?.(request, before) ?? answerTo(request, options.fixture), request);
  };
  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    answer(incoming, response).catch((error: Error) => response.destroy(error));
  };
  const server = options.tls === undefined ? createServer(listener) : createTlsServer(options.tls, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = await mkdtemp(join(tmpdir(), 'fake-api-'));
  const kubeconfig = join(folder, 'config');
  await writeFile(kubeconfig, JSON.stringify(kubeconfigFor(url, options)));
  return {
    url,
    kubeconfig,
    folder,
    requests,
    busiest: () => busiest,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function kubeconfigFor(server: string, { user = { token: 'a-token' }, cluster = {} }: FakeOptions): object {
  return {
    clusters: [{ name: 'fake', cluster: { server, ...cluster } }],
    users: [{ name: 'somebody', user }],
    contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'somebody', namespace: 'shop' } }],
    'current-context': 'fake',
  };
}

function send(response: ServerResponse, fault: Exclude<Fault, undefined>, request: SeenRequest): void {
  if (fault === 'hang') return;
  if (fault === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (fault === 'half') {
    response.writeHead(200, { 'content-length': '1000' }).write('{"items":[');
    setTimeout(() => response.socket?.destroy(), 20);
    return;
  }
  const plain = typeof fault.body === 'string' || Buffer.isBuffer(fault.body) ? fault.body : JSON.stringify(fault.body ?? {});
  const gzip = request.headers['accept-encoding'] === 'gzip';
  const body = gzip ? gzipSync(plain) : plain;
  const deliver = (): void => {
    response.writeHead(fault.status, { ...(gzip ? { 'content-encoding': 'gzip' } : {}), ...fault.headers }).end(body);
  };
  if (fault.afterMs === undefined) deliver();
  else setTimeout(deliver, fault.afterMs);
}

/** `/api/v1/namespaces/shop/pods/checkout-1/log` in its parts. */
const RESOURCE_PATH =
  /^\/(?:api|apis\/(?<group>[^/]+))\/(?<version>[^/]+)(?:\/namespaces\/(?<namespace>[^/]+)(?=\/))?\/(?<plural>[^/]+)(?:\/(?<name>[^/]+))?(?:\/(?<sub>log))?$/;

function answerTo(request: SeenRequest, fixture: ClusterFixture): Answer {
  if (request.path === '/version') return { status: 200, body: { major: '1', minor: '34', gitVersion: 'v1.34.4' } };
  const { group = '', version, namespace, plural, name, sub } = RESOURCE_PATH.exec(request.path)?.groups ?? {};
  const type = Object.values(RESOURCE_TYPES).find((row) => row.group === group && row.version === version && row.plural === plural);
  if (type === undefined || !isKind(type.kind)) return { status: 404, body: '404 page not found\n' };
  const { kind } = type;
  if (fixture.forbidden.some((rule) => rule.kind === kind && rule.namespace === namespace))
    return failure(403, 'Forbidden', `${plural} is forbidden: User "somebody" cannot list resource "${plural}"`);
  if (fixture.notCollected.includes(kind)) return failure(501, 'NotImplemented', 'the storage of this kind is broken');
  const items = itemsOf(fixture, kind, namespace);
  if (sub === 'log') return logOf(request.query, fixture, namespace ?? '', name ?? '');
  if (name === undefined) return listOf(request, kind, items);
  const object = items.find((item) => (item.metadata as { name?: string }).name === name);
  if (object === undefined) return failure(404, 'NotFound', `${plural} "${name}" not found`);
  return { status: 200, body: asked(request, object) };
}

function itemsOf({ objects, nameless }: ClusterFixture, kind: string, namespace: string | undefined): Item[] {
  const items: Item[] = objects.filter((object) => object.kind === kind && (namespace === undefined || object.metadata.namespace === namespace));
  return nameless.kind === kind && nameless.namespace === namespace ? [...items, { kind, metadata: { namespace } }] : items;
}

function listOf(request: SeenRequest, kind: string, all: Item[]): Answer {
  const { query } = request;
  const items = all.filter((item) => selected(item, query.get('labelSelector'), query.get('fieldSelector')));
  // As the watch cache does it: with resourceVersion=0 the limit is ignored.
  const limit = query.get('resourceVersion') === '0' ? items.length : Number(query.get('limit') ?? items.length);
  const start = Number(query.get('continue') ?? 0);
  const end = start + limit;
  const page = items.slice(start, end).map((item) => {
    const { kind: _, apiVersion: __, ...bare } = asked(request, item) as Record<string, unknown>;
    return bare;
  });
  const metadata = { resourceVersion: '7', ...(end < items.length ? { continue: String(end), remainingItemCount: items.length - end } : {}) };
  return { status: 200, body: { kind: `${kind}List`, apiVersion: 'v1', metadata, items: page } };
}

function asked({ headers }: SeenRequest, item: Item): object {
  return headers.accept?.includes('as=PartialObjectMetadata') ? { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: item.metadata } : item;
}

function selected(item: Item, labels: string | null, fields: string | null): boolean {
  const has = (selector: string | null, read: (key: string) => unknown): boolean =>
    (selector ?? '')
      .split(',')
      .filter((term) => term !== '')
      .every((term) => {
        const [key = '', value] = term.split(/!?=/);
        return (read(key) === value) !== term.includes('!=');
      });
  const at = (path: string): unknown => path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], item);
  return has(labels, (key) => (item.metadata as { labels?: Record<string, string> }).labels?.[key]) && has(fields, at);
}

function logOf(query: URLSearchParams, { logs, objects }: ClusterFixture, namespace: string, pod: string): Answer {
  if (!objects.some(({ kind, metadata }) => kind === 'Pod' && metadata.namespace === namespace && metadata.name === pod))
    return failure(404, 'NotFound', `pods "${pod}" not found`);
  const run = { namespace, pod, container: query.get('container'), previous: query.get('previous') === 'true' };
  const log = logs.find((entry) => Object.entries(run).every(([key, value]) => entry[key as keyof FixtureLog] === value));
  if (log === undefined) return failure(400, 'BadRequest', `previous terminated container "${run.container}" in pod "${pod}" not found`);
  const tail = query.get('tailLines');
  const kept =
    tail === null
      ? log.text
      : log.text
          .split('\n')
          .slice(-Number(tail) - 1)
          .join('\n');
  // As the kubelet does it: the limit counts from the first of the last lines.
  return { status: 200, body: kept.slice(0, Number(query.get('limitBytes') ?? kept.length)), headers: { 'content-type': 'text/plain' } };
}
