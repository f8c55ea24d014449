import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { parseDuration } from '../../config/setting.ts';
import { VERSION } from '../../config/version.ts';
import { outgoingHeaders } from '../../trace/correlation.ts';
import type { McpServerConfig } from './mcp-config.ts';
import type { RemoteTool } from './writes.ts';

const MAX_TOOLS = 200;
const MAX_PAGES = 20;

/** One MCP server. It is connected when it is first needed, and again when it was restarted. */
export class McpConnection implements AsyncDisposable {
  readonly name: string;
  readonly #config: McpServerConfig;
  #client: Promise<Client> | undefined;

  constructor(name: string, config: McpServerConfig) {
    this.name = name;
    this.#config = config;
  }

  get timeoutMs(): number {
    return parseDuration(this.#config.timeout) ?? 0;
  }

  async tools(signal: AbortSignal): Promise<readonly RemoteTool[]> {
    return this.#again(async (client) => {
      const found: RemoteTool[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MAX_PAGES && found.length < MAX_TOOLS; page += 1) {
        const { tools, nextCursor } = await client.listTools(cursor === undefined ? {} : { cursor }, { signal, timeout: this.timeoutMs });
        found.push(...(tools as readonly RemoteTool[]));
        if (nextCursor === undefined) break;
        cursor = nextCursor;
      }
      return found.slice(0, MAX_TOOLS);
    }, signal);
  }

  /** What a tool answers, as text. */
  async call(name: string, given: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<{ text: string; isError: boolean }> {
    return this.#again(async (client) => {
      const { content, isError, structuredContent } = await client.callTool({ name, arguments: { ...given } }, { signal, timeout: this.timeoutMs });
      const parts = (content ?? []).map((part) =>
        part.type === 'text' ? part.text : part.type === 'resource' && 'text' in part.resource ? part.resource.text : `(${part.type} is not shown)`,
      );
      const text = parts.length === 0 && structuredContent !== undefined ? JSON.stringify(structuredContent) : parts.join('\n');
      return { text, isError: isError === true };
    }, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // A server that never came up, or is gone, is closed already.
    await client?.then((open) => open.close()).catch(() => {});
  }

  /** Once more over a new connection when the old one was lost; not when the server itself refused, or took too long. */
  async #again<T>(work: (client: Client) => Promise<T>, signal: AbortSignal): Promise<T> {
    const before = this.#client;
    try {
      return await work(await this.#connected(signal));
    } catch (error) {
      signal.throwIfAborted();
      if (before === undefined || !isLost(error)) throw error;
      await this[Symbol.asyncDispose]();
      return work(await this.#connected(signal));
    }
  }

  #connected(signal: AbortSignal): Promise<Client> {
    this.#client ??= this.#connect(signal).catch((error: unknown) => {
      this.#client = undefined;
      throw error;
    });
    return this.#client;
  }

  async #connect(signal: AbortSignal): Promise<Client> {
    const client = new Client({ name: 'sre-orch', version: VERSION });
    client.onclose = () => {
      this.#client = undefined;
    };
    const options = { timeout: this.timeoutMs, signal };
    await client.connect(this.#transport(), options);
    return client;
  }

  #transport(): StdioClientTransport | StreamableHTTPClientTransport {
    const config = this.#config;
    if ('url' in config)
      return new StreamableHTTPClientTransport(new URL(config.url), { fetch: correlatedFetch, requestInit: { headers: config.headers, redirect: 'error' } });
    const { command, args, env, cwd } = config;
    // Of our own environment it gets what every program needs, and no keys.
    return new StdioClientTransport({ command, args, env: { ...getDefaultEnvironment(), ...env }, stderr: 'ignore', ...(cwd === undefined ? {} : { cwd }) });
  }
}

/** Tells which incident it is for; what the settings say of a header stays. */
function correlatedFetch(url: string | URL, init?: RequestInit): Promise<Response> {
  return fetch(url, { ...init, headers: { ...outgoingHeaders(), ...Object.fromEntries(new Headers(init?.headers)) } });
}

/** The connection is gone, or the server does not know our session any more. */
function isLost(error: unknown): boolean {
  const { message = '', code, status } = error as { message?: string; code?: unknown; status?: unknown };
  return status === 404 || code === 404 || /closed|not connected|session|fetch failed|ECONNRE|EPIPE|terminated|404/i.test(`${message} ${String(code)}`);
}
