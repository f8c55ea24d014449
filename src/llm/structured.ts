import { z } from 'zod';
import { coded } from '../errors/coded-error.ts';
import type { ChatEndpoint, ChatMessage, ChatReply, ChatRequest, JsonSchema } from './chat.ts';
import { jsonIn } from './endpoint/json-in-text.ts';

export interface StructuredQuestion<T> {
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** What is taken for an answer, where that is more than what is asked for. */
  readonly reads?: z.ZodType<T>;
  readonly messages: readonly ChatMessage[];
  readonly maxTokens?: number;
  /** Told of every reply, for what it cost. */
  readonly onReply?: (reply: ChatReply) => void;
}

/** What is sent for a question, the first time; also what --show-prompt shows. */
export function structuredRequest<T>({
  name,
  schema,
  messages,
  maxTokens,
}: StructuredQuestion<T>): ChatRequest & { readonly schema: { readonly schema: JsonSchema } } {
  return { messages, schema: { name, schema: z.toJSONSchema(schema) }, ...(maxTokens === undefined ? {} : { maxTokens }) };
}

/** An answer of a certain shape, by whichever way the endpoint takes, with one repair when it is not of that shape. */
export async function askFor<T>(endpoint: ChatEndpoint, question: StructuredQuestion<T>, signal: AbortSignal): Promise<T> {
  const { schema, reads = schema, messages, onReply } = question;
  const request = structuredRequest(question);
  const first = await endpoint.chat(request, signal);
  onReply?.(first);
  const read = readAnswer(reads, first.text);
  if (read.ok) return read.value;
  const repair: ChatMessage[] = [
    ...messages,
    { role: 'assistant', content: first.text },
    {
      role: 'user',
      content: `That is not the JSON that was asked for: ${read.problem}. Answer again, with one JSON object of this JSON Schema and nothing else:\n${JSON.stringify(request.schema.schema)}`,
    },
  ];
  const second = await endpoint.chat({ ...request, messages: repair }, signal);
  onReply?.(second);
  const again = readAnswer(reads, second.text);
  if (again.ok) return again.value;
  throw coded('LLM_ANSWER_UNUSABLE', { label: endpoint.label, reason: `its JSON is not of the shape that was asked for: ${again.problem}` });
}

/** Reads an answer out of whatever surrounds it. */
export function readAnswer<T>(schema: z.ZodType<T>, text: string): { ok: true; value: T } | { ok: false; problem: string } {
  const found = jsonIn(text);
  if (found === undefined) return { ok: false, problem: 'there is no JSON in it' };
  const parsed = schema.safeParse(found.value);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : {
        ok: false,
        problem: parsed.error.issues
          .slice(0, 3)
          .map(({ path, message }) => `${path.join('.') || 'the answer'}: ${message}`)
          .join('; '),
      };
}
