import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nearNames } from '../../../domain/near-names.ts';
import { coded } from '../../../errors/coded-error.ts';
import type { Access } from './access.ts';
import { inClusterAccess } from './in-cluster.ts';
import { type Kubeconfig, type KubeconfigCluster, type KubeconfigUser, readKubeconfig } from './kubeconfig-file.ts';
import { plainHeaders, tlsOf } from './plain-credentials.ts';

export interface AccessQuestion {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** --kubeconfig, else $KUBECONFIG (a list), else the service account of the pod it runs in, else ~/.kube/config. */
export async function findAccess({ kubeconfig, context, env }: AccessQuestion): Promise<Access> {
  const listed = (env['KUBECONFIG'] ?? '').split(':').filter((path) => path !== '');
  const paths = kubeconfig !== undefined ? [kubeconfig] : listed;
  if (paths.length > 0) return accessOf(await readKubeconfig(paths), context, env);
  const home = join(env['HOME'] ?? '/nonexistent', '.kube/config');
  const inCluster = existsSync(home) ? undefined : inClusterAccess(env);
  return inCluster ?? accessOf(await readKubeconfig([home]), context, env);
}

async function accessOf(config: Kubeconfig, wanted: string | undefined, env: AccessQuestion['env']): Promise<Access> {
  const path = config.paths.join(':');
  const name = wanted ?? config.currentContext;
  if (name === undefined) throw coded('KUBECONFIG_INVALID', { path, problems: ['it has no current-context'] });
  const context = config.contexts.get(name);
  if (context === undefined) {
    const near = nearNames(name, config.contexts.keys());
    throw coded('CONTEXT_UNKNOWN', { name, near: near.length > 0 ? near : [...config.contexts.keys()].slice(0, 5) });
  }
  const cluster = config.clusters.get(context.cluster ?? '');
  const user = config.users.get(context.user ?? '') ?? {};
  const problems = problemsOf(name, context.cluster, cluster);
  if (context.user !== undefined && context.user !== '' && !config.users.has(context.user))
    problems.push(`context ${name} names the user ${context.user}, which is not in it`);
  if (cluster === undefined || problems.length > 0) throw coded('KUBECONFIG_INVALID', { path, problems });
  const base = {
    server: (cluster.server ?? '').replace(/\/+$/, ''),
    cluster: context.cluster ?? null,
    context: name,
    namespace: context.namespace || undefined,
    proxyUrl: cluster['proxy-url'] || proxyFromEnvironment(cluster.server ?? '', env),
  };
  const tls = await tlsOf(cluster, user, path);
  if (!needsPlugin(user)) return { ...base, tls, headers: plainHeaders(user) };
  const { pluginCredentials } = await import('./plugin-credentials.ts');
  const plugin = await pluginCredentials({ config, context: name, user: context.user ?? '' });
  return { ...base, tls: { ...tls, ...plugin.tls }, headers: plugin.headers };
}

function problemsOf(context: string, name: string | undefined, cluster: KubeconfigCluster | undefined): string[] {
  if (name === undefined || name === '') return [`context ${context} names no cluster`];
  if (cluster === undefined) return [`context ${context} names the cluster ${name}, which is not in it`];
  if (!URL.canParse(cluster.server ?? '')) return [`the cluster ${name} has no valid server address`];
  return [];
}

function needsPlugin(user: KubeconfigUser): boolean {
  return user.exec !== undefined || user['auth-provider'] !== undefined;
}

/** HTTPS_PROXY and NO_PROXY, as Go's net/http reads them: a suffix of the host, with or without a leading dot, or `*`. */
function proxyFromEnvironment(server: string, env: AccessQuestion['env']): string | undefined {
  if (!URL.canParse(server)) return undefined;
  const { protocol, hostname } = new URL(server);
  const proxy = protocol === 'https:' ? (env['HTTPS_PROXY'] ?? env['https_proxy']) : (env['HTTP_PROXY'] ?? env['http_proxy']);
  if (!proxy || hostname === 'localhost' || /^127\.|^\[?::1/.test(hostname)) return undefined;
  const exceptions = (env['NO_PROXY'] ?? env['no_proxy'] ?? '').split(',').map((entry) => entry.trim().replace(/^\./, ''));
  return exceptions.some((entry) => entry === '*' || (entry !== '' && (hostname === entry || hostname.endsWith(`.${entry}`)))) ? undefined : proxy;
}
