import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import type { LocalEngine } from './client/local.ts';
import type { AccessQuestion } from './cluster/live/kubeconfig/find-access.ts';
import type { ClusterReader } from './cluster/reader.ts';
import type { CommandContext, Output } from './commands/context.ts';
import { insecureHostsOf, type ModelWiring, modelAccess, openMcpOf, openModelOf, openRunbooksOf, probeFile } from './compose-model.ts';
import { readConfigFile } from './config/config-file.ts';
import { configDirectory, dataDirectory } from './config/directories.ts';
import { resolveSettings, type SettingOrigins } from './config/resolve-settings.ts';
import type { SettingName, Settings } from './config/settings.ts';
import { VERSION } from './config/version.ts';
import { asCoded, type CodedError, coded } from './errors/coded-error.ts';
import type { RunnableRule } from './rules/rule.ts';
import type { RuleSet } from './rules/rule-set.ts';
import type { IncidentRepository } from './store/incident-repository.ts';
import type { Owner } from './store/owner.ts';
import type { SqliteRepository } from './store/sqlite/sqlite-repository.ts';
import type { LiveTelemetry } from './telemetry/telemetry-source.ts';
import type { KnowledgeGraph } from './topology/knowledge/knowledge-graph.ts';

export interface ComposeOptions {
  readonly flags: Readonly<Partial<Record<SettingName, unknown>>>;
  readonly output: Output;
  readonly interrupted: AbortSignal;
  /** For the command that mends the settings file: what is wrong in it is not held against it. */
  readonly toleratesBadSettings?: boolean;
}

/** The one place where real things are wired. Everything heavy is imported when it is first asked for. */
export async function compose({
  flags,
  output,
  interrupted,
  toleratesBadSettings = false,
}: ComposeOptions): Promise<{ context: CommandContext; close: () => Promise<void> }> {
  const { settings, origins, path: configPath } = await readSettings(flags, toleratesBadSettings);
  // Before anything can open a connection.
  if (settings.offline) (await import('./net/offline.ts')).forbidOutside([process.env['KUBERNETES_SERVICE_HOST'] ?? '']);
  const stores: SqliteRepository[] = [];
  const openStore = async (): Promise<SqliteRepository> => {
    const store = stores[0] ?? (await openSqlite(settings, output));
    if (stores.length === 0) stores.push(store);
    return store;
  };
  const screen = { restore: (text: string): string => text };
  const context: CommandContext = {
    settings,
    origins,
    configPath,
    version: VERSION,
    output,
    env: process.env,
    now: () => new Date(),
    interrupted,
    newIncidentId: () => `inc-${randomBytes(5).toString('hex')}`,
    openStore,
    openVectors: openStore,
    openKeys: async () => (await import('./compose-server.ts')).keysOf(await openStore()),
    openServer: async ({ snapshot }) => (await import('./compose-server.ts')).openServerParts({ store: await openStore(), owner: owner(), flags, snapshot }),
    openReader: async ({ snapshot, signal, ask }) => {
      // Loading the program has grown the young generation (bin/sre-orch.js); reading a large cluster shall not grow it further.
      setFlagsFromString('--semi-space-growth-factor=1');
      if (snapshot !== undefined) return (await import('./cluster/snapshot/open-snapshot-reader.ts')).openSnapshotReader(snapshot);
      const { openLiveReader } = await import('./cluster/live/open-live-reader.ts');
      return openLiveReader({ ...accessOf(settings, ask), signal });
    },
    listContexts: async () => (await import('./cluster/live/kubeconfig/find-access.ts')).listContexts(accessOf(settings)),
    openReviews: async (ask) => (await import('./cluster/live/access-review.ts')).openSelfReviews(accessOf(settings, ask)),
    openClient: async ({ reader, keep, onStoreError, asking }) => {
      const { localClient } = await import('./client/local.ts');
      const model = reader === undefined || asking === undefined ? undefined : await context.openModel(asking.onCall);
      if (model !== undefined) screen.restore = model.redactor.restore;
      else if (asking?.onPrompt !== undefined) throw coded('LLM_NOT_CONFIGURED', { missing: 'LLM_BASE_URL' });
      const store = keep ? await openStoreOr(openStore, reader === undefined ? undefined : onStoreError) : undefined;
      const investigate = reader === undefined ? noCluster : await engineOf(context, reader, { asked: model && { model, onPrompt: asking?.onPrompt } });
      return localClient({ investigate, store, now: context.now, onStoreError });
    },
    openSession: async ({ snapshot, context: kubeContext, keep, asksModel = true, warn }) => {
      const [{ localSession }, { createRedactor }] = await Promise.all([import('./client/local-session.ts'), import('./redact/redactor.ts')]);
      const model = asksModel ? await context.openModel() : undefined;
      if (model !== undefined) screen.restore = model.redactor.restore;
      const asked = model && { model, onPrompt: undefined };
      // Rules are compiled once for all questions of a session.
      let reasoning: Promise<Reasoning> | undefined;
      const readers = sessionReaders({ openReader: context.openReader, settings, snapshot, kubeContext });
      return localSession({
        ...readers,
        engineOver: async (reader) => {
          reasoning ??= openReasoning(context);
          return engineOf(context, reader, { warn, asked, reasoning: await reasoning });
        },
        openKnowledge: context.openKnowledge,
        redactor: createRedactor(),
        store: keep ? await openStoreOr(openStore, ({ message }) => warn(message)) : undefined,
        now: context.now,
        onStoreError: ({ message }) => warn(message),
      });
    },
    readLines: (signal) => linesOf(process.stdin, signal),
    runChatScreen: async (start) => {
      // Before anything is loaded: what is typed meanwhile is for the session, Ctrl-D and Ctrl-R too.
      process.stdin.setRawMode(true);
      try {
        const { runChatScreen } = await import('./ui/chat/run-chat-screen.tsx');
        await runChatScreen({ ...start, input: process.stdin, output: process.stdout, color: output.color, unicode: output.unicode, ending: interrupted });
      } finally {
        process.stdin.setRawMode(false);
      }
    },
    openTelemetry: () => openTelemetryOf(settings),
    openModel: (onCall = () => {}) => openModelOf(settings, onCall),
    openMcp: (redactor, signal) => openMcpOf(settings, configPath, redactor, signal),
    restore: (text) => screen.restore(text),
    probeFile: probeFile(settings),
    openRules: () => openRulesOf(settings),
    ruleDirectories: [shipped('rules'), ...(settings.rules === undefined ? [] : [settings.rules])],
    openKnowledge: () => openKnowledgeOf(settings),
    openPage: async (name, html) => (await import('./browser.ts')).openInBrowser(name, html, { env: process.env, platform: process.platform }),
    openWatcher: async (stopping) => {
      const startedAt = performance.now();
      const screen = { stream: process.stderr, color: output.color, unicode: output.unicode };
      (await import('./ui/live/first-line.ts')).drawFirstLine(screen);
      const { watchInvestigation } = await import('./ui/live/watch-investigation.tsx');
      const watcher = watchInvestigation({ ...screen, stopping, startedAt });
      return settings.terminalTitle === 'on' ? (await import('./ui/terminal-title.ts')).withTitle(watcher, process.stderr) : watcher;
    },
  };
  return {
    context,
    close: async () => {
      for (const store of stores) store[Symbol.dispose]();
    },
  };
}

function accessOf({ kubeconfig, context }: Settings, ask?: (text: string) => void): AccessQuestion {
  return {
    env: process.env,
    ask: process.stdin.isTTY && process.stderr.isTTY ? ask : undefined,
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(context === undefined ? {} : { context }),
  };
}

async function* linesOf(input: NodeJS.ReadableStream, signal: AbortSignal): AsyncGenerator<string> {
  const reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY, terminal: false });
  signal.addEventListener('abort', () => reader.close(), { once: true });
  if (!signal.aborted) yield* reader;
  reader.close();
}

interface SessionReaders {
  readonly open: (signal: AbortSignal) => Promise<ClusterReader>;
  readonly close: () => Promise<void>;
}

/** A dump is opened once for all questions of a session; a cluster for each: what it counts and its time are those of the question. */
function sessionReaders({
  openReader,
  settings,
  snapshot,
  kubeContext,
}: {
  openReader: CommandContext['openReader'];
  settings: Settings;
  snapshot: string | undefined;
  kubeContext: string | undefined;
}): SessionReaders {
  if (snapshot === undefined) {
    const open: SessionReaders['open'] = async (signal) => {
      const { openLiveReader } = await import('./cluster/live/open-live-reader.ts');
      return openLiveReader({ ...accessOf({ ...settings, context: kubeContext ?? settings.context }), signal });
    };
    return { open, close: async () => {} };
  }
  let dump: Promise<ClusterReader> | undefined;
  return {
    open: async (signal) => {
      // What was not opened, because it was stopped, is opened the next time.
      dump ??= openReader({ snapshot, signal }).catch((error: unknown) => {
        dump = undefined;
        throw error;
      });
      const { wrappedReader } = await import('./cluster/wrapped-reader.ts');
      return wrappedReader(await dump, { [Symbol.asyncDispose]: async () => {} });
    },
    close: async () => (await dump?.catch(() => undefined))?.[Symbol.asyncDispose](),
  };
}

interface EngineOptions {
  readonly warn?: (text: string) => void;
  /** The language model to ask; undefined: none. */
  readonly asked?: Pick<ModelWiring, 'model' | 'onPrompt'> | undefined;
  readonly reasoning?: Reasoning;
}

/** What depends neither on the question nor on the cluster. */
interface Reasoning {
  readonly rules: RuleSet;
  readonly knowledge: KnowledgeGraph;
}

async function openReasoning({ openRules, openKnowledge }: CommandContext): Promise<Reasoning> {
  const { compileRules } = await import('./rules/rule-set.ts');
  const [rules, knowledge] = await Promise.all([openRules(), openKnowledge()]);
  return { rules: compileRules(rules), knowledge };
}

/** Everything of a run that does not depend on the question. */
async function engineOf(
  context: CommandContext,
  reader: ClusterReader,
  { warn = (text) => context.output.err(`note: ${text}\n`), asked, reasoning }: EngineOptions = {},
): Promise<LocalEngine['investigate']> {
  const [{ investigate }, { createRedactor }, { rules, knowledge }, telemetry] = await Promise.all([
    import('./pipeline/investigate.ts'),
    import('./redact/redactor.ts'),
    reasoning ?? openReasoning(context),
    telemetryFor(context, reader, warn),
  ]);
  const { settings, configPath, now, version } = context;
  const runbooks = await openRunbooksOf({ settings, configPath, openVectors: context.openVectors, warn, asks: asked !== undefined });
  const model = asked && (await modelAccess({ ...asked, settings, configPath, runbooks, metrics: telemetry?.metrics, prompts: shipped('prompts') }));
  const deps = { telemetry, rules, knowledge, redactor: createRedactor(), runbooks, model, now, engineVersion: version };
  return async function* (request, signal) {
    const seen = request.without === undefined ? reader : (await import('./cluster/blind-reader.ts')).blindReader(reader, request.without);
    yield* investigate(request, { ...deps, reader: seen }, signal);
  };
}

/** A dump has its own telemetry beside it: what servers say today is not of its time. */
async function telemetryFor({ openTelemetry }: CommandContext, reader: ClusterReader, warn: (text: string) => void): Promise<LiveTelemetry | undefined> {
  const telemetry = await openTelemetry();
  if (telemetry === undefined || reader.target.reader !== 'snapshot') return telemetry;
  warn('Prometheus and Alertmanager are not asked about a dump');
  return undefined;
}

async function openTelemetryOf(settings: Settings): Promise<LiveTelemetry | undefined> {
  const { prometheus, alertmanager, prometheusTokenFile, alertmanagerTokenFile, telemetryCa } = settings;
  if (prometheus === undefined && alertmanager === undefined) return undefined;
  const { openTelemetry } = await import('./telemetry/live/open-telemetry.ts');
  return openTelemetry({ prometheus, alertmanager, prometheusTokenFile, alertmanagerTokenFile, caFile: telemetryCa, insecureHosts: insecureHostsOf(settings) });
}

const noCluster: LocalEngine['investigate'] = () => {
  throw coded('UNEXPECTED', { reason: 'an investigation was asked for without a cluster or a dump' });
};

/** The store, or undefined where an investigation can go on without one and says so. */
async function openStoreOr(
  openStore: () => Promise<IncidentRepository>,
  onError: ((error: CodedError) => void) | undefined,
): Promise<IncidentRepository | undefined> {
  try {
    return await openStore();
  } catch (error) {
    if (onError === undefined) throw error;
    onError(asCoded(error));
    return undefined;
  }
}

async function openRulesOf({ rules }: Settings): Promise<readonly RunnableRule[]> {
  const { openRules } = await import('./rules/open-rules.ts');
  return openRules({ bundle: shipped('dist/rules.json'), shipped: shipped('rules'), extra: rules === undefined ? [] : [rules] });
}

/** --knowledge-graph, else ./knowledge_graph.yaml, else the shipped one; what is generally known of technologies comes with each. */
async function openKnowledgeOf({ knowledgeGraph }: Settings): Promise<KnowledgeGraph> {
  const ours = await openShippedKnowledge();
  const own = knowledgeGraph ?? (existsSync('knowledge_graph.yaml') ? 'knowledge_graph.yaml' : ours.file);
  if (resolve(own) === ours.file) return ours;
  const [{ loadKnowledgeGraph }, { withShippedTechnologies }] = await Promise.all([
    import('./topology/knowledge/load-knowledge-graph.ts'),
    import('./topology/knowledge/knowledge-graph.ts'),
  ]);
  return withShippedTechnologies(loadKnowledgeGraph(await readText(own), own), ours);
}

async function openShippedKnowledge(): Promise<KnowledgeGraph> {
  const file = shipped('knowledge_graph.yaml');
  const bundle = shipped('dist/knowledge_graph.json');
  if (existsSync(bundle)) return (await import('./topology/knowledge/knowledge-bundle.ts')).loadBundledKnowledge(await readText(bundle), file);
  return (await import('./topology/knowledge/load-knowledge-graph.ts')).loadKnowledgeGraph(await readText(file), file);
}

/** A file of the package, from src/ and from dist/ alike. */
function shipped(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw coded('FILE_UNREADABLE', { path, reason: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}

/** All settings, and the file that they may stand in; undefined where there is no home for one. */
async function readSettings(
  flags: ComposeOptions['flags'],
  tolerant: boolean,
): Promise<{ settings: Settings; origins: SettingOrigins; path: string | undefined }> {
  const folder = configDirectory(process.env);
  const path = process.env['SRE_ORCH_CONFIG'] ?? (folder === undefined ? undefined : join(folder, 'config.yaml'));
  const file = path === undefined ? {} : await readConfigFile(path).catch((error: unknown) => (tolerant ? {} : Promise.reject(error)));
  const { settings, origins, problems } = resolveSettings({ flags, env: process.env, file, filePath: path ?? '' });
  if (problems.length > 0 && !tolerant) throw coded('SETTINGS_INVALID', { problems: problems.map(({ where, message }) => `${where}: ${message}`) });
  return { settings, origins, path };
}

async function openSqlite(settings: Settings, output: Output): Promise<SqliteRepository> {
  const folder = settings.dataDir ?? dataDirectory(process.env);
  if (folder === undefined) throw coded('STORE_UNAVAILABLE', { path: '(none)', reason: 'there is no home folder' });
  const sqlite = await import('./store/sqlite/sqlite-repository.ts');
  const store = new sqlite.SqliteRepository({ path: join(folder, 'incidents.db'), owner: owner(), now: new Date() });
  for (const notice of store.notices) output.err(`note: ${notice}\n`);
  return store;
}

function owner(): Owner {
  return { host: hostname(), pid: process.pid };
}
