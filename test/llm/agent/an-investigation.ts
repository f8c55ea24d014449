import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSnapshotReader } from '../../../src/cluster/snapshot/open-snapshot-reader.ts';
import type { InvestigationEvent } from '../../../src/domain/investigation-event.ts';
import { type Report, reportSchema } from '../../../src/domain/report.ts';
import { modelAnalyst } from '../../../src/llm/agent/model-analyst.ts';
import type { Model } from '../../../src/llm/open-model.ts';
import { readPrompts } from '../../../src/llm/prompts.ts';
import { investigate } from '../../../src/pipeline/investigate.ts';
import type { Dependencies } from '../../../src/pipeline/run.ts';
import { createRedactor } from '../../../src/redact/redactor.ts';
import { openRules } from '../../../src/rules/open-rules.ts';
import { compileRules, type RuleSet } from '../../../src/rules/rule-set.ts';
import type { RunbookShelf } from '../../../src/runbooks/runbook-shelf.ts';
import { builtinTools } from '../../../src/tools/builtin-tools.ts';
import type { McpConfig } from '../../../src/tools/mcp/mcp-config.ts';
import { openMcpTools } from '../../../src/tools/mcp/open-mcp-tools.ts';
import { ToolBox } from '../../../src/tools/tool-box.ts';
import { loadKnowledgeGraph } from '../../../src/topology/knowledge/load-knowledge-graph.ts';
import { anEndpoint } from '../an-endpoint.ts';
import type { LlmServer } from '../llm-server.ts';

const ROOT = join(import.meta.dirname, '../../..');
const GRAPH = join(ROOT, 'knowledge_graph.yaml');
const knowledge = loadKnowledgeGraph(readFileSync(GRAPH, 'utf8'), GRAPH);
let rules: RuleSet | undefined;

export interface Asking {
  /** A dump. */
  readonly snapshot: string;
  readonly ask: string;
  readonly namespace?: string;
  readonly server?: LlmServer | undefined;
  readonly model?: Partial<Omit<Model, 'endpoint'>>;
  readonly idleMs?: number;
  readonly mcp?: McpConfig;
  readonly runbooks?: RunbookShelf;
  readonly signal?: AbortSignal;
}

export interface Answered {
  readonly report: Report;
  readonly events: readonly InvestigationEvent[];
  readonly ms: number;
}

/** An investigation of a dump in this process, with the shipped rules and prompts, and a model where a server is given. */
export async function anInvestigation({
  snapshot,
  ask,
  namespace,
  server,
  model,
  idleMs,
  mcp,
  runbooks,
  signal = AbortSignal.timeout(60_000),
}: Asking): Promise<Answered> {
  rules ??= compileRules(await openRules({ shipped: join(ROOT, 'rules'), extra: [] }));
  await using reader = await openSnapshotReader(snapshot);
  const redactor = model?.redactor ?? createRedactor();
  const contextTokens = model?.contextTokens ?? 32_768;
  const endpoint = server && anEndpoint(server, { redactor, contextTokens, ...(idleMs === undefined ? {} : { idleMs }) });
  const opened: Model | undefined = endpoint && {
    endpoint,
    redactor,
    baseUrl: endpoint.label,
    apiKey: undefined,
    contextTokens,
    limits: { steps: 12, tokens: 200_000, milliseconds: 20_000 },
    prices: undefined,
    known: undefined,
    ...model,
  };
  const prompts = await readPrompts(join(ROOT, 'prompts'));
  const access: Dependencies['model'] = opened && {
    openAnalyst: (incidentId, purpose) => modelAnalyst(opened, purpose === 'follow-up' ? { ...prompts, final: prompts.followUp } : prompts, incidentId),
    openTools: async (sources, stop) => {
      const remote = await openMcpTools(mcp ?? { servers: {} }, redactor, stop);
      const box = new ToolBox([...builtinTools({ ...sources, redactor, metrics: undefined, runbooks }), ...remote.tools]);
      const gaps = remote.problems.map(({ server: name, reason }) => ({
        what: `tools of the MCP server ${name}`,
        why: 'failed' as const,
        needs: 'it',
        detail: reason,
      }));
      return { box, gaps, [Symbol.asyncDispose]: () => remote[Symbol.asyncDispose]() };
    },
  };
  const deps: Dependencies = { reader, rules, knowledge, redactor: createRedactor(), runbooks, model: access, now: () => new Date(), engineVersion: '0.0.0' };
  const request = { incidentId: 'inc-model', description: ask, ...(namespace === undefined ? { allNamespaces: true } : { namespace }) };
  const events: InvestigationEvent[] = [];
  const started = performance.now();
  for await (const event of investigate(request, deps, signal)) events.push(event);
  const last = events.at(-1);
  if (last?.type !== 'report-completed') throw new Error('the investigation ended without a report');
  return { report: reportSchema.parse(last.report), events, ms: performance.now() - started };
}
