import * as z from 'zod';
import { asCoded } from '../../errors/coded-error.ts';
import { healthSchema } from '../../protocol/health.ts';
import { route, type ServerParts } from '../route.ts';

const aliveSchema = z.object({ status: z.literal('ok') });

export const getLive = route({
  method: 'GET',
  path: '/livez',
  summary: 'Whether this process answers',
  needs: 'everybody',
  answers: { 200: { what: 'it does', schema: aliveSchema } },
  handle: () => ({ status: 200, body: { status: 'ok' } }),
});

export const getReady = route({
  method: 'GET',
  path: '/readyz',
  summary: 'Whether incidents are accepted; no cluster and no language model is needed for that',
  needs: 'everybody',
  answers: { 200: { what: 'they are', schema: aliveSchema }, 503: { what: 'the store cannot be used, or the server is shutting down' } },
  handle: async (_asked, parts) =>
    parts.leaving.aborted || (await storeTrouble(parts)) !== undefined
      ? { status: 503, body: { status: 'degraded' } }
      : { status: 200, body: { status: 'ok' } },
});

export const getHealth = route({
  method: 'GET',
  path: '/health',
  summary: 'How the server is; what it is made of is told to whoever has signed in',
  needs: 'everybody',
  answers: { 200: { what: '`degraded` where a part does not work', schema: healthSchema } },
  handle: async ({ principal }, parts) => {
    const trouble = await storeTrouble(parts);
    const { surroundings, queue, runner, version } = parts;
    const around = await surroundings.now();
    const isFine = trouble === undefined && Object.values(around).every(({ status }) => status !== 'degraded');
    const status = isFine ? 'ok' : 'degraded';
    if (principal === undefined) return { status: 200, body: { status } };
    const own = trouble === undefined ? 'ok' : 'degraded';
    const waiting = trouble === undefined ? `${await queue.waiting()} waiting, ${runner.running} under way` : trouble;
    const components = {
      store: { status: own, ...(trouble === undefined ? {} : { detail: trouble }) },
      queue: { status: own, detail: waiting },
      ...Object.fromEntries(Object.entries(around).map(([name, { tools: _, ...look }]) => [name, look])),
    };
    return { status: 200, body: { status, components, mcp_tools: Object.values(around).flatMap(({ tools = [] }) => tools), version } };
  },
});

async function storeTrouble({ queue }: ServerParts): Promise<string | undefined> {
  try {
    await queue.waiting();
    return undefined;
  } catch (error) {
    return asCoded(error).code;
  }
}
