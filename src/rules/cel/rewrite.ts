import type { ASTNode } from '@marcbachmann/cel-js';

/**
 * Two built-in functions are replaced by ours, and the library lets nobody override a built-in: `matches` backtracks for
 * seconds on hostile text, `has` fails below null. The new names are as long as the old, so that positions stay.
 */
const REPLACED: Readonly<Record<string, string>> = { matches: 're2find', has: 'got' };

/** The expression with calls of `matches` and `has` renamed; `ast` is its parsed form. */
export function rewriteCalls(expression: string, ast: ASTNode): string {
  let rewritten = expression;
  for (const node of nodesOf(ast)) {
    if (node.op !== 'call' && node.op !== 'rcall') continue;
    const name = node.args[0];
    const replacement = REPLACED[name];
    if (replacement === undefined) continue;
    const from = node.op === 'rcall' ? node.args[1].end : node.start;
    const at = rewritten.indexOf(name, from);
    rewritten = rewritten.slice(0, at) + replacement + rewritten.slice(at + name.length);
  }
  return rewritten;
}

/** A message of the library with the names that the author wrote. */
export function originalNames(message: string): string {
  return Object.entries(REPLACED).reduce((text, [name, replacement]) => text.replaceAll(replacement, name), message);
}

/** The node and all below it. */
export function nodesOf(node: ASTNode): readonly ASTNode[] {
  return [node, ...childrenOf(node).flatMap(nodesOf)];
}

/** The expressions that stand side by side in `a && b && c`. */
export function conjunctsOf(node: ASTNode): readonly ASTNode[] {
  return node.op === '&&' ? node.args.flatMap(conjunctsOf) : [node];
}

/** The expressions that `&&`, `||` and `!` join, however they are nested: each must be true or false by itself. */
export function claimsOf(node: ASTNode): readonly ASTNode[] {
  if (node.op === '&&' || node.op === '||') return node.args.flatMap(claimsOf);
  return node.op === '!_' ? claimsOf(node.args) : [node];
}

function childrenOf(node: ASTNode): readonly ASTNode[] {
  const found: ASTNode[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) collect(item);
    else if (isNode(value)) found.push(value);
  };
  collect(node.args);
  return found;
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}
