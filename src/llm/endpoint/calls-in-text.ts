import { jsonIn } from './json-in-text.ts';

interface WrittenCall {
  readonly name: string;
  readonly arguments: string;
}

/** Tags in which models write a call when their server does not lift it out of the text. */
const TAGGED = /<(tool_call|function_call|toolcall)>\s*([\s\S]*?)\s*(?:<\/\1>|$)/g;
const MISTRAL = /\[TOOL_CALLS\]\s*(\[[\s\S]*\]|\w[\w.-]*\s*\{[\s\S]*\})/;
const LLAMA = /<function=([\w.-]+)>\s*([\s\S]*?)\s*<\/function>/g;

/** Calls that a model wrote as text, for names that were offered and no others; and the text without them. */
export function callsInText(text: string, offered: ReadonlySet<string>): { calls: readonly WrittenCall[]; rest: string } {
  for (const [pattern, read] of READERS) {
    const calls = [...text.matchAll(pattern)].flatMap((match) => read(match)).filter(({ name }) => offered.has(name));
    if (calls.length > 0) return { calls, rest: text.replace(pattern, '').trim() };
  }
  const found = jsonIn(text);
  const calls = (found === undefined ? [] : callsOf(found.value)).filter(({ name }) => offered.has(name));
  return calls.length > 0 && found !== undefined
    ? { calls, rest: `${text.slice(0, found.from)}${text.slice(found.to)}`.replace(/```(?:json)?\s*```/g, '').trim() }
    : { calls: [], rest: text };
}

const READERS: readonly (readonly [RegExp, (match: RegExpMatchArray) => WrittenCall[]])[] = [
  [TAGGED, (match) => callsOf(jsonIn(match[2] ?? '')?.value)],
  [LLAMA, (match) => [{ name: match[1] ?? '', arguments: jsonTextIn(match[2] ?? '') }]],
  [new RegExp(MISTRAL, 'g'), (match) => mistral(match[1] ?? '')],
];

function mistral(written: string): WrittenCall[] {
  const named = /^(\w[\w.-]*)\s*(\{[\s\S]*\})$/.exec(written);
  return named === null ? callsOf(jsonIn(written)?.value) : [{ name: named[1] ?? '', arguments: jsonTextIn(named[2] ?? '') }];
}

function jsonTextIn(text: string): string {
  return JSON.stringify(jsonIn(text)?.value ?? {});
}

/** `{"tool": …}`, `{"name": …, "arguments": …}`, `{"function": {"name": …}}`, and lists of these. */
function callsOf(value: unknown): WrittenCall[] {
  if (Array.isArray(value)) return value.flatMap(callsOf);
  if (typeof value !== 'object' || value === null) return [];
  const { tool, name, function: inner, arguments: given, parameters, args } = value as Record<string, unknown>;
  if (typeof inner === 'object' && inner !== null) return callsOf(inner);
  const called = [tool, name, inner].find((each) => typeof each === 'string');
  if (typeof called !== 'string') return [];
  const passed = given ?? parameters ?? args ?? {};
  return [{ name: called, arguments: typeof passed === 'string' ? passed : JSON.stringify(passed) }];
}
