import type { SessionClient } from '../../client/session-client.ts';
import type { ClusterReader, Listing } from '../../cluster/reader.ts';
import { readConfigFile } from '../../config/config-file.ts';
import { SETTINGS } from '../../config/settings.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Kind } from '../../domain/kubernetes/resource-type.ts';
import { namespacesSeen, namesSeen } from '../../session/reads/names.ts';
import type { CommandContext } from '../context.ts';
import { relativeTime } from '../stored/relative-time.ts';
import type { Candidate, LookUp } from './complete.ts';
import type { TypedLine } from './typed-line.ts';

/** What people ask about; pods come and go, and are found by what owns them. */
const ASKED_ABOUT: readonly Kind[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Service', 'Ingress'];
const MOST_NAMES = 1_000;
const MOST_INCIDENTS = 50;

export interface LiveNamesOptions {
  readonly context: CommandContext;
  readonly line: TypedLine;
  readonly signal: AbortSignal;
}

/** Names as they are now: in the cluster (or the dump) of the typed line, in the store, in the settings file. */
export async function liveNames(what: Parameters<LookUp>[0], options: LiveNamesOptions): Promise<readonly Candidate[]> {
  const { context } = options;
  switch (what) {
    case 'namespaces':
      return namespaces(options);
    case 'objects':
      return objects(options);
    case 'components':
      return [...(await components(context)), ...(options.line.given.has('knowledge-only') ? [] : await objects(options))];
    case 'contexts':
      return (await context.listContexts()).map((word) => ({ word, help: '' }));
    case 'profiles':
      return profiles(context);
    case 'incidents':
      return incidents(options);
    case 'rules':
      return (await context.openRules()).map(({ id, title }) => ({ word: id, help: title }));
    case 'settings':
      return Object.values(SETTINGS).map(({ file, help }) => ({ word: file, help }));
  }
}

async function openReader({ context, line, signal }: LiveNamesOptions): Promise<ClusterReader> {
  const snapshot = line.given.get('snapshot');
  return context.openReader({ signal, ...(typeof snapshot === 'string' ? { snapshot } : {}) });
}

/** The server of the line, where there is one: it looks at another cluster than the kubeconfig here. */
async function openThere({ context, line }: LiveNamesOptions): Promise<SessionClient | undefined> {
  const isAsked = line.command?.settings?.includes('server') === true && !line.given.has('snapshot') && !line.given.has('no-server');
  if (context.settings.server === undefined || !isAsked) return undefined;
  return context.openSession({ keep: false, asksModel: false, warn: () => {} });
}

async function namespaces(options: LiveNamesOptions): Promise<Candidate[]> {
  await using there = await openThere(options);
  if (there !== undefined) return ((await namespacesSeen(there, options.signal)) ?? []).map((word) => ({ word, help: '' }));
  await using reader = await openReader(options);
  if (reader.namespaces !== undefined) return reader.namespaces.map((word) => ({ word, help: '' }));
  return (await namesIn(reader, 'Namespace', undefined, options.signal)).map(({ name }) => ({ word: name, help: '' }));
}

async function objects(options: LiveNamesOptions): Promise<Candidate[]> {
  const { context, line, signal } = options;
  await using there = await openThere(options);
  if (there !== undefined) return objectsThere(there, options);
  await using reader = await openReader(options);
  const namespace = line.given.has('all-namespaces') ? undefined : (context.settings.namespace ?? reader.defaultNamespace ?? undefined);
  const found = await Promise.all(ASKED_ABOUT.map((kind) => namesIn(reader, kind, namespace, signal)));
  return found.flat().map(({ name, kind, namespace: home }) => ({ word: name, help: `${kind} in ${home}` }));
}

async function objectsThere(there: SessionClient, { context: { settings }, line, signal }: LiveNamesOptions): Promise<Candidate[]> {
  const { defaultNamespace } = await there.place(signal);
  const names = await namesSeen(there, line.given.has('all-namespaces') ? undefined : (settings.namespace ?? defaultNamespace), signal);
  const asked = names.filter(({ kind }) => (ASKED_ABOUT as readonly string[]).includes(kind));
  return asked.map(({ name, kind, namespace }) => ({ word: name, help: `${kind} in ${namespace}` }));
}

interface Named {
  readonly kind: Kind;
  readonly name: string;
  readonly namespace: string;
}

async function namesIn(reader: ClusterReader, kind: Kind, namespace: string | undefined, signal: AbortSignal): Promise<Named[]> {
  const options = { metadataOnly: true, maxItems: MOST_NAMES, ...(namespace === undefined ? {} : { namespace }) };
  const lookup = await reader.list(kind, options, signal);
  const items: Listing['items'] = lookup.status === 'found' ? lookup.value.items : [];
  return items.map(({ metadata }) => ({ kind, name: metadata.name, namespace: metadata.namespace ?? '' }));
}

async function components({ openKnowledge }: CommandContext): Promise<Candidate[]> {
  return (await openKnowledge()).components.map(({ name, type }) => ({ word: name, help: `${type} of the knowledge graph` }));
}

async function profiles({ configPath }: CommandContext): Promise<Candidate[]> {
  const file = configPath === undefined ? {} : await readConfigFile(configPath);
  return Object.keys(file['profiles'] ?? {}).map((word) => ({ word, help: '' }));
}

async function incidents(options: LiveNamesOptions): Promise<Candidate[]> {
  const { openStore, now } = options.context;
  await using there = await openThere(options);
  const stored = there === undefined ? await (await openStore()).list({ limit: MOST_INCIDENTS }) : await there.incidents({ limit: MOST_INCIDENTS });
  const last = stored.length === 0 ? [] : [{ word: 'last', help: 'the newest' }];
  return [...last, ...stored.map((incident) => ({ word: incident.incident_id, help: told(incident, now()) }))];
}

function told({ created_at: at, title, object, description }: Incident, now: Date): string {
  return `${relativeTime(at, now)} ago: ${title === null ? description : `${title}, ${object}`}`;
}
