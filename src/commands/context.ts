import type { Sessions } from '../auth/sessions.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { IncidentClient } from '../client/investigation-client.ts';
import type { BesideIncidents, LocalEngine } from '../client/local.ts';
import type { SessionClient } from '../client/session-client.ts';
import type { Watcher } from '../client/watcher.ts';
import type { SelfReviews } from '../cluster/live/access-review.ts';
import type { TokenReviews } from '../cluster/live/token-review.ts';
import type { PagedReader } from '../cluster/paged-reader.ts';
import type { ClusterReader } from '../cluster/reader.ts';
import type { SettingOrigins } from '../config/resolve-settings.ts';
import type { Settings } from '../config/settings.ts';
import type { CodedError } from '../errors/coded-error.ts';
import type { Model } from '../llm/open-model.ts';
import type { Webhook } from '../notify/webhooks.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { RunnableRule } from '../rules/rule.ts';
import type { RunbookShelf } from '../runbooks/runbook-shelf.ts';
import type { LookAt } from '../server/surroundings.ts';
import type { ClusterDesk } from '../server/threads/cluster-desk.ts';
import type { AskOn } from '../server/threads/thread-pool.ts';
import type { ChatStart } from '../session/chat-screen.ts';
import type { ApiKeyRepository } from '../store/api-key-repository.ts';
import type { IncidentRepository } from '../store/incident-repository.ts';
import type { JobQueue } from '../store/job-queue.ts';
import type { Outbox } from '../store/outbox.ts';
import type { RecordRepository } from '../store/record-repository.ts';
import type { Retention } from '../store/retention.ts';
import type { SharedAnswers } from '../store/shared-answers.ts';
import type { StoreChanges } from '../store/store-changes.ts';
import type { VectorStore } from '../store/vector-store.ts';
import type { LiveTelemetry } from '../telemetry/telemetry-source.ts';
import type { McpTools } from '../tools/mcp/open-mcp-tools.ts';
import type { KnowledgeGraph } from '../topology/knowledge/knowledge-graph.ts';
import type { Tracing } from '../trace/tracing.ts';

/** Where a command writes. `out` is for the answer, `err` for everything else. Returns after the bytes were taken. */
export interface Output {
  readonly out: (text: string) => Promise<void>;
  readonly err: (text: string) => void;
  readonly width: number;
  readonly isTerminal: boolean;
  readonly color: 'none' | '16' | '256' | 'truecolor';
  readonly unicode: boolean;
  /** Addresses can be opened where they stand (OSC 8). */
  readonly links: boolean;
  /** A person watches both streams, and the terminal can redraw lines. */
  readonly watched: boolean;
  /** A person types what comes in. */
  readonly typed: boolean;
}

/** What became of a page that was to be opened: where it is, and why it could not be opened where it was not. */
export interface OpenedPage {
  readonly path: string;
  readonly failure?: string;
}

/** How an investigation asks the language model of the settings. */
export interface ModelAsking {
  /** Told of each call, with its time and tokens. */
  readonly onCall?: ((text: string) => void) | undefined;
  /** Where given, it gets what would be sent, and nothing is sent. */
  readonly onPrompt?: ((body: object) => void) | undefined;
}

/** What a server is made of, until it is disposed of. */
export interface ServedParts extends AsyncDisposable {
  readonly store: IncidentRepository;
  readonly queue: JobQueue;
  readonly retention: Retention;
  readonly records: RecordRepository;
  readonly outbox: Outbox;
  readonly changes: StoreChanges | undefined;
  readonly sharedAnswers: SharedAnswers | undefined;
  readonly keys: ApiKeyRepository;
  readonly signIn: SignIn;
  readonly sessions: Sessions;
  readonly webhooks: readonly Webhook[];
  readonly investigate: LocalEngine['investigate'];
  /** undefined: no language model is set. */
  readonly askOn: AskOn | undefined;
  /** What else can be looked at. */
  readonly looks: Readonly<Record<string, LookAt>>;
  readonly desk: ClusterDesk;
}

/** What an agent reads from, and asks who its callers are. */
export interface AgentSources extends AsyncDisposable {
  open(signal: AbortSignal): Promise<PagedReader>;
  openReviews(): Promise<SelfReviews>;
  readonly reviewToken: TokenReviews['review'];
}

/** What wiring/compose.ts wires for a command. Each of the functions loads what it needs when it is called, and not before. */
export interface CommandContext {
  readonly settings: Settings;
  readonly origins: SettingOrigins;
  /** The settings file, there or not; undefined where there is no home for one. */
  readonly configPath: string | undefined;
  readonly version: string;
  readonly output: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly interrupted: AbortSignal;
  /**
   * A dump, else the cluster of the settings. Aborting `signal` gives the connecting up. `ask` shows what a credential plugin asks a
   * person, whose answer it reads from standard input; without it, or without a terminal, plugins have to do without.
   */
  openReader(options: { snapshot?: string; signal: AbortSignal; ask?: (text: string) => void }): Promise<ClusterReader>;
  /** Contexts of the kubeconfig in use; none where it cannot be read. */
  listContexts(): Promise<readonly string[]>;
  /** What the cluster says of the caller's own permissions. */
  openReviews(ask?: (text: string) => void): Promise<SelfReviews>;
  openStore(): Promise<IncidentRepository>;
  /** What else is in the same store: what servers were asked, what is kept of alerts, what people say of answers. */
  openBeside(): Promise<BesideIncidents>;
  /** Where vectors of texts are kept: the same store. */
  openVectors(): Promise<VectorStore>;
  /** The API keys of a server, in the same file as the incidents. */
  openKeys(): Promise<ApiKeyRepository>;
  /** What a server serves from: the store and its queue, and the engine in threads of its own, over a dump or the cluster of the settings. */
  openServer(options: { snapshot?: string; leaseMs: number }): Promise<ServedParts>;
  /** Where spans go that are recorded; undefined where no collector is named. SETTINGS_INVALID. */
  openTracing(serviceName: string): Promise<(Tracing & AsyncDisposable) | undefined>;
  /** The cluster of the settings, for an agent: it is connected to when that is first needed. */
  openAgent(options: { readonly secretKeys: boolean }): Promise<AgentSources>;
  /** An engine over a reader; without one, only stored investigations can be asked for. */
  openClient(options: { reader?: ClusterReader; keep: boolean; onStoreError: (error: CodedError) => void; asking?: ModelAsking }): Promise<IncidentClient>;
  /** An engine for a session, over a dump or the cluster of a context. It connects when it is first asked; `warn` takes what is no answer. */
  openSession(options: {
    snapshot?: string;
    /** Instead of that of the settings. */
    server?: string;
    context?: string;
    keep: boolean;
    asksModel?: boolean;
    /** Questions that come within seconds are answered by one connection. */
    sharesReads?: boolean;
    /** Namespaces that may be seen; undefined: all. */
    within?: readonly string[];
    warn: (text: string) => void;
  }): Promise<SessionClient>;
  /** What comes in, line by line, until its end or an abort. */
  readLines(signal: AbortSignal): AsyncIterable<string>;
  /** A session on the terminal, until the person leaves it; only where `output.watched` and `output.typed`. */
  runChatScreen(start: ChatStart): Promise<void>;
  /** Servers of alerts and metrics; undefined where none is known. SETTINGS_INVALID. */
  openTelemetry(): Promise<LiveTelemetry | undefined>;
  /** The language model of the settings; undefined where none is named. LLM_NOT_CONFIGURED, SETTINGS_INVALID. */
  openModel(onCall?: (text: string) => void): Promise<Model | undefined>;
  /** Tools of MCP servers; undefined where no file names any. MCP_CONFIG_INVALID, FILE_UNREADABLE. */
  openMcp(redactor: Redactor, signal: AbortSignal): Promise<McpTools | undefined>;
  /** The runbooks of the settings, found by words; undefined where there are none. FILE_UNREADABLE. */
  openRunbooks(): Promise<RunbookShelf | undefined>;
  /** Puts addresses back that the model saw as placeholders; for the user's own screen and nothing else. */
  restore(text: string): string;
  /** Where what is known of endpoints is kept. */
  readonly probeFile: string | undefined;
  openRules(): Promise<readonly RunnableRule[]>;
  /** Where rules come from, the shipped ones first. */
  readonly ruleDirectories: readonly string[];
  openKnowledge(): Promise<KnowledgeGraph>;
  /** A screen to watch a run on; only where `output.watched`. */
  openWatcher(stopping: AbortSignal): Promise<Watcher>;
  /** Opens a page in the browser; the name is that of its file. */
  openPage(name: string, html: string): Promise<OpenedPage>;
  newIncidentId(): string;
}
