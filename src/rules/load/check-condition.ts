import type { ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import { RE2JS } from 're2js';
import type { z } from 'zod';
import type { Subject } from '../../domain/fact.ts';
import { FACT_SCHEMAS } from '../../domain/facts/schemas.ts';
import { celEnvironment } from '../cel/environment.ts';
import { claimsOf, nodesOf, originalNames, rewriteCalls } from '../cel/rewrite.ts';
import { MATCH_FIELDS } from '../rule.ts';
import { impossibleValues } from './check-values.ts';
import { schemaNode } from './schema-path.ts';

/** What is wrong with a condition, and where in it. */
interface ConditionProblem {
  readonly offset: number;
  readonly message: string;
}

/**
 * Checks a condition against the schema of its subject: syntax, fields that do not exist, types, values that a field never has,
 * patterns. One problem is told for each of the expressions that `&&`, `||` and `!` join. `groups`: the groups of each match.
 */
export function checkCondition(expression: string, subject: Subject, groups: Readonly<Record<string, readonly string[]>>): readonly ConditionProblem[] {
  const environment = typedEnvironment(subject, groups);
  let ast: ASTNode;
  try {
    ast = environment.parse(expression).ast;
  } catch (error) {
    return [problemOf(error as ParseError, 0)];
  }
  const rewritten = rewriteCalls(expression, ast);
  const problems = claimsOf(ast).flatMap(({ start: offset, end }) => {
    const text = rewritten.slice(offset, end);
    const { valid, type, error } = environment.check(text);
    // Without declared types a few overloads are not found; a condition must hold in both worlds.
    const refused = valid ? untyped().check(text).error : error;
    if (refused) return [problemOf(refused, offset)];
    return type === 'bool' || type === 'dyn' ? [] : [{ offset, message: `a condition must be true or false, this is a ${type}` }];
  });
  return [...problems, ...impossibleValues(ast, subject), ...badPatterns(ast)];
}

let runtime: Environment | undefined;

/** The environment in which conditions run. */
function untyped(): Environment {
  runtime ??= celEnvironment({ typed: false });
  return runtime;
}

function problemOf(error: Pick<ParseError, 'summary' | 'range'>, start: number): ConditionProblem {
  return { offset: start + (error.range?.start ?? 0), message: originalNames(error.summary) };
}

function badPatterns(ast: ASTNode): readonly ConditionProblem[] {
  return nodesOf(ast).flatMap((node) => {
    if (node.op !== 'rcall' || node.args[0] !== 'matches') return [];
    const pattern = node.args[2][0];
    if (pattern?.op !== 'value' || typeof pattern.args !== 'string') return [{ offset: node.start, message: 'the pattern of matches must be a literal' }];
    const message = patternError(pattern.args);
    return message === undefined ? [] : [{ offset: pattern.start, message }];
  });
}

/** Why RE2 refuses a pattern; undefined for a good one. */
export function patternError(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    return `bad RE2 pattern: ${(error as Error).message}`;
  }
}

/** Words that CEL keeps: a field of such a name can be cited and filled in, but no condition can name it. */
const RESERVED = new Set('as break const continue else for function if import let loop package namespace return var void while'.split(' '));

const TYPED = new Map<Subject, Environment>();

function typedEnvironment(subject: Subject, groups: Readonly<Record<string, readonly string[]>>): Environment {
  let base = TYPED.get(subject);
  if (base === undefined) {
    base = celEnvironment({ typed: true });
    // Facts hold numbers as doubles, literals are integers, and whatever may be null may be compared with it.
    base.registerOperator('double in list<int>', () => true);
    for (const type of ['string', 'double', 'bool', 'list', 'map']) base.registerOperator(`${type} == null`, () => true);
    for (const [name, schema] of Object.entries(FACT_SCHEMAS[subject].shape)) {
      if (!RESERVED.has(name)) base.registerVariable(name, celType(base, schema as z.ZodType, `${subject}.${name}`));
    }
    TYPED.set(subject, base);
  }
  const environment = base.clone();
  for (const [name, names] of Object.entries(groups)) {
    if (environment.hasVariable(name)) continue;
    const fields = Object.fromEntries([...names.map((group) => [group, 'string']), ...MATCH_FIELDS.map((field) => [field, MATCH_TYPES[field]])]);
    environment.registerVariable(name, objectType(environment, `match.${name.replaceAll(/\W/g, '_')}`, fields));
  }
  return environment;
}

const MATCH_TYPES: Readonly<Record<(typeof MATCH_FIELDS)[number], string>> = { text: 'string', reason: 'string', count: 'double', age_s: 'double' };

/** The CEL type of a schema; a type is registered for every object on the way. */
function celType(environment: Environment, schema: z.ZodType, name: string): string {
  const node = schemaNode(schema);
  if (node.kind === 'scalar') return node.type;
  if (node.kind === 'list') return `list<${celType(environment, node.element, name)}>`;
  if (node.kind === 'map') return `map<string, ${celType(environment, node.value, name)}>`;
  const fields = Object.entries(node.fields).map(([field, type]) => [field, celType(environment, type, `${name}.${field}`)]);
  return objectType(environment, name, Object.fromEntries(fields));
}

function objectType(environment: Environment, name: string, fields: Record<string, string>): string {
  environment.registerType(name, { fields });
  environment.registerOperator(`${name} == null`, () => true);
  return name;
}
