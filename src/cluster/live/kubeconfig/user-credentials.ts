import type { Headers, TlsMaterial } from './access.ts';
import type { KubeconfigCluster, KubeconfigContext, KubeconfigUser } from './kubeconfig-file.ts';
import { plainHeaders, tlsOf } from './plain-credentials.ts';
import type { Plugin } from './plugin.ts';

/** What a context of a kubeconfig stands for. */
export interface Chosen {
  readonly path: string;
  readonly name: string;
  readonly context: KubeconfigContext;
  readonly cluster: KubeconfigCluster;
  readonly user: KubeconfigUser;
}

/** Where the program runs, as far as plugins and providers need to know. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Shows a person what a plugin asks; only where one sits at standard input, and nothing else reads what is typed. */
  readonly ask?: ((text: string) => void) | undefined;
}

interface Credentials {
  readonly tls: TlsMaterial;
  readonly headers: () => Promise<Headers>;
  /** Asking anew may give others. */
  readonly renewable: boolean;
}

/** A user's certificates and headers. Plugins are loaded and run only for a user who has one. */
export async function credentialsOf(chosen: Chosen, around: Surroundings): Promise<Credentials> {
  const { path, cluster, user } = chosen;
  const tls = await tlsOf(cluster, user, path);
  const plugin = await pluginOf(chosen, around);
  if (plugin === undefined) return { tls, headers: () => plainHeaders(user), renewable: false };
  const { cert, key } = await plugin();
  const own = cert !== undefined && key !== undefined ? { cert, key } : {};
  return { tls: { ...tls, ...own }, headers: async () => (await plugin()).headers, renewable: true };
}

async function pluginOf({ path, context, cluster, user }: Chosen, { env, ask }: Surroundings): Promise<Plugin | undefined> {
  const name = context.user ?? '';
  const { exec, 'auth-provider': provider } = user;
  if (exec) return (await import('./exec-plugin.ts')).execPlugin({ user: name, exec, cluster, path: user.definedIn ?? path, ask });
  if (provider?.name === 'oidc') return (await import('./oidc.ts')).oidcPlugin({ user: name, settings: provider.config ?? {}, env });
  if (provider) return (await import('./auth-provider.ts')).authProvider(name, provider);
  return undefined;
}
