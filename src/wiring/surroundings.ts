import type { z } from 'zod';
import type { Settings } from '../config/settings.ts';
import { reasonOf } from '../net/reason-of.ts';
import { serverUrlProblem } from '../net/server-url.ts';
import type { placeSchema } from '../protocol/reads.ts';
import { createRedactor } from '../redact/redactor.ts';
import type { Look, LookAt } from '../server/surroundings.ts';
import type { ClusterDesk } from '../server/threads/cluster-desk.ts';
import { readsThroughAgents } from './cluster.ts';
import { insecureHostsOf, mcpConfigOf, openMcpOf } from './model.ts';

interface SurroundingsWiring {
  readonly settings: Settings;
  readonly configPath: string | undefined;
  readonly desk: ClusterDesk;
}

/** What a server looks at to say how it is: the cluster or its agent, and the model and the MCP servers where any are set. */
export function surroundingsOf({ settings, configPath, desk }: SurroundingsWiring): Readonly<Record<string, LookAt>> {
  return {
    [readsThroughAgents(settings) ? 'agent' : 'cluster']: (signal) => clusterLook(desk, signal),
    ...(settings.llmBaseUrl === undefined ? {} : { llm: (signal: AbortSignal) => modelLook(settings.llmBaseUrl ?? '', settings, signal) }),
    ...(mcpConfigOf(settings, configPath) === undefined ? {} : { mcp: (signal: AbortSignal) => mcpLook(settings, configPath, signal) }),
  };
}

async function clusterLook(desk: ClusterDesk, signal: AbortSignal): Promise<Look> {
  const { target } = JSON.parse(await desk.ask({ ask: 'place' }, signal)) as z.infer<typeof placeSchema>;
  return { status: 'ok', detail: [target.cluster ?? target.context ?? target.reader, target.server_version].filter((each) => each !== null).join(', ') };
}

/** Whether the endpoint answers; a question to the model would cost tokens. */
async function modelLook(baseUrl: string, settings: Settings, signal: AbortSignal): Promise<Look> {
  const { llmApiKey: key, llmModel: model = '' } = settings;
  const problem = serverUrlProblem(baseUrl, insecureHostsOf(settings));
  if (problem !== undefined) return { status: 'degraded', detail: problem };
  try {
    const answer = await fetch(`${baseUrl.replace(/\/$/, '')}/models`, {
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
      redirect: 'error',
      signal,
    });
    await answer.body?.cancel();
    // An endpoint need not list its models: that it refuses the key, or is broken, is another thing.
    const isBad = answer.status >= 500 || answer.status === 401 || answer.status === 403;
    return isBad ? { status: 'degraded', detail: `${model}: its endpoint answers with ${answer.status}` } : { status: 'ok', detail: model };
  } catch (error) {
    return { status: 'degraded', detail: `${model}: ${reasonOf((error as Error).cause ?? error)}` };
  }
}

async function mcpLook(settings: Settings, configPath: string | undefined, signal: AbortSignal): Promise<Look> {
  await using opened = await openMcpOf({ settings, configPath, redactor: createRedactor() }, signal);
  const { tools = [], problems = [] } = opened ?? {};
  const names = tools.map(({ name }) => name);
  if (problems.length === 0) return { status: 'ok', detail: `${names.length} tools`, tools: names };
  return { status: 'degraded', detail: problems.map(({ server, reason }) => `${server}: ${reason}`).join('; '), tools: names };
}
