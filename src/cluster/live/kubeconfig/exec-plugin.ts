import { spawn } from 'node:child_process';
import { dirname, isAbsolute, join } from 'node:path';
// Only this file of the client: the whole of it costs 38 MB and 100 ms, and most cloud kubeconfigs use exec.
import { ExecAuth } from '@kubernetes/client-node/dist/exec_auth.js';
import type { KubeconfigCluster, KubeconfigExec } from './kubeconfig-file.ts';
import { type Plugin, type PluginAnswer, pluginError } from './plugin.ts';

/** Enough for a sign-in over the network. */
const PLUGIN_TIMEOUT_MS = 30_000;
/** Enough for a person to find a token, or to sign in with the browser. */
const PERSON_TIMEOUT_MS = 300_000;

export interface ExecQuestion {
  readonly user: string;
  readonly exec: KubeconfigExec;
  readonly cluster: KubeconfigCluster;
  /** The kubeconfig that names the plugin: a relative command is looked up beside it. */
  readonly path: string;
  /** Shows a person what the plugin asks; undefined where nobody could answer. */
  readonly ask: ((text: string) => void) | undefined;
}

/** https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins */
export function execPlugin({ user, exec, cluster, path, ask }: ExecQuestion): Plugin {
  const shown = mayAsk(user, exec, ask !== undefined) ? ask : undefined;
  const auth = new ExecAuth();
  auth['execFn'] = shown === undefined ? runPlugin : runBeforePerson(shown);
  const asked = {
    name: user,
    exec: {
      command: besideKubeconfig(exec.command ?? '', path),
      args: exec.args ?? [],
      env: [...(exec.env ?? []), { name: 'KUBERNETES_EXEC_INFO', value: execInfo(exec, cluster, shown !== undefined) }],
    },
  };
  let running: Promise<PluginAnswer> | undefined;
  const credentials = async (): Promise<PluginAnswer> => {
    const options: { headers: Record<string, string>; cert?: string; key?: string } = { headers: {} };
    try {
      await auth.applyAuthentication(asked, options);
    } catch (error) {
      throw pluginError(user, error, exec.installHint);
    }
    const { Authorization: authorization } = options.headers;
    const { cert, key } = options;
    return { headers: authorization === undefined ? {} : { authorization }, ...(cert && key ? { cert, key } : {}) };
  };
  // Requests ask at once; when the credentials expire, one plugin runs for all of them.
  return () => {
    running ??= credentials().finally(() => {
      running = undefined;
    });
    return running;
  };
}

/** As client-go decides it: whether the plugin gets standard input. Throws where it cannot do without, and nobody is there. */
function mayAsk(user: string, { interactiveMode = 'IfAvailable', command = '' }: KubeconfigExec, terminal: boolean): boolean {
  if (interactiveMode === 'Never' || (interactiveMode === 'IfAvailable' && !terminal)) return false;
  if (!['IfAvailable', 'Always'].includes(interactiveMode))
    throw pluginError(user, new Error(`its exec plugin has the unknown interactiveMode ${interactiveMode}`));
  if (terminal) return true;
  throw pluginError(
    user,
    new Error(
      `its exec plugin ${command} asks a person (interactiveMode: Always), and standard input is no terminal: run this in one, or use a context that needs none`,
    ),
  );
}

/** Its questions come on standard error, and are shown as they come. */
function runBeforePerson(show: (text: string) => void) {
  return (command: string, args: readonly string[], options: object): ReturnType<typeof spawn> => {
    const child = spawn(command, [...args], { ...options, stdio: ['inherit', 'pipe', 'pipe'], signal: AbortSignal.timeout(PERSON_TIMEOUT_MS) });
    child.stderr?.on('data', (text: string) => show(text));
    return child;
  };
}

/** As the client starts it, but with an end (not spawn's own, whose timer outlives a command that is not there), and without a standard input that never says anything. */
function runPlugin(command: string, args: readonly string[], options: object): ReturnType<typeof spawn> {
  return spawn(command, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'], signal: AbortSignal.timeout(PLUGIN_TIMEOUT_MS) });
}

function besideKubeconfig(command: string, path: string): string {
  return command.includes('/') && !isAbsolute(command) ? join(dirname(path), command) : command;
}

/** What the client leaves out: plugins learn from it which version of the answer is wanted. */
function execInfo({ apiVersion, provideClusterInfo }: KubeconfigExec, cluster: KubeconfigCluster, interactive: boolean): string {
  const { server, 'tls-server-name': serverName, 'insecure-skip-tls-verify': insecure, 'certificate-authority-data': ca } = cluster;
  const info = {
    server,
    ...(serverName ? { 'tls-server-name': serverName } : {}),
    ...(insecure ? { 'insecure-skip-tls-verify': true } : {}),
    ...(ca ? { 'certificate-authority-data': ca } : {}),
  };
  const spec = { interactive, ...(provideClusterInfo === true ? { cluster: info } : {}) };
  return JSON.stringify({ apiVersion: apiVersion ?? 'client.authentication.k8s.io/v1', kind: 'ExecCredential', spec });
}
