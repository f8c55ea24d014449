import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { nearNames } from '../../../domain/near-names.ts';
import { coded } from '../../../errors/coded-error.ts';
import type { Access } from './access.ts';
import { impersonationHeaders, impersonationProblems } from './impersonation.ts';
import { inClusterAccess } from './in-cluster.ts';
import { type Kubeconfig, type KubeconfigContext, readKubeconfig } from './kubeconfig-file.ts';
import { isLoopback, proxyFor, proxyProblem } from './proxy-for.ts';
import { type Chosen, credentialsOf, type Surroundings } from './user-credentials.ts';

export interface AccessQuestion extends Surroundings {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** --kubeconfig, else $KUBECONFIG (a list), else ~/.kube/config, else the service account of the pod it runs in. */
export async function findAccess({ kubeconfig, context, ...around }: AccessQuestion): Promise<Access> {
  const { env } = around;
  const paths = namedPaths({ kubeconfig, env });
  if (paths.length > 0) return accessOf(chosenFrom(await readKubeconfig(paths), context), around);
  const home = homePath(env);
  const ownAccount = context === undefined && (home === undefined || !existsSync(home)) ? inClusterAccess(env) : undefined;
  if (ownAccount !== undefined) return ownAccount;
  if (home === undefined) throw coded('KUBECONFIG_NOT_FOUND', { path: '~/.kube/config' });
  return accessOf(chosenFrom(await readKubeconfig([home]), context), around);
}

/** The names of all contexts, in the order of the kubeconfig; none where there is none that can be read. */
export async function listContexts(question: AccessQuestion): Promise<readonly string[]> {
  return [...((await readableKubeconfig(question))?.contexts.keys() ?? [])];
}

/** The context that is in use where none is asked for; undefined where no kubeconfig can be read. */
export async function findCurrentContext(question: AccessQuestion): Promise<string | undefined> {
  return (await readableKubeconfig(question))?.currentContext;
}

async function readableKubeconfig({ kubeconfig, env }: AccessQuestion): Promise<Kubeconfig | undefined> {
  const named = namedPaths({ kubeconfig, env });
  const home = homePath(env);
  const paths = named.length > 0 || home === undefined ? named : [home];
  return paths.length === 0 ? undefined : readKubeconfig(paths).catch(() => undefined);
}

function namedPaths({ kubeconfig, env }: { kubeconfig: string | undefined; env: AccessQuestion['env'] }): readonly string[] {
  if (kubeconfig !== undefined) return [kubeconfig];
  return (env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
}

function homePath(env: AccessQuestion['env']): string | undefined {
  const folder = env['HOME'] || env['USERPROFILE'];
  return folder ? join(folder, '.kube', 'config') : undefined;
}

/** What the context names, or all that keeps it from being used. */
function chosenFrom(config: Kubeconfig, wanted: string | undefined): Chosen {
  const path = config.paths.join(delimiter);
  const name = wanted ?? config.currentContext;
  if (name === undefined) {
    const problem = config.contexts.size === 0 ? 'it has no contexts' : `it has no current-context; choose one of ${[...config.contexts.keys()].join(', ')}`;
    throw coded('KUBECONFIG_INVALID', { path, problems: [problem] });
  }
  const context = config.contexts.get(name);
  if (context === undefined) {
    const near = nearNames(name, config.contexts.keys());
    throw coded('CONTEXT_UNKNOWN', { name, near: near.length > 0 ? near : [...config.contexts.keys()].slice(0, 5) });
  }
  const cluster = config.clusters.get(context.cluster ?? '');
  const user = config.users.get(context.user ?? '') ?? {};
  const problems = [...contextProblems(name, context, config), ...impersonationProblems(context.user ?? '', user)];
  if (cluster === undefined || problems.length > 0) throw coded('KUBECONFIG_INVALID', { path, problems });
  return { path, name, context, cluster, user };
}

function contextProblems(name: string, context: KubeconfigContext, { clusters, users }: Kubeconfig): string[] {
  const problems: string[] = [];
  const { server = '', 'proxy-url': proxyUrl } = clusters.get(context.cluster ?? '') ?? {};
  if (!context.cluster) problems.push(`context ${name} names no cluster`);
  else if (!clusters.has(context.cluster)) problems.push(`context ${name} names the cluster ${context.cluster}, which is not in it`);
  else if (!/^https?:\/\//.test(server) || !URL.canParse(server)) problems.push(`the cluster ${context.cluster} has no valid server address`);
  const proxy = proxyUrl ? proxyProblem(proxyUrl) : undefined;
  if (proxy !== undefined) problems.push(`the proxy-url of the cluster ${context.cluster} ${proxy}`);
  if (context.user && !users.has(context.user)) problems.push(`context ${name} names the user ${context.user}, which is not in it`);
  return problems;
}

async function accessOf(chosen: Chosen, around: Surroundings): Promise<Access> {
  const { name, context, cluster, user } = chosen;
  const server = (cluster.server ?? '').replace(/\/+$/, '');
  const proxyUrl = cluster['proxy-url'] || proxyFor(server, around.env);
  const problem = proxyUrl === undefined ? undefined : proxyProblem(proxyUrl);
  if (problem !== undefined) throw coded('CLUSTER_UNREACHABLE', { server, reason: `the proxy of the environment (HTTPS_PROXY or HTTP_PROXY) ${problem}` });
  const credentials = await credentialsOf(chosen, around);
  const impersonation = impersonationHeaders(user);
  return {
    server,
    cluster: context.cluster ?? null,
    context: name,
    namespace: context.namespace || undefined,
    tls: credentials.tls,
    proxyUrl,
    compress: cluster['disable-compression'] !== true && !isLoopback(new URL(server).hostname),
    headers: async () => ({ ...(await credentials.headers()), ...impersonation }),
    ...(credentials.renewable ? { renew: async (failed) => (failed === 'credentials' ? accessOf(chosen, around) : undefined) } : {}),
  };
}
