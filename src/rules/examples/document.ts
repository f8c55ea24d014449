import type { z } from 'zod';
import { isRecord } from '../../domain/is-record.ts';
import { isNullable, schemaNode } from '../load/schema-path.ts';

/**
 * The document of an example: what is given, and around it what an empty fact holds. null where the schema allows it, else
 * [], {}, false, 0, "" and the first of a choice. Given parts of what may be null are filled up in the same way.
 */
export function exampleDocument(schema: z.ZodType, given: unknown): unknown {
  if (given === null) return null;
  if (given === undefined && isNullable(schema)) return null;
  const node = schemaNode(schema);
  switch (node.kind) {
    case 'object':
      return fillObject(node.fields, given);
    case 'list':
      return Array.isArray(given) ? given.map((item) => exampleDocument(node.element, item)) : (given ?? []);
    case 'map':
      return isRecord(given) ? Object.fromEntries(Object.entries(given).map(([key, value]) => [key, exampleDocument(node.value, value)])) : (given ?? {});
    default:
      return given ?? emptyScalar(schema);
  }
}

function fillObject(fields: Readonly<Record<string, z.ZodType>>, given: unknown): unknown {
  if (given !== undefined && !isRecord(given)) return given;
  const filled = Object.entries(fields).map(([key, field]) => [key, exampleDocument(field, given?.[key])]);
  return { ...given, ...Object.fromEntries(filled) };
}

/** The first of these that the schema takes. */
function emptyScalar(schema: z.ZodType): unknown {
  const { entries, values } = schema.def as { entries?: Record<string, unknown>; values?: readonly unknown[] };
  return ['', 0, false, ...Object.values(entries ?? {}), ...(values ?? [])].find((value) => schema.safeParse(value).success);
}
