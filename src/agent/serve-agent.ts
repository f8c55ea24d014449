import { setTimeout as sleep } from 'node:timers/promises';
import { createMcpHandler } from '@modelcontextprotocol/server';
import type { FastifyInstance } from 'fastify';
import { tracedPagedReader } from '../cluster/traced-reader.ts';
import { buildApp } from '../http/app.ts';
import { aborted, listen } from '../http/listen.ts';
import type { TlsFiles } from '../http/tls-files.ts';
import type { Log } from '../log/open-log.ts';
import { buildMcpServer } from '../mcp/mcp-server.ts';
import { createRedactor } from '../redact/redactor.ts';
import { ToolBox } from '../tools/tool-box.ts';
import type { Tracing } from '../trace/tracing.ts';
import { AgentMetrics } from './agent-metrics.ts';
import { agentTools } from './agent-tools.ts';
import type { Allowed } from './allowed.ts';
import { ClusterAccess, type ClusterAccessOptions } from './cluster-access.ts';
import { guardedReader } from './guarded-reader.ts';
import { type Admission, letIn } from './let-in.ts';
import type { Agent, AgentParts, Sent } from './route.ts';
import { ROUTES } from './routes/all.ts';
import { SharedReads } from './shared-reads.ts';

const MB = 2 ** 20;
const MCP_BODY = MB;
const CACHE = { keepMs: 2_000, maxBytes: 16 * MB, maxEntryBytes: 4 * MB };

export interface AgentOptions extends Omit<ClusterAccessOptions, 'log'> {
  readonly log: Log;
  readonly reviewToken: AgentParts['reviewToken'];
  readonly admission: Admission;
  readonly allowed: Allowed;
  /** What reports call the cluster. */
  readonly clusterName: string | null;
  readonly tls: TlsFiles | undefined;
  /** Who records spans; undefined: traces are only handed on. */
  readonly tracing?: Tracing | undefined;
  readonly version: string;
}

export interface BuiltAgent extends AsyncDisposable {
  readonly app: FastifyInstance;
}

/** Everything of the agent but its port. Looking at what may be read begins at once. */
export function buildAgent(options: AgentOptions, closing: AbortSignal): BuiltAgent {
  const { log, now, version, allowed, admission, clusterName, reviewToken, tls, tracing } = options;
  const access = new ClusterAccess(options);
  const redactor = createRedactor();
  const reader: AgentParts['reader'] = async () => guardedReader(tracedPagedReader(await access.reader()), allowed, redactor);
  const seen: AgentParts['seen'] = () => access.seen;
  const mcp = createMcpHandler(async () => buildMcpServer(new ToolBox(agentTools({ reader: await reader(), redactor, seen })), version), {
    maxRequestBodySize: MCP_BODY,
  });
  const reads = new SharedReads<Sent>({ ...CACHE, clock: () => performance.now() }, ({ body }) => body.length);
  const metrics = new AgentMetrics({ reads, seen });
  const parts = { reader, reads, seen, metrics, reviewToken, answerMcp: mcp.fetch, allowed, clusterName, log, now, version, closing };
  const app = buildApp<Agent>({
    routes: ROUTES,
    parts,
    log,
    letIn: (knock, needs) => letIn(admission, knock, needs),
    onAnswered: (answered) => metrics.answered(answered),
    auditName: (caller) => ({ caller: caller?.name }),
    tls,
    tracing,
    takesIncidentIds: true,
  });
  access.start();
  return {
    app,
    async [Symbol.asyncDispose]() {
      await mcp.close();
      await app.close();
      await access[Symbol.asyncDispose]();
    },
  };
}

export interface ServeAgentOptions extends AgentOptions {
  readonly host: string;
  readonly port: number;
  /** How long it still answers after the end: callers turn to another only when the Service has. */
  readonly drainMs: number;
  readonly onListening: (url: string) => void;
}

/** Serves until `ending` is aborted, and until it is drained. Throws LISTEN_FAILED. */
export async function serveAgent(options: ServeAgentOptions, ending: AbortSignal): Promise<void> {
  const { log, tls, admission, allowed, drainMs } = options;
  await using built = buildAgent(options, ending);
  const url = await listen(built.app, options);
  using _ = tls?.keepFresh(built.app.server as never);
  log.info({ url, callers: admission.by, namespaces: allowed.namespaces, kinds: allowed.kinds.size }, 'listening');
  options.onListening(url);
  await aborted(ending);
  if (drainMs > 0) await sleep(drainMs);
  log.info({}, 'ended');
  log.flush();
}
