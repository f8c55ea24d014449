import { Environment } from '@marcbachmann/cel-js';
import { RE2JS } from 're2js';
import { parseQuantity } from '../../domain/kubernetes/quantity.ts';

/**
 * CEL as rules use it: numbers of a document are doubles, literals may be written as integers, `matches` is RE2 and `has`
 * is false below null. `typed`: every variable must be declared, for checking; otherwise variables are what they are.
 */
export function celEnvironment(options: { typed: boolean }): Environment {
  const environment = new Environment({ unlistedVariablesAreDyn: !options.typed, homogeneousAggregateLiterals: false });
  for (const [operator, handler] of Object.entries(ARITHMETIC)) {
    environment.registerOperator(`double ${operator} int: double`, handler);
    environment.registerOperator(`int ${operator} double: double`, handler);
  }
  environment.registerOperator('double % double: double', (a, b) => a % b);
  environment.registerOperator('double == int', (a, b) => a === Number(b));
  environment.registerFunction(`quantity(string): ${options.typed ? 'double' : 'dyn'}`, quantity);
  environment.registerFunction('lower(string): string', (text: string) => text.toLowerCase());
  environment.registerFunction('string.lower(): string', (text: string) => text.toLowerCase());
  environment.registerFunction('string.re2find(string): bool', (text: string, pattern: string) => re2(pattern).test(text));
  environment.registerFunction('got(ast): bool', knownMacro);
  return environment;
}

type Binary = (a: number | bigint, b: number | bigint) => number;
const ARITHMETIC: Readonly<Record<string, Binary>> = {
  '+': (a, b) => Number(a) + Number(b),
  '-': (a, b) => Number(a) - Number(b),
  '*': (a, b) => Number(a) * Number(b),
  '/': (a, b) => Number(a) / Number(b),
  '%': (a, b) => Number(a) % Number(b),
};

function quantity(text: string): number {
  const value = parseQuantity(text);
  if (value === undefined) throw new Error(`"${text}" is no quantity`);
  return value;
}

const compiled = new Map<string, RE2JS>();

/** A compiled RE2 pattern; patterns of conditions are literals, so there are only as many as rules have. */
function re2(pattern: string): RE2JS {
  let found = compiled.get(pattern);
  if (found === undefined) {
    found = RE2JS.compile(pattern);
    compiled.set(pattern, found);
  }
  return found;
}

interface MacroParts {
  readonly args: readonly unknown[];
}
interface Checker {
  check(ast: unknown, context: unknown): unknown;
  getType(name: string): unknown;
}
interface Runner {
  run(ast: unknown, context: unknown): unknown;
}

/** `has(a.b)`: a.b is there and not null; false, not an error, where a is null. */
function knownMacro({ args }: MacroParts): object {
  return {
    path: args[0],
    async: false,
    typeCheck(checker: Checker, macro: { path: unknown }, context: unknown) {
      checker.check(macro.path, context);
      return checker.getType('bool');
    },
    evaluate(runner: Runner, macro: { path: unknown }, context: unknown) {
      try {
        return (runner.run(macro.path, context) ?? null) !== null;
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
  };
}

/**
 * Whether evaluation failed because something is not known: a key that is not there, or an operation on null. A condition
 * over the unknown is not met; anything else is an error of the rule.
 */
export function isMissing(error: unknown): boolean {
  const { code, summary } = error as { code?: unknown; summary?: unknown };
  if (code === 'no_such_key') return true;
  return typeof code === 'string' && NULL_OPERAND.has(code) && /\bnull\b/.test(String(summary));
}

const NULL_OPERAND = new Set(['no_such_overload', 'no_matching_overload', 'invalid_logical_operand', 'invalid_condition_type', 'invalid_comprehension_range']);
