import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configDirectory, dataDirectory } from '../config/directories.ts';
import { parsePrices } from '../config/llm-settings.ts';
import { parseDuration } from '../config/setting.ts';
import type { Settings } from '../config/settings.ts';
import { gap } from '../domain/gap.ts';
import type { TellCall } from '../llm/call-record.ts';
import type { Model } from '../llm/open-model.ts';
import type { ModelAccess } from '../pipeline/run.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { Embed, RunbookShelf } from '../runbooks/runbook-shelf.ts';
import type { VectorStore } from '../store/vector-store.ts';
import type { MetricSource } from '../telemetry/telemetry-source.ts';
import type { McpTools } from '../tools/mcp/open-mcp-tools.ts';

const CACHE = 'llm-endpoints.json';
const MCP_CONFIG = 'mcp_config.yaml';

/** Hosts that may be spoken to without TLS. */
export const insecureHostsOf = ({ insecureHttp = '' }: Settings): string[] => insecureHttp.split(',').map((host) => host.trim());

/** What is named, else what lies under its usual name beside the settings file. */
function namedOrBeside(configPath: string | undefined, named: string | undefined, usualName: string): string | undefined {
  const folder = configPath === undefined ? configDirectory(process.env) : dirname(configPath);
  const usual = folder === undefined ? undefined : join(folder, usualName);
  return named ?? (usual !== undefined && existsSync(usual) ? usual : undefined);
}

/** Where what is known of endpoints is kept. */
export function probeFile({ dataDir }: Settings): string | undefined {
  const folder = dataDir ?? dataDirectory(process.env);
  return folder === undefined ? undefined : join(folder, CACHE);
}

/** The model of the settings; undefined where none is named. Only then anything of it is loaded. */
export async function openModelOf(settings: Settings, onCall: TellCall): Promise<Model | undefined> {
  const { llmBaseUrl: baseUrl, llmModel: model } = settings;
  if (baseUrl === undefined && model === undefined) return undefined;
  const { openModel } = await import('../llm/open-model.ts');
  const hidden = (settings.llmHide ?? '').split(',').map((each) => each.trim());
  return openModel({
    baseUrl,
    model,
    apiKey: settings.llmApiKey,
    contextTokens: settings.llmContext,
    limits: { steps: settings.llmSteps, tokens: settings.llmTokens, milliseconds: parseDuration(settings.llmTimeout) ?? 0, cost: settings.llmCost },
    prices: settings.llmPrices === undefined ? undefined : parsePrices(settings.llmPrices),
    hide: { ips: hidden.includes('ips'), emails: hidden.includes('emails') },
    insecureHosts: insecureHostsOf(settings),
    cacheFile: probeFile(settings),
    onCall,
  });
}

/** The file that names MCP servers. */
export const mcpConfigOf = ({ mcpConfig }: Settings, configPath: string | undefined): string | undefined => namedOrBeside(configPath, mcpConfig, MCP_CONFIG);

interface McpWiring {
  readonly settings: Settings;
  readonly configPath: string | undefined;
  readonly redactor: Redactor;
  /** Namespaces that whoever asks may see; undefined: all. */
  readonly within?: readonly string[] | undefined;
}

/** The tools of MCP servers; undefined where no file names any. A file in the working directory is not looked at: it would run programs. */
export async function openMcpOf({ settings, configPath, redactor, within }: McpWiring, signal: AbortSignal): Promise<McpTools | undefined> {
  const path = mcpConfigOf(settings, configPath);
  if (path === undefined) return undefined;
  const [{ readMcpConfig }, { openMcpTools }] = await Promise.all([import('../tools/mcp/mcp-config.ts'), import('../tools/mcp/open-mcp-tools.ts')]);
  return openMcpTools(await readMcpConfig(path, { env: process.env, insecureHosts: insecureHostsOf(settings) }), redactor, signal, within);
}

/** The runbooks of the settings; undefined where there are none. Found by meaning too where the endpoint has a model for it. */
export async function openRunbooksOf({ settings, configPath, openVectors, warn, model }: RunbookWiring): Promise<RunbookShelf | undefined> {
  const path = namedOrBeside(configPath, settings.runbooks, 'runbooks');
  if (path === undefined) return undefined;
  const [{ loadRunbooks }, { RunbookShelf: Shelf }, { createRedactor }] = await Promise.all([
    import('../runbooks/load-runbooks.ts'),
    import('../runbooks/runbook-shelf.ts'),
    import('../redact/redactor.ts'),
  ]);
  const { runbooks, problems } = await loadRunbooks(path);
  for (const problem of problems) warn(`runbook ${problem}`);
  // Reports quote them, and they are cut there: half of a secret is not recognised.
  return new Shelf(createRedactor().object(runbooks), model && (await openEmbedding(settings, model, openVectors)));
}

interface RunbookWiring {
  readonly settings: Settings;
  readonly configPath: string | undefined;
  readonly openVectors: () => Promise<VectorStore>;
  readonly warn: (text: string) => void;
  /** The model whose endpoint may be asked; undefined: none. */
  readonly model: Model | undefined;
}

async function openEmbedding(
  { llmEmbeddingModel: model }: Settings,
  { baseUrl, apiKey, redactor, onCall }: Model,
  openVectors: () => Promise<VectorStore>,
): Promise<Embed | undefined> {
  if (model === undefined) return undefined;
  const { openEmbeddings } = await import('../llm/endpoint/embeddings.ts');
  return openEmbeddings({ baseUrl, apiKey, model, redactor, store: await openVectors(), onCall });
}

export interface ModelWiring {
  readonly settings: Settings;
  readonly configPath: string | undefined;
  readonly model: Model;
  readonly metrics: MetricSource | undefined;
  readonly runbooks: RunbookShelf | undefined;
  /** The folder of the prompts. */
  readonly prompts: string;
  /** Where given, it gets what would be sent, and nothing is sent. */
  readonly onPrompt: ((body: object) => void) | undefined;
}

/** What an investigation needs of its model. */
export async function modelAccess({ settings, configPath, model, metrics, runbooks, prompts: folder, onPrompt }: ModelWiring): Promise<ModelAccess> {
  const [{ readPrompts }, { modelAnalyst }, { promptShower }, { builtinTools }, { ToolBox }] = await Promise.all([
    import('../llm/prompts.ts'),
    import('../llm/agent/model-analyst.ts'),
    import('../llm/agent/prompt-shower.ts'),
    import('../tools/builtin-tools.ts'),
    import('../tools/tool-box.ts'),
  ]);
  const prompts = await readPrompts(folder);
  const { redactor } = model;
  return {
    openAnalyst: (incidentId, purpose) => {
      const told = purpose === 'follow-up' ? { ...prompts, final: prompts.followUp } : prompts;
      return onPrompt === undefined ? modelAnalyst(model, told, incidentId) : promptShower(model, told, onPrompt);
    },
    openTools: async (sources, signal) => {
      const own = builtinTools({ ...sources, redactor, metrics, runbooks });
      const mcp = await openMcpOf({ settings, configPath, redactor, within: sources.reader.within }, signal);
      const toolsOf = (server: string): string => `tools of the MCP server ${server}`;
      return {
        box: new ToolBox([...own, ...(mcp?.tools ?? [])]),
        gaps: [
          ...(mcp?.problems ?? []).map(({ server, reason }) => gap(toolsOf(server), 'failed', 'a server that answers: sre-orch tools list', reason)),
          ...(mcp?.withheld ?? []).map((server) => gap(toolsOf(server), 'forbidden', 'a key for all namespaces, or every_key in mcp_config.yaml')),
        ],
        [Symbol.asyncDispose]: async () => mcp?.[Symbol.asyncDispose](),
      };
    },
  };
}
