import type { CommandContext, Output } from '../commands/context.ts';
import type { SettingName } from '../config/settings.ts';
import { VERSION } from '../config/version.ts';
import { coded } from '../errors/coded-error.ts';
import type { TellCall } from '../llm/call-record.ts';
import { shipped } from '../shipped-files.ts';
import { callLog, callText } from './call-log.ts';
import { openAccessReviews, openCluster } from './cluster.ts';
import { spareMemory } from './heap-flags.ts';
import { openLocalClient, openLocalSession } from './investigators.ts';
import { accessOf } from './kubeconfig-access.ts';
import { linesOf } from './lines.ts';
import { openMcpOf, openModelOf, openRunbooksOf, probeFile } from './model.ts';
import { openKnowledgeOf, openRulesOf } from './reasoning-files.ts';
import { readSettings } from './settings.ts';
import { type OpenedStore, openStoreOf } from './store.ts';
import { openTelemetryOf } from './telemetry.ts';

/** Nothing is leased by a terminal. */
const LEASE_MS = 15_000;

export interface ComposeOptions {
  readonly flags: Readonly<Partial<Record<SettingName, unknown>>>;
  readonly output: Output;
  readonly interrupted: AbortSignal;
  /** For the command that mends the settings file: what is wrong in it is not held against it. */
  readonly toleratesBadSettings?: boolean;
  /** A dump is read: the kubeconfig's context says nothing about it. */
  readonly readsDump?: boolean;
  /** Where requests to a model are logged; default: the file of the settings. */
  readonly logsCall?: TellCall;
}

/** The one place where real things are wired. Everything heavy is imported when it is first asked for. */
export async function compose({
  flags,
  output,
  interrupted,
  toleratesBadSettings = false,
  readsDump = false,
  logsCall,
}: ComposeOptions): Promise<{ context: CommandContext; close: () => Promise<void> }> {
  const { settings, origins, path: configPath } = await readSettings({ flags, tolerant: toleratesBadSettings, readsCluster: !readsDump });
  // Before anything can open a connection.
  if (settings.offline) (await import('../net/offline.ts')).forbidOutside([process.env['KUBERNETES_SERVICE_HOST'] ?? '']);
  let opening: Promise<OpenedStore> | undefined;
  const opened = (): Promise<OpenedStore> => {
    opening ??= openStoreOf(settings, output);
    return opening;
  };
  const openStore = async (): Promise<OpenedStore['incidents']> => (await opened()).incidents;
  const logged = logsCall ?? callLog(settings, output.err);
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
    // No secret, only never twice: node:crypto takes as long to load as a small dump to read.
    newIncidentId: () =>
      `inc-${Math.floor(Math.random() * 16 ** 10)
        .toString(16)
        .padStart(10, '0')}`,
    openStore,
    openVectors: openStore,
    openBeside: async () => (await opened()).openServed({ leaseMs: LEASE_MS, answers: false }),
    openKeys: async () => (await opened()).openKeys(),
    openServer: async (options) => (await import('./server.ts')).openServerParts({ store: await opened(), settings, configPath, flags, ...options }),
    openReader: async ({ snapshot, signal, ask }) => {
      const reader = await (snapshot === undefined
        ? openCluster(settings, { signal, ask })
        : (await import('../cluster/snapshot/open-snapshot-reader.ts')).openSnapshotReader(snapshot));
      spareMemory(process.argv.includes('investigate') ? 'run' : 'session');
      return reader;
    },
    listContexts: async () => (await import('../cluster/live/kubeconfig/find-access.ts')).listContexts(accessOf(settings)),
    openReviews: (ask) => openAccessReviews(settings, ask),
    openTracing: async (serviceName) => (await import('./tracing.ts')).openTracingOf(settings, serviceName),
    openAgent: async (options) => (await import('./agent.ts')).openAgentSources(settings, options),
    openClient: async (options) => {
      // Who brings a reader wants what it reads: a dump, or a cluster that the caller has opened.
      if (settings.server === undefined || options.reader !== undefined) return openLocalClient(context, options, screen);
      return (await import('./remote.ts')).openRemoteClient(settings.server, settings);
    },
    openSession: async (options) => {
      const { server = settings.server, snapshot } = options;
      if (server === undefined || snapshot !== undefined) return openLocalSession(await over(options.context), options, screen);
      if (options.context !== undefined) throw coded('CONTEXT_ELSEWHERE', { server });
      return (await import('./remote.ts')).openRemoteSession(server, settings, options);
    },
    readLines: (signal) => linesOf(process.stdin, signal),
    runChatScreen: async (start) => {
      // Before anything is loaded: what is typed meanwhile is for the session, Ctrl-D and Ctrl-R too.
      process.stdin.setRawMode(true);
      try {
        const { runChatScreen } = await import('../ui/chat/run-chat-screen.tsx');
        await runChatScreen({ ...start, input: process.stdin, output: process.stdout, color: output.color, unicode: output.unicode, ending: interrupted });
      } finally {
        process.stdin.setRawMode(false);
      }
    },
    openTelemetry: () => openTelemetryOf(settings),
    openModel: (onCall) =>
      openModelOf(settings, (call) => {
        logged(call);
        onCall?.(callText(call));
      }),
    openMcp: (redactor, signal) => openMcpOf({ settings, configPath, redactor }, signal),
    openRunbooks: () => openRunbooksOf({ settings, configPath, openVectors: openStore, warn: (text) => output.err(`note: ${text}\n`), model: undefined }),
    restore: (text) => screen.restore(text),
    probeFile: probeFile(settings),
    openRules: () => openRulesOf(settings),
    ruleDirectories: [shipped('rules'), ...(settings.rules === undefined ? [] : [settings.rules])],
    openKnowledge: () => openKnowledgeOf(settings),
    openPage: async (name, html) => (await import('../browser.ts')).openInBrowser(name, html, { env: process.env, platform: process.platform }),
    openWatcher: async (stopping) => {
      const startedAt = performance.now();
      const screen = { stream: process.stderr, color: output.color, unicode: output.unicode };
      (await import('../ui/live/first-line.ts')).drawFirstLine(screen);
      const { watchInvestigation } = await import('../ui/live/watch-investigation.tsx');
      const watcher = watchInvestigation({ ...screen, stopping, startedAt });
      return settings.terminalTitle === 'on' ? (await import('../ui/terminal-title.ts')).withTitle(watcher, process.stderr) : watcher;
    },
  };
  /** The settings of another context may be those of another profile: other metrics, other alerts. The store stays. */
  const over = async (kubeContext: string | undefined): Promise<CommandContext> => {
    if (kubeContext === undefined || kubeContext === settings.context) return context;
    const other = await compose({ flags: { ...flags, context: kubeContext }, output, interrupted, logsCall: logged });
    return { ...other.context, openStore, openVectors: openStore, openBeside: context.openBeside };
  };
  return {
    context,
    close: async () => {
      await (await opening?.catch(() => undefined))?.[Symbol.asyncDispose]();
    },
  };
}
