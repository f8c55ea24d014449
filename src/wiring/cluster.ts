import type { ClusterReader } from '../cluster/reader.ts';
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

/** The cluster of the settings. */
export async function openCluster(settings: Settings, { signal, ask }: ClusterQuestion): Promise<ClusterReader> {
  if (!readsThroughAgents(settings)) {
    const { openLiveReader } = await import('../cluster/live/open-live-reader.ts');
    return openLiveReader({ ...accessOf(settings, ask), signal });
  }
  const { agents: path, cluster } = settings;
  if (path === undefined) throw coded('CLUSTER_UNKNOWN', { name: cluster ?? 'default', known: [] });
  const [{ agentFor, readAgentsFile }, { openRemoteReader }] = await Promise.all([
    import('../cluster/remote/agents-file.ts'),
    import('../cluster/remote/open-remote-reader.ts'),
  ]);
  return openRemoteReader({ agent: agentFor(cluster, await readAgentsFile(path, insecureHostsOf(settings))), signal });
}
