import type { ClusterReader } from '../../cluster/reader.ts';
import { nearNames } from '../../domain/near-names.ts';
import { coded } from '../../errors/coded-error.ts';
import { EXIT } from '../../errors/row.ts';
import { createRedactor } from '../../redact/redactor.ts';
import { builtinTools } from '../../tools/builtin-tools.ts';
import type { McpTools } from '../../tools/mcp/open-mcp-tools.ts';
import type { ToolSources } from '../../tools/sources.ts';
import { ToolBox } from '../../tools/tool-box.ts';
import { asksForData } from '../asks-for-data.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';
import { openSources } from './open-sources.ts';

/** `tools list`: needs no cluster. What an MCP server does not answer is told, and costs only its own tools. */
export async function listTools(_input: CommandInput, context: CommandContext): Promise<CommandResult> {
  await using mcp = await context.openMcp(createRedactor(), context.interrupted);
  const tools = [...builtinTools(await unread(context)), ...(mcp?.tools ?? [])];
  tellProblems(mcp, context);
  tellRefused(mcp, context);
  if (asksForData(context.settings))
    return {
      kind: 'json',
      value: {
        tools: tools.map(({ name, source, description, parameters }) => ({ name, source, description, parameters })),
        refused: mcp?.refused ?? [],
        problems: mcp?.problems ?? [],
      },
    };
  return {
    kind: 'table',
    columns: ['tool', 'source', 'description'],
    // Servers of others write essays; the whole of it is in the JSON.
    rows: tools.map(({ name, source, description }) => [name, source, firstSentence(description)]),
    whenEmpty: '',
  };
}

/** `tools call`: the answer as a model would get it, without ids of evidence. */
export async function callTool(input: CommandInput, context: CommandContext): Promise<CommandResult> {
  const [name = '', given = '{}'] = input.arguments;
  const { snapshot } = input.options;
  await using reader = await context.openReader({ signal: context.interrupted, ...(typeof snapshot === 'string' ? { snapshot } : {}) });
  await using mcp = await context.openMcp(createRedactor(), context.interrupted);
  tellProblems(mcp, context);
  const box = new ToolBox([...builtinTools(await openSources(context, reader)), ...(mcp?.tools ?? [])]);
  const names = box.tools.map((tool) => tool.name);
  if (!names.includes(name)) throw coded('TOOL_UNKNOWN', { name, near: nearNames(name, names) });
  const { pieces, note } = await box.call(name, parsed(given), context.interrupted);
  const exitCode = pieces.length === 0 ? EXIT.error : EXIT.ok;
  if (asksForData(context.settings)) return { kind: 'json', value: { pieces, note }, exitCode };
  return { kind: 'text', text: [...pieces.map(({ excerpt }) => excerpt), ...(note === null ? [] : [`note: ${note}`])].join('\n'), exitCode };
}

function parsed(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch (error) {
    throw coded('ARGUMENTS_INVALID', { problem: `the arguments of a tool are a JSON object: ${(error as Error).message}` }, { cause: error });
  }
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
}

function tellProblems(mcp: McpTools | undefined, { output }: CommandContext): void {
  for (const { server, reason } of mcp?.problems ?? []) output.err(`note: the MCP server ${server} does not answer: ${reason}\n`);
}

function tellRefused(mcp: McpTools | undefined, { output }: CommandContext): void {
  for (const [server, refused] of Map.groupBy(mcp?.refused ?? [], (one) => one.server)) {
    const names = refused.map(({ tool }) => tool).join(', ');
    output.err(`note: tools of ${server} that may write are refused: ${names}; allow_writes in mcp_config.yaml would allow them\n`);
  }
}

/** Sources that only tell which tools there are. */
async function unread(context: CommandContext): Promise<ToolSources> {
  const never = (): never => {
    throw coded('UNEXPECTED', { reason: 'a tool was asked while it was only listed' });
  };
  const [knowledge, rules, telemetry, runbooks] = await Promise.all([
    context.openKnowledge(),
    context.openRules(),
    context.openTelemetry(),
    context.openRunbooks(),
  ]);
  return {
    reader: undefined as unknown as ClusterReader,
    knowledge,
    rules,
    namespace: undefined,
    redactor: createRedactor(),
    metrics: telemetry?.metrics,
    runbooks,
    inventory: never,
    graph: never,
  };
}
