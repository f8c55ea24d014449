import type { ChatMessage, ChatRequest, JsonSchema, ToolOffer } from '../chat.ts';
import type { Dialect } from './dialect.ts';
import { toldInText } from './tools-in-text.ts';

type Wire = Readonly<Record<string, unknown>>;

/** The body of a request, as far as it is looked at again. */
export interface WireBody {
  readonly model: string;
  readonly messages: readonly Wire[];
  readonly stream?: boolean;
  readonly stream_options?: Wire;
  readonly tools?: readonly Wire[];
  readonly tool_choice?: unknown;
  readonly parallel_tool_calls?: boolean;
  readonly response_format?: Wire;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly temperature?: number;
}

/** The name of the tool that stands for an answer of a certain shape. */
export const ANSWER_TOOL = 'answer';

/** What is sent for a request in the server's dialect. Pure. An answer's shape and tools are never asked for at once: several servers then drop one of them. */
export function wireBody(model: string, request: ChatRequest, dialect: Dialect): WireBody {
  const spoken = withSchemaInText(dialect.tools ? request : toldInText(request), dialect);
  const { tools, tool_choice: choice } = toolsOf(spoken, dialect);
  const stream = dialect.streams && (tools.length === 0 || dialect.streams_tools);
  const format = tools.length === 0 ? responseFormat(request, dialect) : undefined;
  return {
    model,
    messages: wireMessages(spoken.messages, dialect),
    ...(stream ? { stream: true } : {}),
    ...(stream && dialect.usage_in_stream ? { stream_options: { include_usage: true } } : {}),
    ...(tools.length > 0 ? { tools } : {}),
    ...(choice === undefined ? {} : { tool_choice: choice }),
    ...(tools.length > 0 && choice === undefined && dialect.parallel_tool_calls ? { parallel_tool_calls: true } : {}),
    ...(format === undefined ? {} : { response_format: format }),
    ...(request.maxTokens === undefined ? {} : { [dialect.limit_field]: request.maxTokens }),
    ...(dialect.temperature ? { temperature: 0 } : {}),
  };
}

function toolsOf(request: ChatRequest, dialect: Dialect): { tools: readonly Wire[]; tool_choice?: unknown } {
  const offered = request.tools ?? [];
  if (offered.length > 0) return { tools: offered.map((tool) => wireTool(tool, dialect)) };
  if (request.schema === undefined || dialect.structured !== 'tool' || !dialect.tools) return { tools: [] };
  const answer = wireTool({ name: ANSWER_TOOL, description: 'Give the answer.', parameters: request.schema.schema }, dialect);
  return { tools: [answer], ...(dialect.tool_choice ? { tool_choice: { type: 'function', function: { name: ANSWER_TOOL } } } : {}) };
}

function wireTool({ name, description, parameters }: ToolOffer, { strict_tools: strict }: Dialect): Wire {
  const { properties } = parameters as { properties?: object };
  // An empty object of parameters is refused by some.
  const takesNothing = properties === undefined || Object.keys(properties).length === 0;
  return { type: 'function', function: { name, description, ...(takesNothing ? {} : { parameters }), ...(strict ? { strict: true } : {}) } };
}

function responseFormat({ schema }: ChatRequest, { structured }: Dialect): Wire | undefined {
  if (schema === undefined || structured === 'text' || structured === 'tool') return undefined;
  return { type: 'json_schema', json_schema: { ...schema, ...(structured === 'strict' ? { strict: true } : {}) } };
}

/** At the last step of the ladder the shape is told in words. */
function withSchemaInText(request: ChatRequest, { structured, tools }: Dialect): ChatRequest {
  if (request.schema === undefined || (structured !== 'text' && (structured !== 'tool' || tools))) return request;
  return { ...request, messages: [...request.messages, { role: 'user', content: schemaInWords(request.schema.schema) }] };
}

function schemaInWords(schema: JsonSchema): string {
  return `Answer with one JSON object and nothing else. Its JSON Schema is:\n${JSON.stringify(schema)}`;
}

/** One system message, the first; one result for each call; a reply to every reasoning as the server wants it. */
function wireMessages(messages: readonly ChatMessage[], dialect: Dialect): Wire[] {
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const rest = oneResultEach(messages.filter(({ role }) => role !== 'system'));
  const head: Wire[] = system.length === 0 ? [] : [{ role: 'system', content: system.join('\n\n') }];
  return [...head, ...rest.map((message) => wireMessage(message, dialect))];
}

function wireMessage(message: ChatMessage, { echoes_reasoning: echoes }: Dialect): Wire {
  if (message.role === 'tool') return { role: 'tool', tool_call_id: message.callId, content: message.content };
  if (message.role !== 'assistant') return { role: message.role, content: message.content };
  const calls = message.toolCalls ?? [];
  return {
    role: 'assistant',
    content: message.content,
    ...(calls.length === 0
      ? {}
      : { tool_calls: calls.map(({ id, name, arguments: given, extra }) => ({ ...extra, id, type: 'function', function: { name, arguments: given } })) }),
    ...(echoes && message.reasoning !== undefined ? { reasoning_content: message.reasoning } : {}),
  };
}

/** Right after each call exactly one result: what is missing was cancelled, what answers no call is left out. */
function oneResultEach(messages: readonly ChatMessage[]): ChatMessage[] {
  const results = new Map(messages.flatMap((message) => (message.role === 'tool' ? [[message.callId, message] as const] : [])));
  return messages.flatMap((message): ChatMessage[] => {
    if (message.role === 'tool') return [];
    if (message.role !== 'assistant') return [message];
    return [message, ...(message.toolCalls ?? []).map(({ id, name }) => results.get(id) ?? { role: 'tool' as const, callId: id, name, content: 'cancelled' })];
  });
}
