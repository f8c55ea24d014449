import type { ChatMessage, ChatRequest, ToolOffer } from '../chat.ts';

/** The same conversation for a server that knows no tools: they are told in the prompt, calls and results are plain text. */
export function toldInText(request: ChatRequest): ChatRequest {
  const { tools = [], messages, ...rest } = request;
  const spoken = messages.map(asText);
  if (tools.length === 0) return { ...rest, messages: spoken };
  // Where it stands does not matter: all system messages become one, the first.
  return { ...rest, messages: [...spoken, { role: 'system', content: offerInWords(tools) }] };
}

function asText(message: ChatMessage): ChatMessage {
  if (message.role === 'tool') return { role: 'user', content: `Result of ${message.name}:\n${message.content}` };
  if (message.role !== 'assistant' || message.toolCalls === undefined || message.toolCalls.length === 0) return message;
  const calls = message.toolCalls.map(({ name, arguments: given }) => `{"tool": ${JSON.stringify(name)}, "arguments": ${given || '{}'}}`);
  return { role: 'assistant', content: [message.content, ...calls].filter((part) => part !== '').join('\n') };
}

function offerInWords(tools: readonly ToolOffer[]): string {
  const lines = tools.map(({ name, description, parameters }) => `- ${name}: ${description} Arguments: ${argumentsInWords(parameters)}`);
  return [
    'You can use tools. To use one, answer with nothing but one JSON object: {"tool": "NAME", "arguments": {…}}',
    'The result comes in the next message. When you need no tool, answer in words. The tools:',
    ...lines,
  ].join('\n');
}

/** Small models read a line better than a schema. */
function argumentsInWords(parameters: ToolOffer['parameters']): string {
  const { properties = {}, required = [] } = parameters as {
    properties?: Record<string, { type?: unknown; description?: string }>;
    required?: readonly string[];
  };
  const parts = Object.entries(properties).map(([name, { type, description }]) => {
    const about = [
      typeof type === 'string' ? type : 'any',
      ...(required.includes(name) ? ['required'] : []),
      ...(description === undefined ? [] : [description]),
    ];
    return `${name} (${about.join(', ')})`;
  });
  return parts.length === 0 ? 'none' : parts.join('; ');
}
