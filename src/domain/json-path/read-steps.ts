import { type Filter, JsonPathProblem, OPERATORS, type Slice, type Step } from './template.ts';

/** What stands between braces: `.items[0].name`, `..id`, `[?(@.rank==1)]`, `"\n"`. */
export function readSteps(text: string): readonly Step[] {
  const steps: Step[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const [step, length] = firstStep(rest, text);
    if (step !== undefined) steps.push(step);
    rest = rest.slice(length).trimStart();
  }
  return steps;
}

/** A name ends where the next step begins; what is escaped does not end it. */
const NAME = /^(?:\\.|[^\s.,[\]$@{}\\])+/;

function firstStep(rest: string, whole: string): [Step | undefined, number] {
  const [first] = rest;
  if (rest.startsWith('..')) return [{ kind: 'deep' }, startsName(rest[2]) ? 1 : 2];
  if (first === '@' || first === '$') return [undefined, 1];
  if (first === '.') return field(rest);
  if (first === '[') return brackets(rest);
  if (first === '"' || first === "'") return quoted(rest, first);
  const number = /^[-+]?\d+(?:\.\d+)?/.exec(rest)?.[0];
  if (number !== undefined) return [{ kind: 'literal', value: Number(number) }, number.length];
  const word = /^\w+/.exec(rest)?.[0];
  if (word === 'true' || word === 'false') return [{ kind: 'literal', value: word === 'true' }, word.length];
  throw new JsonPathProblem(`{${whole}}: ${word === undefined ? first : word} is not understood${word === undefined ? '' : `; a field is written .${word}`}`);
}

/** `..name` is all of them by their name: the second dot begins it. */
function startsName(character: string | undefined): boolean {
  return character !== undefined && character !== '[' && character !== ' ';
}

function field(rest: string): [Step | undefined, number] {
  const name = NAME.exec(rest.slice(1))?.[0];
  // A dot alone is the value itself.
  if (name === undefined) return [undefined, 1];
  return [name === '*' ? { kind: 'all' } : { kind: 'field', name: name.replace(/\\(.)/g, '$1') }, 1 + name.length];
}

function quoted(rest: string, quote: string): [Step, number] {
  const end = endOf(rest, quote);
  const inside = rest.slice(1, end);
  const value = inside.replace(/\\(.)/gs, (_, character: string) => ({ n: '\n', t: '\t', r: '\r' })[character] ?? character);
  return [{ kind: 'literal', value }, end + 1];
}

function endOf(text: string, quote: string): number {
  for (let at = 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote) return at;
  }
  throw new JsonPathProblem(`${text} is not closed: ${quote} is missing`);
}

function brackets(rest: string): [Step, number] {
  const end = closing(rest);
  const inside = rest.slice(1, end).trim();
  if (inside.startsWith('?')) return [filter(inside), end + 1];
  const of = split(inside).map(oneOf);
  const [only] = of;
  return [of.length === 1 && only !== undefined ? only : { kind: 'union', of }, end + 1];
}

/** The bracket that closes the first. */
function closing(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"' || character === "'") at += endOf(text.slice(at), character);
    else if (character === '[') depth += 1;
    else if (character === ']' && --depth === 0) return at;
  }
  throw new JsonPathProblem(`${text} is not closed: ] is missing`);
}

/** At the commas that stand in no quotes. */
function split(inside: string): string[] {
  return inside.match(/(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[^,])+/g)?.map((part) => part.trim()) ?? [''];
}

const SLICE = /^(-?\d*)(?::(-?\d*))?(?::(-?\d*))?$/;

function oneOf(inside: string): Step {
  const name = /^(['"])(.*)\1$/s.exec(inside)?.[2];
  if (name !== undefined) return { kind: 'field', name: name.replace(/\\(.)/g, '$1') };
  if (inside === '*') return { kind: 'slice', from: undefined, to: undefined, by: undefined };
  const [, from = '', to, by] = SLICE.exec(inside) ?? [];
  if (inside === '' || !SLICE.test(inside)) throw new JsonPathProblem(`[${inside}] is not understood; it is written [0], [-1], [0:3], [*] or ['name']`);
  const number = (text: string | undefined): number | undefined => (text === undefined || text === '' ? undefined : Number(text));
  const slice: Slice = { kind: 'slice', from: number(from), to: to === undefined ? null : number(to), by: number(by) };
  if (slice.by !== undefined && slice.by < 1) throw new JsonPathProblem(`[${inside}]: a step of 1 or more is needed`);
  return slice;
}

function filter(inside: string): Filter {
  const condition = /^\?\((.*)\)$/s.exec(inside)?.[1]?.trim();
  if (condition === undefined || condition === '') throw new JsonPathProblem(`[${inside}] is not understood; a filter is written [?(@.rank==1)]`);
  const bare = condition.replace(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/g, (text) => ' '.repeat(text.length));
  if (/&&|\|\||=~/.test(bare))
    throw new JsonPathProblem(`[${inside}]: kubectl's JSONPath has no &&, || and =~; put one filter behind the other, or use -o json with jq`);
  const operator = OPERATORS.find((each) => bare.includes(each));
  if (operator === undefined) return { kind: 'filter', left: readSteps(condition), test: undefined };
  const at = bare.indexOf(operator);
  return { kind: 'filter', left: readSteps(condition.slice(0, at)), test: { operator, right: readSteps(condition.slice(at + operator.length)) } };
}
