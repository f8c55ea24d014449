import { objectRef } from '../../domain/object-ref.ts';
import { orAborted } from '../../net/or-aborted.ts';
import { reasonOf } from '../../net/reason-of.ts';
import type { Redactor } from '../../redact/redactor.ts';
import { inPieces } from '../pieces.ts';
import { nothing, type Tool } from '../tool.ts';
import type { McpConfig, McpServerConfig } from './mcp-config.ts';
import { McpConnection } from './mcp-connection.ts';
import { isNamed, mayWrite, type RemoteTool } from './writes.ts';

/** Tools of all servers that answered; what did not work is told and costs only itself. */
export interface McpTools extends AsyncDisposable {
  readonly tools: readonly Tool[];
  readonly problems: readonly { readonly server: string; readonly reason: string }[];
  /** Tools that may write and were not allowed by name. */
  readonly refused: readonly { readonly server: string; readonly tool: string }[];
  /** Servers that tell of all namespaces, and were not asked for somebody who may see some. */
  readonly withheld: readonly string[];
}

const MAX_DESCRIPTION = 400;
const MAX_BYTES = 64 * 1024;

/** `within`: whoever asks may see these namespaces; undefined: all. */
export async function openMcpTools(config: McpConfig, redactor: Redactor, signal: AbortSignal, within?: readonly string[]): Promise<McpTools> {
  const enabled = Object.entries(config.servers).filter(([, own]) => own.enabled);
  const servers = enabled.filter(([, own]) => within === undefined || own.every_key);
  const connections: McpConnection[] = [];
  const problems: { server: string; reason: string }[] = [];
  const refused: { server: string; tool: string }[] = [];
  const found = await Promise.all(
    servers.map(async ([server, own]) => {
      const connection = new McpConnection(server, own);
      connections.push(connection);
      try {
        const limited = AbortSignal.any([signal, AbortSignal.timeout(connection.timeoutMs)]);
        return offered(await orAborted(connection.tools(limited), limited), own, (tool) => refused.push({ server, tool })).map((remote) =>
          toolOf(remote, connection, redactor),
        );
      } catch (error) {
        signal.throwIfAborted();
        problems.push({ server, reason: redactor.text(reasonOf(deepest(error))) });
        return [];
      }
    }),
  );
  return {
    tools: found.flat(),
    problems,
    refused,
    withheld: enabled.filter((each) => !servers.includes(each)).map(([server]) => server),
    async [Symbol.asyncDispose]() {
      await Promise.all(connections.map((connection) => connection[Symbol.asyncDispose]()));
    },
  };
}

/** "fetch failed" says nothing; what the socket said stands below it. */
function deepest(error: unknown): unknown {
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error ? deepest(cause) : error;
}

function offered(remote: readonly RemoteTool[], { tools, allow_writes: allowed }: McpServerConfig, onRefused: (tool: string) => void): readonly RemoteTool[] {
  return remote.filter((tool) => {
    if (!isNamed(tools, tool.name)) return false;
    const refuses = mayWrite(tool) && !allowed.includes(tool.name);
    if (refuses) onRefused(tool.name);
    return !refuses;
  });
}

/** A remote tool among ours: `server_tool`. What it says of itself and what it answers is data that others wrote. */
function toolOf({ name, description = '', inputSchema = {} }: RemoteTool, connection: McpConnection, redactor: Redactor): Tool {
  const { $schema: _, ...parameters } = inputSchema;
  return {
    name: `${connection.name}_${name}`.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64),
    description: `(${connection.name}) ${description.replace(/\s+/g, ' ').slice(0, MAX_DESCRIPTION)}`,
    source: 'mcp',
    limitMs: connection.timeoutMs,
    parameters: { type: 'object', properties: {}, ...parameters },
    run: async (given, signal) => {
      const { text, isError } = await connection.call(name, (given ?? {}) as Readonly<Record<string, unknown>>, signal);
      // Redacted before it is cut: half of a secret is not recognised. What is cut off first was never to be told.
      const clean = redactor.text(text.slice(0, 2 * MAX_BYTES)).slice(0, MAX_BYTES);
      if (isError) return nothing(`${connection.name} says that it went wrong: ${clean.slice(0, 500)}`);
      if (clean.trim() === '') return nothing(`${connection.name} answered nothing`);
      return inPieces({ source: 'tool', object: objectRef('External', undefined, `${connection.name}/${name}`), field_path: null, excerpt: clean });
    },
  };
}
