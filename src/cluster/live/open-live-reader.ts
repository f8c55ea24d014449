import { VERSION } from '../../config/version.ts';
import { coded } from '../../errors/coded-error.ts';
import type { ClusterReader } from '../reader.ts';
import { type ApiAnswer, ApiClient } from './http/api-client.ts';
import { connectionError } from './http/failure.ts';
import type { Access } from './kubeconfig/access.ts';
import { type AccessQuestion, findAccess } from './kubeconfig/find-access.ts';
import { LiveReader } from './live-reader.ts';

export interface LiveOptions extends AccessQuestion {
  readonly now?: () => Date;
  readonly timeoutMs?: number;
  readonly random?: () => number;
  readonly signal?: AbortSignal;
}

/** A cluster by kubeconfig or service account. That it answers, and accepts the credentials, is known when this returns. */
export async function openLiveReader(options: LiveOptions): Promise<ClusterReader> {
  const access = await findAccess(options);
  const { timeoutMs, random, now = () => new Date(), signal = new AbortController().signal } = options;
  const client = new ApiClient(access, { version: VERSION, ...(timeoutMs === undefined ? {} : { timeoutMs }), ...(random === undefined ? {} : { random }) });
  try {
    const serverVersion = await askVersion(client, access, signal);
    const target = { reader: 'live' as const, cluster: access.cluster, context: access.context, server_version: serverVersion };
    return new LiveReader({ client, target, namespace: access.namespace, now });
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function askVersion(client: ApiClient, { server }: Access, signal: AbortSignal): Promise<string | null> {
  let answer: ApiAnswer;
  try {
    answer = await client.get({ path: '/version' }, signal);
  } catch (error) {
    throw connectionError(server, error);
  }
  if (answer.status === 401) throw coded('CREDENTIALS_REJECTED', { server });
  // Who may not read /version may still read pods; any other answer is not of a Kubernetes API server.
  if (answer.status === 403) return null;
  if (answer.status !== 200) throw coded('CLUSTER_NOT_READY', { server, status: answer.status });
  try {
    return (JSON.parse(answer.body.toString('utf8')) as { gitVersion?: string }).gitVersion ?? null;
  } catch (error) {
    throw coded('CLUSTER_UNREACHABLE', { server, reason: 'what answers there is no Kubernetes API server' }, { cause: error });
  }
}
