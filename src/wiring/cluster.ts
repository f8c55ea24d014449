import type { SelfReviews } from '../cluster/live/access-review.ts';
import type { ClusterReader } from '../cluster/reader.ts';
import type { AgentEntry } from '../cluster/remote/agents-file.ts';
import type { Settings } from '../config/settings.ts';
import { coded } from '../errors/coded-error.ts';
import { accessOf } from './kubeconfig-access.ts';
import { insecureHostsOf } from './model.ts';

interface ClusterQuestion {
  readonly signal: AbortSignal;
  readonly ask?: ((text: string) => void) | undefined;
}

/** Whether clusters are read through agents; else by a kubeconfig, or as the pod this runs in. */
export const readsThroughAgents = ({ agents, cluster }: Settings): boolean => agents !== undefined || cluster !== undefined;

/** What may be read of it: as the API server says of us, or as the agent found out of itself. */
export async function openAccessReviews(settings: Settings, ask: ((text: string) => void) | undefined): Promise<SelfReviews> {
  if (!readsThroughAgents(settings)) return (await import('../cluster/live/access-review.ts')).openSelfReviews(accessOf(settings, ask));
  return (await import('../cluster/remote/open-agent-reviews.ts')).openAgentReviews(await agentOf(settings));
}

/** The cluster of the settings. */
export async function openCluster(settings: Settings, { signal, ask }: ClusterQuestion): Promise<ClusterReader> {
  if (!readsThroughAgents(settings)) {
    const { openLiveReader } = await import('../cluster/live/open-live-reader.ts');
    return openLiveReader({ ...accessOf(settings, ask), signal });
  }
  const { openRemoteReader } = await import('../cluster/remote/open-remote-reader.ts');
  return openRemoteReader({ agent: await agentOf(settings), signal });
}

async function agentOf(settings: Settings): Promise<AgentEntry> {
  const { agents: path, cluster } = settings;
  if (path === undefined) throw coded('CLUSTER_UNKNOWN', { name: cluster ?? 'default', known: [] });
  const { agentFor, readAgentsFile } = await import('../cluster/remote/agents-file.ts');
  return agentFor(cluster, await readAgentsFile(path, insecureHostsOf(settings)));
}
