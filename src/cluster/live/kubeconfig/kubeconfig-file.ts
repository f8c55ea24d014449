import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { load } from 'js-yaml';
import { coded } from '../../../errors/coded-error.ts';

/** The parts of a kubeconfig that are read (client-go tools/clientcmd/api/v1/types.go). */
export interface KubeconfigCluster {
  readonly server?: string;
  readonly 'certificate-authority'?: string;
  readonly 'certificate-authority-data'?: string;
  readonly 'insecure-skip-tls-verify'?: boolean;
  readonly 'tls-server-name'?: string;
  readonly 'proxy-url'?: string;
  readonly 'disable-compression'?: boolean;
}

export interface KubeconfigExec {
  readonly apiVersion?: string;
  readonly command?: string;
  readonly args?: readonly string[] | null;
  readonly env?: readonly { readonly name: string; readonly value: string }[] | null;
  readonly installHint?: string;
  readonly provideClusterInfo?: boolean;
  readonly interactiveMode?: string;
}

export interface KubeconfigAuthProvider {
  readonly name?: string;
  readonly config?: Readonly<Record<string, string>> | null;
}

export interface KubeconfigUser {
  readonly 'client-certificate'?: string;
  readonly 'client-certificate-data'?: string;
  readonly 'client-key'?: string;
  readonly 'client-key-data'?: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly username?: string;
  readonly password?: string;
  readonly exec?: KubeconfigExec | null;
  readonly 'auth-provider'?: KubeconfigAuthProvider | null;
  readonly as?: string;
  readonly 'as-groups'?: readonly string[];
  readonly 'as-uid'?: string;
  readonly 'as-user-extra'?: Readonly<Record<string, readonly string[]>>;
  /** Ours: the file that holds the entry. */
  readonly definedIn?: string;
}

export interface KubeconfigContext {
  readonly cluster?: string;
  readonly user?: string;
  readonly namespace?: string;
}

export interface Kubeconfig {
  readonly paths: readonly string[];
  readonly currentContext: string | undefined;
  readonly contexts: ReadonlyMap<string, KubeconfigContext>;
  readonly clusters: ReadonlyMap<string, KubeconfigCluster>;
  readonly users: ReadonlyMap<string, KubeconfigUser>;
}

interface NamedEntry {
  readonly name?: string;
  readonly [part: string]: unknown;
}

const FILE_FIELDS = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'];

/** Files merged as kubectl does: the first to name an entry or the current context wins; missing files of a list are skipped. */
export async function readKubeconfig(paths: readonly string[]): Promise<Kubeconfig> {
  const files = (await Promise.all(paths.map((path) => readOne(path, paths.length > 1)))).filter((file) => file !== undefined);
  if (files.length === 0) throw coded('KUBECONFIG_NOT_FOUND', { path: paths.join(', ') });
  const merged = <T>(list: string, part: string): Map<string, T> => {
    const entries = new Map<string, T>();
    for (const { path, content } of files) {
      for (const [name, entry] of entriesOf<T>(content[list], part, path)) if (!entries.has(name)) entries.set(name, entry);
    }
    return entries;
  };
  return {
    paths: files.map(({ path }) => path),
    currentContext: files.map(({ content }) => content['current-context']).find((name): name is string => typeof name === 'string' && name !== ''),
    contexts: merged('contexts', 'context'),
    clusters: merged('clusters', 'cluster'),
    users: merged('users', 'user'),
  };
}

async function readOne(path: string, oneOfMany: boolean): Promise<{ path: string; content: Record<string, unknown> } | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      if (oneOfMany) return undefined;
      throw coded('KUBECONFIG_NOT_FOUND', { path }, { cause: error });
    }
    throw coded('KUBECONFIG_INVALID', { path, problems: [message] }, { cause: error });
  }
  try {
    const content = text.trim() === '' ? {} : load(text);
    if (typeof content !== 'object' || content === null || Array.isArray(content)) throw new Error('it is no YAML mapping');
    return { path, content: content as Record<string, unknown> };
  } catch (error) {
    throw coded('KUBECONFIG_INVALID', { path, problems: [(error as Error).message.split('\n')[0] ?? 'it is no YAML'] }, { cause: error });
  }
}

function entriesOf<T>(list: unknown, part: string, path: string): [string, T][] {
  if (!Array.isArray(list)) return [];
  return (list as NamedEntry[]).flatMap((entry) =>
    typeof entry?.name === 'string' ? [[entry.name, besideFile(entry[part] ?? {}, path) as T] satisfies [string, T]] : [],
  );
}

/** Relative file names are relative to the kubeconfig that names them. */
function besideFile(entry: unknown, path: string): unknown {
  if (typeof entry !== 'object' || entry === null) return {};
  const resolved = Object.entries(entry).map(([key, value]) =>
    FILE_FIELDS.includes(key) && typeof value === 'string' && value !== '' && !isAbsolute(value) ? [key, join(dirname(path), value)] : [key, value],
  );
  return { ...Object.fromEntries(resolved), definedIn: path };
}
