import type { ToolCall } from '../chat.ts';
import { newCallId } from './call-id.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a server answered, before it is made sense of. */
export interface RawReply {
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly ToolCall[];
  readonly finish: string | undefined;
  readonly usage: { readonly input: number; readonly output: number } | undefined;
  /** Something of an answer was there at all. */
  readonly answered: boolean;
}

interface OpenCall {
  id: string | undefined;
  index: number | undefined;
  name: string;
  arguments: string;
  extra: Record<string, unknown>;
}

/** Puts an answer together, from pieces or as a whole. Nothing of it is trusted to be there, or to be of its type. */
export class ReplyBuilder {
  #text = '';
  #reasoning = '';
  #finish: string | undefined;
  #usage: RawReply['usage'];
  #answered = false;
  readonly #calls: OpenCall[] = [];

  add(chunk: unknown): void {
    const { choices, usage } = fieldsOf(chunk);
    const counted = usageOf(usage);
    if (counted !== undefined) this.#usage = counted;
    const choice = fieldsOf(Array.isArray(choices) ? choices[0] : undefined);
    const said = fieldsOf(choice['delta'] ?? choice['message']);
    this.#text += textOf(said['content']);
    this.#reasoning += textOf(said['reasoning_content'] ?? said['reasoning']);
    if (typeof choice['finish_reason'] === 'string') this.#finish = choice['finish_reason'];
    const calls = Array.isArray(said['tool_calls']) ? said['tool_calls'] : [];
    for (const [position, call] of calls.entries()) this.#addCall(fieldsOf(call), position, calls.length);
    if (fieldsOf(said['function_call'])['name'] !== undefined) this.#addCall({ function: said['function_call'] }, 0, 1);
    this.#answered ||= this.#text !== '' || this.#reasoning !== '' || this.#calls.length > 0;
  }

  build(): RawReply {
    const taken = new Set<string>();
    const calls = this.#calls
      .filter(({ name }) => name !== '')
      .map(({ id, name, arguments: given, extra }) => {
        const own = id !== undefined && !taken.has(id) ? id : newCallId();
        taken.add(own);
        return { id: own, name, arguments: given.trim() === '' ? '{}' : given, ...(Object.keys(extra).length === 0 ? {} : { extra }) };
      });
    return { text: this.#text, reasoning: this.#reasoning, calls, finish: this.#finish, usage: this.#usage, answered: this.#answered };
  }

  #addCall(piece: Fields, position: number, count: number): void {
    const id = typeof piece['id'] === 'string' && piece['id'] !== '' ? piece['id'] : undefined;
    const index = typeof piece['index'] === 'number' ? piece['index'] : undefined;
    const { name, arguments: given } = fieldsOf(piece['function']);
    const called = typeof name === 'string' ? name : '';
    const call = this.#find({ id, index, called, position, count }) ?? this.#open(id, index);
    call.id ??= id;
    // Some repeat the whole name in every piece.
    if (called !== '' && !call.name.endsWith(called)) call.name += called;
    call.arguments += typeof given === 'string' ? given : given === undefined || given === null ? '' : JSON.stringify(given);
    for (const [key, value] of Object.entries(piece)) if (!['id', 'index', 'type', 'function'].includes(key)) call.extra[key] = value;
  }

  /** By id, by index, by position, in this order: indexes may be missing, or 0 for all. */
  #find({
    id,
    index,
    called,
    position,
    count,
  }: {
    id: string | undefined;
    index: number | undefined;
    called: string;
    position: number;
    count: number;
  }): OpenCall | undefined {
    if (id !== undefined) {
      const known = this.#calls.find((call) => call.id === id);
      if (known !== undefined) return known;
      const waiting = index === undefined ? undefined : this.#calls.findLast((call) => call.index === index);
      return waiting !== undefined && waiting.id === undefined ? waiting : undefined;
    }
    const sameIndex = index === undefined ? undefined : this.#calls.findLast((call) => call.index === index);
    // A second name where one is complete begins another call.
    if (called !== '' && (sameIndex === undefined || isComplete(sameIndex))) return undefined;
    if (sameIndex !== undefined) return sameIndex;
    return count > 1 ? this.#calls[position] : this.#calls.at(-1);
  }

  #open(id: string | undefined, index: number | undefined): OpenCall {
    const call: OpenCall = { id, index, name: '', arguments: '', extra: {} };
    this.#calls.push(call);
    return call;
  }
}

function isComplete({ name, arguments: given }: OpenCall): boolean {
  if (name === '' || given === '') return name !== '' && given !== '';
  try {
    JSON.parse(given);
    return true;
  } catch {
    return false;
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

/** Text, or parts of text. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (typeof part === 'string' ? part : textOf(fieldsOf(part)['text']))).join('');
}

function usageOf(usage: unknown): RawReply['usage'] {
  const { prompt_tokens: input, completion_tokens: output } = fieldsOf(usage);
  return typeof input === 'number' && typeof output === 'number' ? { input, output } : undefined;
}
