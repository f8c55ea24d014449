import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allKinds } from '../../src/agent/allowed.ts';
import { type AgentOptions, buildAgent } from '../../src/agent/serve-agent.ts';
import { openSelfReviews } from '../../src/cluster/live/access-review.ts';
import { openLiveReader } from '../../src/cluster/live/open-live-reader.ts';
import { openTokenReviews } from '../../src/cluster/live/token-review.ts';
import { listen } from '../../src/http/listen.ts';
import type { TlsFiles } from '../../src/http/tls-files.ts';
import { openLog } from '../../src/log/open-log.ts';
import { type FakeApiServer, type FakeOptions, openFakeApiServer } from '../cluster/live/fake-api-server.ts';

export interface AnAgent extends AsyncDisposable {
  readonly url: string;
  readonly api: FakeApiServer;
  readonly folder: string;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<{ status: number; body: unknown; headers: Headers }>;
  /** Waits until what may be read was looked at. */
  untilReady(): Promise<void>;
  /** Goes away as a process that ends. */
  stop(): Promise<void>;
}

export interface AnAgentOptions extends Omit<FakeOptions, 'tls'> {
  readonly admission?: AgentOptions['admission'];
  readonly namespaces?: readonly string[];
  readonly secrets?: boolean;
  readonly port?: number;
  /** The clock of the agent. */
  readonly now?: () => Date;
  readonly tls?: TlsFiles;
}

/** A real agent on a port of its own, over an API server with the objects of a fixture. */
export async function anAgent({
  admission = { by: 'everybody' },
  namespaces,
  secrets = false,
  port = 0,
  now = () => new Date(),
  tls,
  ...fake
}: AnAgentOptions): Promise<AnAgent> {
  const api = await openFakeApiServer(fake);
  const folder = mkdtempSync(join(tmpdir(), 'agent-'));
  const ending = new AbortController();
  const access = { kubeconfig: api.kubeconfig, env: {}, ask: undefined };
  const log = openLog('test', '0');
  Object.assign(log, { level: 'silent' });
  const options: AgentOptions = {
    open: (signal) => openLiveReader({ ...access, now, signal, secretKeys: secrets }),
    openReviews: () => openSelfReviews(access),
    reviewToken: async (token, audiences, signal) => {
      await using reviews = await openTokenReviews(access);
      return reviews.review(token, audiences, signal);
    },
    allowed: { kinds: new Set(allKinds(secrets)), namespaces: namespaces ?? null },
    clusterName: 'lab',
    admission,
    log,
    now,
    tls,
    version: '0',
  };
  const built = buildAgent(options, ending.signal);
  const url = await listen(built.app, { host: '127.0.0.1', port, tls });
  let stopped = false;
  const stop = async (): Promise<void> => {
    ending.abort();
    if (!stopped) await built[Symbol.asyncDispose]();
    stopped = true;
  };
  const get: AnAgent['get'] = async (path, headers = {}) => {
    const answer = await fetch(`${url}${path}`, { headers });
    const text = await answer.text();
    const json = answer.headers.get('content-type')?.includes('json') === true;
    return { status: answer.status, body: json ? JSON.parse(text) : text, headers: answer.headers };
  };
  return {
    url,
    api,
    folder,
    get,
    untilReady: async () => {
      while ((await get('/readyz')).status !== 200) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      await api[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
