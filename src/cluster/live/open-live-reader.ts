import { coded } from '../../errors/coded-error.ts';
import type { PagedReader } from '../paged-reader.ts';
import { parseJson } from '../parse-json.ts';
import { rejectedBy } from './credentials-rejected.ts';
import { ApiClient } from './http/api-client.ts';
import type { ApiAnswer } from './http/exchange.ts';
import { connectionError } from './http/failure.ts';
import { type AccessQuestion, findAccess } from './kubeconfig/find-access.ts';
import { LiveReader } from './live-reader.ts';

const OK = 200;
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;

export interface LiveOptions extends AccessQuestion {
  readonly now?: () => Date;
  /** For one request; 15 s unless told. */
  readonly timeoutMs?: number;
  readonly random?: () => number;
  readonly signal?: AbortSignal;
  /** The opt-in to types and keys of Secrets; never a value. */
  readonly secretKeys?: boolean;
  /** Whether this process goes on reading lists, so that it pays to have its own code read them (docs/adr/0012). */
  readonly longRunning?: boolean;
}

/**
 * A cluster by kubeconfig or service account. That it answers, and accepts the credentials, is known when this returns;
 * otherwise a coded error says what to mend.
 */
export async function openLiveReader(options: LiveOptions): Promise<PagedReader> {
  const client = await openClient(options);
  const { now = () => new Date(), signal = new AbortController().signal, secretKeys = false, longRunning = false } = options;
  try {
    const serverVersion = await askVersion(client, now, signal);
    const { cluster, context, namespace } = client.access;
    return new LiveReader({ client, target: { reader: 'live', cluster, context, server_version: serverVersion }, namespace, now, secretKeys, longRunning });
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function openClient(options: LiveOptions): Promise<ApiClient> {
  const { now = () => new Date(), random = Math.random, timeoutMs } = options;
  const access = await findAccess(options);
  return ApiClient.open(access, { now, random, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
}

async function askVersion(client: ApiClient, now: () => Date, signal: AbortSignal): Promise<string | null> {
  const { server } = client;
  let answer: ApiAnswer;
  try {
    answer = await client.get({ path: '/version' }, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw connectionError(server, error);
  }
  if (answer.status === UNAUTHORIZED) throw await rejectedBy(client, now());
  // Who may not read /version may still read pods; any other answer is not of a Kubernetes API server.
  if (answer.status === FORBIDDEN) return null;
  if (answer.status !== OK) throw coded('CLUSTER_NOT_READY', { server, status: answer.status });
  const version = parseJson(answer.body) as { gitVersion?: unknown } | null | undefined;
  if (typeof version?.gitVersion !== 'string') throw coded('CLUSTER_UNREACHABLE', { server, reason: 'what answers there is no Kubernetes API server' });
  return version.gitVersion;
}
