import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { coded } from '../../errors/coded-error.ts';
import { engineTools } from '../../mcp/engine-tools.ts';
import { buildMcpServer } from '../../mcp/mcp-server.ts';
import { isLoopbackHost, serveMcpHttp } from '../../mcp/serve-http.ts';
import { builtinTools } from '../../tools/builtin-tools.ts';
import { ToolBox } from '../../tools/tool-box.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';
import { openSources } from '../tools/open-sources.ts';

/** An investigation with a model takes its time. */
const LIMIT_MS = 180_000;

/** `mcp`: until stdin ends, or until it is stopped. What is not the protocol goes to stderr. */
export async function serveMcp({ options }: CommandInput, context: CommandContext): Promise<CommandResult> {
  const { output, interrupted, version } = context;
  const { snapshot, listen, tokenFile } = options;
  const http = typeof listen === 'string' ? await httpOptions(listen, tokenFile) : undefined;
  await using reader = await context.openReader({ signal: interrupted, ...(typeof snapshot === 'string' ? { snapshot } : {}) });
  // A session reads anew for each question: a server may run for weeks.
  await using client = await context.openSession({
    keep: true,
    warn: (text) => output.err(`warning ${text}\n`),
    ...(typeof snapshot === 'string' ? { snapshot } : {}),
  });
  const engine = engineTools({ client, namespace: context.settings.namespace, newIncidentId: context.newIncidentId });
  const box = new ToolBox([...engine, ...builtinTools(await openSources(context, reader))], LIMIT_MS);
  const build = (): ReturnType<typeof buildMcpServer> => buildMcpServer(box, version);
  if (http === undefined) {
    const ended = once(process.stdin, 'close');
    const served = serveStdio(build);
    await Promise.race([ended, aborted(interrupted)]);
    await served.close();
  } else {
    await using served = await serveMcpHttp(build, http);
    output.err(`${JSON.stringify({ listening: served.url })}\n`);
    await aborted(interrupted);
  }
  return { kind: 'done', exitCode: 0 };
}

async function httpOptions(listen: string, tokenFile: unknown): Promise<{ host: string; port: number; token: string | undefined }> {
  const parts = /^(.+):(\d{1,5})$/.exec(listen);
  const host = parts?.[1]?.replace(/^\[|\]$/g, '') ?? '';
  const port = Number(parts?.[2] ?? Number.NaN);
  if (parts === null || port > 65_535)
    throw coded('SETTINGS_INVALID', { problems: [`--listen needs an address and a port like 127.0.0.1:8765, not ${JSON.stringify(listen)}`] });
  const token = typeof tokenFile === 'string' ? await readToken(tokenFile) : undefined;
  if (token === undefined && !isLoopbackHost(host)) throw coded('SETTINGS_INVALID', { problems: [`others can reach ${host}: --token-file is needed`] });
  return { host, port, token };
}

async function readToken(path: string): Promise<string> {
  try {
    const token = (await readFile(path, 'utf8')).trim();
    if (token !== '') return token;
  } catch (error) {
    throw coded('FILE_UNREADABLE', { path, reason: (error as Error).message }, { cause: error });
  }
  throw coded('FILE_UNREADABLE', { path, reason: 'it is empty' });
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
