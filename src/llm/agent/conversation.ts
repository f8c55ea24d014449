import type { ChatMessage, ToolOffer } from '../chat.ts';
import { promptTokens } from '../tokens.ts';

/** Results that stay as they are however long the conversation grows: the last ones. */
const KEPT = 2;

/** A conversation that fits a window: the oldest results shrink to a line that says where their text is. Nothing is lost: `read_more` has it. */
export function fitted(messages: readonly ChatMessage[], tools: readonly ToolOffer[], maxTokens: number): ChatMessage[] {
  const shown = [...messages];
  const results = shown.flatMap((message, index) => (message.role === 'tool' ? [index] : []));
  for (const index of [...results.slice(0, -KEPT), ...results.slice(-KEPT)]) {
    if (promptTokens({ messages: shown, tools }) <= maxTokens) return shown;
    const message = shown[index];
    if (message?.role === 'tool') shown[index] = { ...message, content: shortened(message.content) };
  }
  return shown;
}

/** The ids of the evidence stay, so that it can still be cited. */
function shortened(content: string): string {
  const handle = /^(r\d+):/.exec(content)?.[1];
  const ids = [...new Set(content.match(/\bev-\d+\b/g) ?? [])].slice(0, 10);
  const first = content.split('\n').find((line) => line.trim() !== '' && !line.startsWith('<') && !/^r\d+:$/.test(line)) ?? '';
  return `${handle ?? 'result'}: left out to save space${ids.length === 0 ? '' : `; its evidence: ${ids.join(', ')}`}; it begins: ${first.slice(0, 160)}${handle === undefined ? '' : `; read_more {"result": "${handle}"} shows it`}`;
}
