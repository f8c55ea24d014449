import type { ChatReply, ChatRequest, ToolCall } from '../chat.ts';
import { promptTokens, tokensOf } from '../tokens.ts';
import { newCallId } from './call-id.ts';
import { callsInText } from './calls-in-text.ts';
import type { RawReply } from './read-reply.ts';
import { withoutThinking } from './thinking.ts';
import { ANSWER_TOOL } from './wire-body.ts';

/** Fewer than this part of what was sent counted by the server: the rest was cut off. */
const COUNTED_LITTLE = 0.5;
const WORTH_COMPARING = 2_000;

/** Makes sense of an answer. Whether there are calls is seen by the calls themselves: what the server says it finished for is often wrong. */
export function replyOf(raw: RawReply, request: ChatRequest, contextTokens: number | undefined): ChatReply {
  const plain = withoutThinking(raw.text);
  const answer = request.tools === undefined ? raw.calls.find(({ name }) => name === ANSWER_TOOL) : undefined;
  const { text, calls } = answer === undefined ? withCallsInText(plain, raw.calls, request) : { text: answer.arguments, calls: [] };
  const sent = promptTokens(request);
  return {
    text,
    toolCalls: calls,
    ...(raw.reasoning === '' ? {} : { reasoning: raw.reasoning }),
    usage:
      raw.usage === undefined ? { input: sent, output: tokensOf(raw.text + JSON.stringify(raw.calls)), estimated: true } : { ...raw.usage, estimated: false },
    cut: raw.finish === 'length',
    warnings: [...(raw.finish === 'length' ? ['its answer was cut at the limit of tokens'] : []), ...truncation(sent, raw, request, contextTokens)],
  };
}

function withCallsInText(plain: string, calls: readonly ToolCall[], { tools = [] }: ChatRequest): { text: string; calls: readonly ToolCall[] } {
  if (calls.length > 0 || tools.length === 0) return { text: plain, calls };
  const written = callsInText(plain, new Set(tools.map(({ name }) => name)));
  return { text: written.rest, calls: written.calls.map((call) => ({ id: newCallId(), ...call })) };
}

/** Servers with a small window cut the prompt at its beginning and say nothing. */
function truncation(sent: number, { usage }: RawReply, { maxTokens = 0 }: ChatRequest, contextTokens: number | undefined): string[] {
  if (contextTokens !== undefined && sent + maxTokens > contextTokens)
    return [`the prompt of about ${sent} tokens does not fit its window of ${contextTokens}: its beginning may have been cut off`];
  if (usage !== undefined && sent > WORTH_COMPARING && usage.input < sent * COUNTED_LITTLE)
    return [`it read ${usage.input} tokens where about ${sent} were sent: the prompt was cut off`];
  return [];
}
