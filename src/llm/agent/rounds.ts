import type { Matter } from '../analyst.ts';
import type { Budget } from '../budget.ts';
import type { ChatEndpoint, ChatMessage, ChatReply, ChatRequest, ToolCall, ToolOffer } from '../chat.ts';
import { jsonIn } from '../endpoint/json-in-text.ts';
import { fitted } from './conversation.ts';
import { READ_MORE, type Results } from './results.ts';

export interface RoundsInput {
  readonly endpoint: ChatEndpoint;
  readonly matter: Matter;
  readonly budget: Budget;
  readonly results: Results;
  /** Grows while it goes on: what was said is not lost when it breaks. */
  readonly messages: ChatMessage[];
  /** Tokens of a prompt at most. */
  readonly maxPrompt: number;
  readonly maxAnswer: number;
  readonly onReply: (reply: ChatReply, ms: number) => void;
}

export interface RoundsEnd {
  /** What the model said when it asked for nothing more. */
  readonly lastText: string;
  /** The limit that ended it; null when the model was done. */
  readonly stoppedBy: string | null;
}

export interface RoundStep {
  readonly text: string;
  readonly ms: number;
}

const MAX_AT_ONCE = 8;
/** So often the same question may be asked before the model is asked for its answer. */
const MAX_REPEATS = 3;

/** What is sent for a round; also what --show-prompt shows. */
export function roundRequest({ matter, messages, maxPrompt, maxAnswer }: Pick<RoundsInput, 'matter' | 'messages' | 'maxPrompt' | 'maxAnswer'>): ChatRequest {
  const tools: ToolOffer[] = [...matter.tools.tools.map(({ name, description, parameters }) => ({ name, description, parameters })), READ_MORE];
  return { messages: fitted(messages, tools, maxPrompt), tools, maxTokens: maxAnswer };
}

/** Rounds of asking and answering, until the model asks for nothing, repeats itself, or has spent its budget. */
export async function* rounds(input: RoundsInput, signal: AbortSignal): AsyncGenerator<RoundStep, RoundsEnd> {
  const { endpoint, budget, messages, onReply } = input;
  const asked = new Map<string, number>();
  for (;;) {
    const spent = budget.spentBy();
    if (spent !== undefined) return { lastText: '', stoppedBy: spent };
    budget.countStep();
    const started = performance.now();
    const limited = AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, Math.round(budget.leftForRoundsMs)))]);
    let reply: ChatReply;
    try {
      reply = await endpoint.chat(roundRequest(input), limited);
    } catch (error) {
      signal.throwIfAborted();
      // What the time for rounds cut off may still be answered in the time for the answer.
      if (limited.aborted) return { lastText: '', stoppedBy: `${Math.round(budget.limits.milliseconds / 1_000)} s` };
      throw error;
    }
    const ms = performance.now() - started;
    onReply(reply, ms);
    if (reply.toolCalls.length === 0) return { lastText: reply.text, stoppedBy: null };
    messages.push({
      role: 'assistant',
      content: reply.text,
      toolCalls: reply.toolCalls,
      ...(reply.reasoning === undefined ? {} : { reasoning: reply.reasoning }),
    });
    const repeats = await answerCalls(reply.toolCalls, input, asked, signal);
    yield {
      text: `${reply.toolCalls.map(callText).join('; ')} (${budget.spentInWords()})`,
      ms,
    };
    if (repeats >= MAX_REPEATS) return { lastText: '', stoppedBy: 'asking the same again and again' };
  }
}

/** One result for each call, also for those that are not run. Returns how often the most repeated question was asked. */
async function answerCalls(
  calls: readonly ToolCall[],
  { matter, results, messages }: RoundsInput,
  asked: Map<string, number>,
  signal: AbortSignal,
): Promise<number> {
  const answers = await Promise.all(
    calls.map(async ({ name, arguments: given }, index) => {
      if (index >= MAX_AT_ONCE) return `not run: at most ${MAX_AT_ONCE} at once`;
      const value = argumentsIn(given);
      if (value === undefined) return 'not run: its arguments are no JSON object';
      const key = `${name} ${JSON.stringify(value)}`;
      const times = (asked.get(key) ?? 0) + 1;
      asked.set(key, times);
      if (times > 1) return 'you have asked that before: its result stands above. Ask for something else, or give the final answer';
      if (name === READ_MORE.name) return results.more(value);
      return results.add(await matter.tools.call(name, value, signal), matter);
    }),
  );
  for (const [index, call] of calls.entries()) messages.push({ role: 'tool', callId: call.id, name: call.name, content: answers[index] ?? 'cancelled' });
  return Math.max(...asked.values(), 0);
}

function argumentsIn(text: string): object | undefined {
  if (text.trim() === '') return {};
  const value = jsonIn(text)?.value;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

function callText({ name, arguments: given }: ToolCall): string {
  const values = Object.values(argumentsIn(given) ?? {}).map(String);
  return `${name} ${values.join(' ')}`.slice(0, 100).trim();
}
