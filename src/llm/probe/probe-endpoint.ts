import { z } from 'zod';
import { asCoded } from '../../errors/coded-error.ts';
import type { ToolOffer } from '../chat.ts';
import type { OpenAiEndpoint } from '../endpoint/openai-endpoint.ts';
import { askFor } from '../structured.ts';
import type { ProbeFindings } from './findings.ts';
import { contextIn, type ModelList, readModels } from './read-models.ts';

export interface ProbeOptions {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly contextSetting: number | undefined;
  readonly now: Date;
}

const CLOCK: ToolOffer = {
  name: 'read_clock',
  description: 'Tells the time in a city.',
  parameters: { type: 'object', properties: { city: { type: 'string', description: 'name of the city' } }, required: ['city'], additionalProperties: false },
};
const colour = z.object({ colour: z.string() });

/** Asks an endpoint a few small questions. Nothing is thrown but the reason of `signal`: what does not work is a finding. */
export async function probeEndpoint(endpoint: OpenAiEndpoint, options: ProbeOptions, signal: AbortSignal): Promise<ProbeFindings> {
  const { contextSetting } = options;
  const listed = await readModels(options, signal);
  const problem = await problemOf(
    () => endpoint.chat({ messages: [{ role: 'user', content: 'Answer with the word: ready' }], maxTokens: 500 }, signal),
    signal,
  );
  const tools = problem === null ? await toolsOf(endpoint, signal) : 'none';
  const structured = problem === null ? await structuredOf(endpoint, signal) : 'none';
  const told = contextIn(listed, endpoint.model);
  return {
    probed_at: options.now.toISOString(),
    base_url: options.baseUrl,
    model: endpoint.model,
    models: listed.models.map(({ id }) => id).slice(0, 200),
    chat: problem === null,
    streaming: endpoint.dialect.streams,
    tools,
    tools_flag: endpoint.dialect.tools_flag,
    structured,
    context_tokens: contextSetting ?? told ?? null,
    context_source: contextSetting !== undefined ? 'setting' : told !== undefined ? 'told' : 'assumed',
    problem: problem === null ? null : withNear(problem, listed, endpoint.model),
    dialect: endpoint.dialect,
  };
}

async function problemOf(work: () => Promise<unknown>, signal: AbortSignal): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    signal.throwIfAborted();
    return asCoded(error).message;
  }
}

async function toolsOf(endpoint: OpenAiEndpoint, signal: AbortSignal): Promise<ProbeFindings['tools']> {
  let called = false;
  await problemOf(async () => {
    const { toolCalls } = await endpoint.chat(
      { messages: [{ role: 'user', content: 'What time is it in Oslo? Use the tool.' }], tools: [CLOCK], maxTokens: 1_000 },
      signal,
    );
    called = toolCalls.some(({ name }) => name === CLOCK.name);
  }, signal);
  if (!called) return 'none';
  return endpoint.dialect.tools ? 'native' : 'in-text';
}

async function structuredOf(endpoint: OpenAiEndpoint, signal: AbortSignal): Promise<ProbeFindings['structured']> {
  const messages = [{ role: 'user' as const, content: 'Name the colour of clear sky at noon, as JSON: {"colour": "…"}' }];
  const problem = await problemOf(() => askFor(endpoint, { name: 'colour', schema: colour, messages, maxTokens: 1_000 }, signal), signal);
  if (problem !== null) return 'none';
  const { structured, tools } = endpoint.dialect;
  return structured === 'tool' && !tools ? 'text' : structured;
}

function withNear(problem: string, { models }: ModelList, model: string): string {
  const ids = models.map(({ id }) => id);
  return ids.length === 0 || ids.includes(model) ? problem : `${problem} It offers ${ids.slice(0, 5).join(', ')}.`;
}
