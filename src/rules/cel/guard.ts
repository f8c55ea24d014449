import type { ASTNode } from '@marcbachmann/cel-js';
import { valueAt } from '../value-at.ts';
import { conjunctsOf } from './rewrite.ts';

/** False only where the condition is certainly not met. It spares most facts the full evaluation of most rules. */
export type Guard = (doc: Readonly<Record<string, unknown>>) => boolean;

/** The guard of a condition: those of its conjuncts that compare one path of the document with literals. */
export function guardOf(ast: ASTNode): Guard | undefined {
  const guards = conjunctsOf(ast)
    .map(guardOfConjunct)
    .filter((guard) => guard !== undefined);
  if (guards.length === 0) return undefined;
  return (doc) => guards.every((guard) => guard(doc));
}

function guardOfConjunct(node: ASTNode): Guard | undefined {
  if (node.op === '||') {
    const sides = node.args.map((side) => guardOf(side));
    const [left, right] = sides;
    return left && right ? (doc) => left(doc) || right(doc) : undefined;
  }
  const path = pathOf(node);
  if (path !== undefined) return known(path, (value) => value === true);
  if (node.op === '!_') return negation(node.args);
  if (node.op === 'in') return membership(node.args);
  const test = TESTS[node.op];
  if (test === undefined) return undefined;
  const [left, right] = node.args as [ASTNode, ASTNode];
  const [subject, literal] = [pathOf(left), literalOf(right)];
  return subject === undefined || literal === undefined ? undefined : known(subject, (value) => test(value, literal.value));
}

function negation(node: ASTNode): Guard | undefined {
  const path = pathOf(node);
  return path === undefined ? undefined : known(path, (value) => value === false);
}

function membership([left, right]: readonly ASTNode[]): Guard | undefined {
  const path = left && pathOf(left);
  if (path === undefined || right?.op !== 'list') return undefined;
  const literals = right.args.map(literalOf);
  if (literals.some((literal) => literal === undefined)) return undefined;
  return known(path, (value) => literals.some((literal) => literal?.value === value));
}

type Test = (value: unknown, literal: unknown) => boolean;
/** What is not known has no order; of other types the condition itself may judge. */
const ordered =
  (compare: (value: number, literal: number) => boolean): Test =>
  (value, literal) =>
    typeof value === 'number' && typeof literal === 'number' ? compare(value, literal) : (value ?? null) !== null;
const TESTS: Readonly<Record<string, Test>> = {
  '==': (value, literal) => value === literal,
  // undefined: there is no such key, and then nothing is met.
  '!=': (value, literal) => value !== undefined && value !== literal,
  '<': ordered((value, literal) => value < literal),
  '<=': ordered((value, literal) => value <= literal),
  '>': ordered((value, literal) => value > literal),
  '>=': ordered((value, literal) => value >= literal),
};

/** A root that the document lacks is the name of a match: nothing is known of it yet. */
function known(path: readonly string[], test: (value: unknown) => boolean): Guard {
  const [root = ''] = path;
  return (doc) => !Object.hasOwn(doc, root) || test(valueAt(doc, path));
}

function pathOf(node: ASTNode): readonly string[] | undefined {
  if (node.op === 'id') return [node.args];
  if (node.op !== '.') return undefined;
  const above = pathOf(node.args[0]);
  return above && [...above, node.args[1]];
}

function literalOf(node: ASTNode): { readonly value: unknown } | undefined {
  if (node.op !== 'value') return undefined;
  const value = node.args;
  if (typeof value === 'bigint') return { value: Number(value) };
  return value === null || ['string', 'number', 'boolean'].includes(typeof value) ? { value } : undefined;
}
