import { RE2JS } from 're2js';
import type { z } from 'zod';
import { FACT_SCHEMAS } from '../../domain/facts/schemas.ts';
import { exampleDocument } from '../examples/document.ts';
import type { RuleProblem } from '../problem.ts';
import { MATCH_FIELDS, type ObjectTemplate, type Rule } from '../rule.ts';
import { templateFields } from '../template.ts';
import { checkCondition, patternError } from './check-condition.ts';
import { checkRoles } from './check-roles.ts';
import { issueProblems } from './issue-problems.ts';
import { isNullable, schemaAt, schemaNode } from './schema-path.ts';

type Groups = Readonly<Record<string, readonly string[]>>;

/** All that is wrong with a rule of the right shape: patterns, condition, and every path against the schema of its subject. */
export function checkRule(rule: Rule): readonly RuleProblem[] {
  const groups = Object.fromEntries(Object.entries(rule.match).map(([name, { pattern }]) => [name, groupsOf(pattern)]));
  const required = Object.values(rule.match).some(({ optional }) => !optional);
  const unproven: RuleProblem[] =
    required || rule.cites.length > 0 ? [] : [{ path: [], message: 'cites nothing: name the deciding paths in cites, or require a match' }];
  return [
    ...unproven,
    ...Object.entries(rule.match).flatMap(([name, match]) => checkMatch(rule, name, match)),
    ...checkCondition(rule.when, rule.subject, speakable(groups)).map((problem) => ({ ...problem, path: ['when'] })),
    ...rule.cites.flatMap((path, index) => checkPath(rule, path).map((message) => ({ path: ['cites', index], message }))),
    ...templatesOf(rule).flatMap(({ path, template, named }) =>
      templateFields(template).flatMap(({ path: field, at }) => checkField(rule, groups, field, named).map((message) => ({ path, offset: at, message }))),
    ),
    ...checkRoles(rule),
    ...checkExamples(rule),
  ];
}

/** Matches whose names CEL refuses are told of where they stand; the condition is checked without them. */
function speakable(groups: Groups): Groups {
  return Object.fromEntries(Object.entries(groups).filter(([name]) => !CEL_WORDS.has(name)));
}

function groupsOf(pattern: string): readonly string[] {
  return patternError(pattern) === undefined ? Object.keys(RE2JS.compile(pattern).namedGroups()) : [];
}

function checkMatch(rule: Rule, name: string, { pattern, not }: Rule['match'][string]): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  const report = (path: RuleProblem['path'], message: string | undefined): void => {
    if (message !== undefined) problems.push({ path: ['match', name, ...path], message, onKey: path.length === 0 });
  };
  report(['pattern'], patternError(pattern));
  if (not !== undefined) report(['not'], patternError(not));
  const taken = groupsOf(pattern).find((group) => MATCH_FIELDS.some((field) => field === group));
  if (taken !== undefined) report(['pattern'], `a group may not be named ${taken}: every match has that field`);
  if (!/^[a-z][a-z0-9_]*$/.test(name)) report([], 'the name of a match must be lower-case letters, digits and _');
  if (CEL_WORDS.has(name)) report([], `the match may not be named ${name}: CEL keeps that word for itself`);
  else if (Object.hasOwn(FACT_SCHEMAS[rule.subject].shape, name) || RESERVED.has(name))
    report([], `the match may not be named ${name}: ${rule.subject} has a field of that name`);
  return problems;
}

const RESERVED = new Set(['blame', 'self']);
/** Reserved by the language (cel-spec, langdef.md, "Syntax"). */
const CEL_WORDS = new Set(
  'as break const continue else false for function if import in let loop namespace null package return true type var void while'.split(' '),
);

function checkPath(rule: Rule, path: string): readonly string[] {
  return schemaAt(FACT_SCHEMAS[rule.subject], path.split('.')) === undefined ? [`${rule.subject} has no field ${path}`] : [];
}

function templatesOf(rule: Rule): readonly { readonly path: RuleProblem['path']; readonly template: string; readonly named: boolean }[] {
  const objects = (path: RuleProblem['path'], template: ObjectTemplate) =>
    typeof template === 'string' ? [] : Object.entries(template).map(([key, text]) => ({ path: [...path, key], template: text ?? '', named: false }));
  return [
    { path: ['statement'], template: rule.statement, named: true },
    ...rule.remediation.flatMap(({ text, command }, index) => [
      { path: ['remediation', index, 'text'], template: text, named: true },
      { path: ['remediation', index, 'command'], template: command ?? '', named: true },
    ]),
    ...objects(['blame'], rule.blame),
    ...rule.victims.flatMap((template, index) => objects(['victims', index], template)),
    ...rule.via.flatMap((template, index) => objects(['via', index], template)),
  ];
}

/** `named`: the template may also name the blamed object and the fact's own. */
function checkField(rule: Rule, groups: Groups, field: string, named: boolean): readonly string[] {
  const [root = '', key = ''] = field.split('.');
  if (named && RESERVED.has(root)) return ['kind', 'namespace', 'name'].includes(key) ? [] : [`${root} has kind, namespace and name only`];
  const names = groups[root];
  if (names !== undefined) {
    return [...names, ...MATCH_FIELDS].includes(key) ? [] : [`the match ${root} has no group ${key || `(name one: {${root}.text})`}`];
  }
  const schema = schemaAt(FACT_SCHEMAS[rule.subject], field.split('.'));
  if (schema === undefined) return [`${rule.subject} has no field ${field}, and no match is named ${root}`];
  const node = schemaNode(schema);
  return node.kind === 'object' ? [`${field} is an object: name one of ${Object.keys(node.fields).join(', ')}`] : [];
}

function checkExamples(rule: Rule): readonly RuleProblem[] {
  const schema = FACT_SCHEMAS[rule.subject];
  return (['fires', 'quiet'] as const).flatMap((kind) =>
    rule.examples[kind].flatMap(({ given }, index) => {
      const path = ['examples', kind, index, 'given'];
      const unknown = unknownKeys(schema, given).map((field) => ({
        path: [...path, ...field],
        onKey: true,
        message: `${rule.subject} has no field ${field.join('.')}`,
      }));
      const parsed = schema.safeParse(exampleDocument(schema, given));
      return [...unknown, ...(parsed.success ? [] : issueProblems(parsed.error).map((problem) => ({ ...problem, path: [...path, ...problem.path] })))];
    }),
  );
}

function unknownKeys(schema: z.ZodType, given: unknown): readonly (readonly (string | number)[])[] {
  if (typeof given !== 'object' || given === null || (isNullable(schema) && given === null)) return [];
  const node = schemaNode(schema);
  if (node.kind === 'list') return Array.isArray(given) ? given.flatMap((item, index) => unknownKeys(node.element, item).map((path) => [index, ...path])) : [];
  if (node.kind === 'scalar' || Array.isArray(given)) return [];
  return Object.entries(given).flatMap(([key, value]) => {
    const field = node.kind === 'map' ? node.value : Object.hasOwn(node.fields, key) ? node.fields[key] : undefined;
    return field === undefined ? [[key]] : unknownKeys(field, value).map((path) => [key, ...path]);
  });
}
