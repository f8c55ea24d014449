import { KubeConfig } from '@kubernetes/client-node';
import { coded } from '../../../errors/coded-error.ts';
import type { Access } from './access.ts';
import type { Kubeconfig } from './kubeconfig-file.ts';

export interface PluginQuestion {
  readonly config: Kubeconfig;
  readonly context: string;
  readonly user: string;
}

interface TlsOptions {
  cert?: string | Buffer;
  key?: string | Buffer;
  headers?: Record<string, string | string[]>;
}

/** Exec plugins and auth providers (OIDC, cloud) by the Kubernetes client. It drops as-groups, so impersonation is refused with them. */
export async function pluginCredentials({
  config,
  context,
  user,
}: PluginQuestion): Promise<Pick<Access, 'headers'> & { tls: Pick<Access['tls'], 'cert' | 'key'> }> {
  if (config.users.get(user)?.as) throw coded('IMPERSONATION_INCOMPLETE', { user });
  const client = new KubeConfig();
  client.loadFromFile(config.paths[0] ?? '');
  for (const path of config.paths.slice(1)) {
    const next = new KubeConfig();
    next.loadFromFile(path);
    client.mergeConfig(next, true);
  }
  client.setCurrentContext(context);
  const ask = async (): Promise<TlsOptions> => {
    const options: TlsOptions = { headers: {} };
    try {
      await client.applyToHTTPSOptions(options as Parameters<KubeConfig['applyToHTTPSOptions']>[0]);
    } catch (error) {
      throw coded('CREDENTIALS_UNAVAILABLE', { user, reason: (error as Error).message.split('\n')[0] ?? 'the plugin failed' }, { cause: error });
    }
    return options;
  };
  const { cert, key } = await ask();
  return {
    tls: { ...(cert ? { cert } : {}), ...(key ? { key } : {}) },
    headers: async () => (await ask()).headers ?? {},
  };
}
