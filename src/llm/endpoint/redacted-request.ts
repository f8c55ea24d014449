import type { Redactor } from '../../redact/redactor.ts';
import type { ChatMessage, ChatRequest } from '../chat.ts';

/** What may leave: every word of a request through the redactor. The last thing that happens to it before it is sent, or shown by --show-prompt. */
export function redactedRequest({ messages, tools, ...rest }: ChatRequest, { text, object }: Redactor): ChatRequest {
  const clean = (message: ChatMessage): ChatMessage => {
    if (message.role !== 'assistant') return { ...message, content: text(message.content) };
    const { toolCalls, reasoning, content } = message;
    return {
      role: 'assistant',
      content: text(content),
      ...(toolCalls === undefined ? {} : { toolCalls: toolCalls.map((call) => ({ ...call, arguments: text(call.arguments) })) }),
      ...(reasoning === undefined ? {} : { reasoning: text(reasoning) }),
    };
  };
  return {
    ...rest,
    messages: messages.map(clean),
    ...(tools === undefined ? {} : { tools: object(tools.map((tool) => ({ ...tool, description: text(tool.description) }))) }),
  };
}
