import type { ChatRequest } from './chat.ts';

const CHARACTERS_A_TOKEN = 3.6;
/** Roles and separators of one message. */
const A_MESSAGE = 4;

/** About how many tokens a text is; JSON, names and logs take more than prose. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / CHARACTERS_A_TOKEN);
}

/** About how many tokens a request is, tools included. */
export function promptTokens({ messages, tools = [], schema }: ChatRequest): number {
  const said = messages.reduce((sum, message) => sum + A_MESSAGE + tokensOf(textOf(message)), 0);
  return said + (tools.length > 0 ? tokensOf(JSON.stringify(tools)) : 0) + (schema === undefined ? 0 : tokensOf(JSON.stringify(schema)));
}

function textOf(message: ChatRequest['messages'][number]): string {
  const calls = message.role === 'assistant' && message.toolCalls !== undefined ? JSON.stringify(message.toolCalls) : '';
  return message.content + calls;
}
