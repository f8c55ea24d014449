import type { Dispatcher } from 'undici';
import Pool from 'undici/lib/dispatcher/pool.js';
import type { Access } from '../kubeconfig/access.ts';

/** Requests, and so connections, at once: the API server of a cluster in trouble is not to be burdened. */
export const AT_ONCE = 5;
const CONNECT_TIMEOUT_MS = 5_000;
/** Below the 60 s after which cloud load balancers forget an idle connection. */
const KEEP_ALIVE_MS = 30_000;

/** Connections to one API server, kept alive; HTTP/1.1, so that a cancelled read costs its own connection only. */
export async function openDispatcher({ server, tls, proxyUrl }: Access): Promise<Dispatcher> {
  if (proxyUrl !== undefined) {
    const { ProxyAgent } = await import('undici');
    return new ProxyAgent({ uri: proxyUrl, requestTls: tls, connections: AT_ONCE, connectTimeout: CONNECT_TIMEOUT_MS, allowH2: false });
  }
  const connect = { ...tls, timeout: CONNECT_TIMEOUT_MS, keepAliveInitialDelay: KEEP_ALIVE_MS };
  return new Pool(new URL(server).origin, { connections: AT_ONCE, allowH2: false, keepAliveTimeout: KEEP_ALIVE_MS, connect });
}
