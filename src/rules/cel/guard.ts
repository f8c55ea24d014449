import type { ASTNode } from '@marcbachmann/cel-js';
import { valueAt } from '../value-at.ts';
import { conjunctsOf } from './rewrite.ts';

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';
type Literal = string | number | boolean | null;

/**
 * What must hold before a condition can: it spares most facts the full evaluation of most rules. Plain data, so that the
 * build can write it down and a run need not parse the conditions that it rules out.
 */
export type Guard =
  | { readonly all: readonly Guard[] }
  | { readonly any: readonly Guard[] }
  | { readonly path: readonly string[]; readonly in: readonly Literal[] }
  | { readonly path: readonly string[]; readonly op: Comparison; readonly literal: Literal };

/** The guard of a condition: those of its conjuncts that compare one path of the document with literals. */
export function guardOf(ast: ASTNode): Guard | undefined {
  const all = conjunctsOf(ast)
    .map(guardOfConjunct)
    .filter((guard) => guard !== undefined);
  return all.length === 0 ? undefined : { all };
}

/** False only where the condition is certainly not met. */
export type GuardTest = (doc: Readonly<Record<string, unknown>>) => boolean;

/** The guard as one function: it is asked of every fact that its rule may be about. */
export function testOf(guard: Guard): GuardTest {
  if ('all' in guard) {
    const parts = guard.all.map(testOf);
    const [first, second] = parts;
    if (first === undefined) return () => true;
    if (second === undefined) return first;
    if (parts.length === 2) return (doc) => first(doc) && second(doc);
    return (doc) => parts.every((part) => part(doc));
  }
  if ('any' in guard) {
    const parts = guard.any.map(testOf);
    return (doc) => parts.some((part) => part(doc));
  }
  const { path } = guard;
  const [root = ''] = path;
  const holds = literalTest(guard);
  // A root that the document lacks is the name of a match: nothing is known of it yet.
  if (path.length === 1) return (doc) => !Object.hasOwn(doc, root) || holds(doc[root]);
  return (doc) => !Object.hasOwn(doc, root) || holds(valueAt(doc, path));
}

function literalTest(guard: Exclude<Guard, { all: unknown } | { any: unknown }>): (value: unknown) => boolean {
  if (!('in' in guard)) {
    const { literal } = guard;
    const test = TESTS[guard.op];
    return (value) => test(value, literal);
  }
  const [only] = guard.in;
  if (guard.in.length === 1) return (value) => value === only;
  return (value) => guard.in.some((literal) => literal === value);
}

function guardOfConjunct(node: ASTNode): Guard | undefined {
  if (node.op === '||') {
    const sides = node.args.map((side) => guardOf(side)).filter((side) => side !== undefined);
    return sides.length === 2 ? { any: sides } : undefined;
  }
  const path = pathOf(node);
  if (path !== undefined) return { path, in: [true] };
  if (node.op === '!_') return negation(node.args);
  if (node.op === 'in') return membership(node.args);
  if (!isComparison(node.op)) return undefined;
  const [left, right] = node.args as [ASTNode, ASTNode];
  const [subject, literal] = [pathOf(left), literalOf(right)];
  return subject === undefined || literal === undefined ? undefined : { path: subject, op: node.op, literal: literal.value };
}

function negation(node: ASTNode): Guard | undefined {
  const path = pathOf(node);
  return path && { path, in: [false] };
}

function membership([left, right]: readonly ASTNode[]): Guard | undefined {
  const path = left && pathOf(left);
  if (path === undefined || right?.op !== 'list') return undefined;
  const literals = right.args.map(literalOf).filter((literal) => literal !== undefined);
  return literals.length === right.args.length ? { path, in: literals.map(({ value }) => value) } : undefined;
}

type Test = (value: unknown, literal: Literal) => boolean;
/** What is not known has no order; of other types the condition itself may judge. */
const ordered =
  (compare: (value: number, literal: number) => boolean): Test =>
  (value, literal) =>
    typeof value === 'number' && typeof literal === 'number' ? compare(value, literal) : (value ?? null) !== null;
const TESTS: Readonly<Record<Comparison, Test>> = {
  '==': (value, literal) => value === literal,
  // undefined: there is no such key, and then nothing is met.
  '!=': (value, literal) => value !== undefined && value !== literal,
  '<': ordered((value, literal) => value < literal),
  '<=': ordered((value, literal) => value <= literal),
  '>': ordered((value, literal) => value > literal),
  '>=': ordered((value, literal) => value >= literal),
};

function isComparison(op: string): op is Comparison {
  return Object.hasOwn(TESTS, op);
}

/** The path that an expression reads; undefined where it is more than that. */
export function pathOf(node: ASTNode): readonly string[] | undefined {
  if (node.op === 'id') return [node.args];
  if (node.op !== '.') return undefined;
  const above = pathOf(node.args[0]);
  return above && [...above, node.args[1]];
}

/** The value of a literal; undefined for anything else. */
export function literalOf(node: ASTNode): { readonly value: Literal } | undefined {
  if (node.op !== 'value') return undefined;
  const value: unknown = node.args;
  if (typeof value === 'bigint') return { value: Number(value) };
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? { value } : undefined;
}
