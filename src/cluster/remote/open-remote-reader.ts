import { CodedError, coded } from '../../errors/coded-error.ts';
import { reasonOf } from '../../net/reason-of.ts';
import { clusterAnswerSchema } from '../../protocol/agent.ts';
import { ApiClient } from '../live/http/api-client.ts';
import type { ApiAnswer } from '../live/http/exchange.ts';
import { parseJson } from '../parse-json.ts';
import type { ClusterReader } from '../reader.ts';
import { agentAccess } from './agent-access.ts';
import { AgentRefusal } from './agent-refusal.ts';
import type { AgentEntry } from './agents-file.ts';
import { ONCE_MORE } from './once-more.ts';
import { RemoteReader } from './remote-reader.ts';
import { Silence } from './silence.ts';

const OK = 200;

export interface RemoteOptions {
  readonly agent: AgentEntry;
  readonly signal: AbortSignal;
  readonly now?: () => Date;
  readonly random?: () => number;
  /** For one request; 15 s unless told. */
  readonly timeoutMs?: number;
}

/** A cluster through its agent. That it answers, and lets us in, is known when this returns; otherwise a coded error says what to mend. */
export async function openRemoteReader({ agent, signal, now = () => new Date(), random = Math.random, timeoutMs }: RemoteOptions): Promise<ClusterReader> {
  const access = await agentAccess(agent);
  const limits = timeoutMs === undefined ? {} : { timeoutMs };
  const client = await ApiClient.open(access, { now, random, ...ONCE_MORE, silence: new Silence(() => performance.now()), ...limits });
  try {
    const { name, server_version: version, default_namespace: namespace, namespaces: handedOut, kinds, now: asOf } = await askCluster(client, signal);
    const target = { reader: 'remote' as const, cluster: agent.name === 'default' ? (name ?? agent.name) : agent.name, context: null, server_version: version };
    return new RemoteReader({ client, target, defaultNamespace: namespace ?? undefined, asOf, secretKeys: kinds.includes('Secret'), handedOut });
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function askCluster(client: ApiClient, signal: AbortSignal) {
  const url = client.server;
  let answer: ApiAnswer;
  try {
    answer = await client.get({ path: '/api/v1/cluster' }, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof CodedError) throw error;
    throw coded('AGENT_UNREACHABLE', { url, reason: reasonOf(error) }, { cause: error });
  }
  if (answer.status !== OK) {
    const refusal = new AgentRefusal(answer);
    throw coded(refusal.refusesCaller ? 'AGENT_REFUSES' : 'AGENT_UNREACHABLE', { url, reason: refusal.message.replace(/\.$/, '') });
  }
  const parsed = clusterAnswerSchema.safeParse(parseJson(answer.body));
  if (!parsed.success) throw coded('AGENT_UNREACHABLE', { url, reason: 'what answers there is no agent' });
  return parsed.data;
}
