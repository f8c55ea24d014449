import type { z } from 'zod';

/** The parts of a zod schema that are read here; every schema of a fact is made of these. */
type SchemaNode =
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, z.ZodType>> }
  | { readonly kind: 'list'; readonly element: z.ZodType }
  | { readonly kind: 'map'; readonly value: z.ZodType }
  | { readonly kind: 'scalar'; readonly type: 'string' | 'double' | 'bool' | 'dyn' };

interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly entries?: Readonly<Record<string, string>>;
}

const definitionOf = (schema: z.ZodType): Definition => schema.def as unknown as Definition;
const WRAPPERS = new Set(['nullable', 'optional', 'default', 'readonly']);
const SCALARS: Readonly<Record<string, 'string' | 'double' | 'bool'>> = { string: 'string', enum: 'string', number: 'double', int: 'double', boolean: 'bool' };

/** What the schema is, below nullable and the like. */
export function schemaNode(schema: z.ZodType): SchemaNode {
  const { type, innerType, shape, element, valueType } = definitionOf(schema);
  if (WRAPPERS.has(type) && innerType) return schemaNode(innerType);
  if (type === 'object' && shape) return { kind: 'object', fields: shape };
  if (type === 'array' && element) return { kind: 'list', element };
  if (type === 'record' && valueType) return { kind: 'map', value: valueType };
  return { kind: 'scalar', type: SCALARS[type] ?? 'dyn' };
}

/** The values that a text may have, where the schema lists them. */
export function choicesOf(schema: z.ZodType): readonly string[] | undefined {
  const { type, innerType, entries } = definitionOf(schema);
  if (WRAPPERS.has(type) && innerType) return choicesOf(innerType);
  return type === 'enum' && entries ? Object.values(entries) : undefined;
}

export function isNullable(schema: z.ZodType): boolean {
  const { type, innerType } = definitionOf(schema);
  return type === 'nullable' || (WRAPPERS.has(type) && innerType !== undefined && isNullable(innerType));
}

/** The schema at a path of a document; undefined where the document has no such path. */
export function schemaAt(schema: z.ZodType, path: readonly string[]): z.ZodType | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  const next = stepInto(schemaNode(schema), step);
  return next && schemaAt(next, rest);
}

function stepInto(node: SchemaNode, step: string): z.ZodType | undefined {
  if (node.kind === 'object') return Object.hasOwn(node.fields, step) ? node.fields[step] : undefined;
  if (node.kind === 'map') return node.value;
  return node.kind === 'list' && /^\d+$/.test(step) ? node.element : undefined;
}
