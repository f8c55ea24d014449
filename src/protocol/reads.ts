import * as z from 'zod';
import { gapSchema } from '../domain/gap-schema.ts';
import type { Lookup } from '../domain/lookup.ts';
import { objectRefSchema } from '../domain/object-ref-schema.ts';
import { targetSchema } from '../domain/report.ts';

const name = z
  .string()
  .max(253)
  .regex(/^[A-Za-z0-9.-]+$/, 'a name of letters, digits, dots and hyphens is needed');
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const count = z.coerce.number().int().min(1);
const selector = z.string().max(1_000);

/** The cluster that a server looks at. */
export const placeSchema = z.object({
  target: targetSchema,
  default_namespace: z.string().nullable(),
  namespaces: z.array(z.string()).nullable().optional().describe('those that may be seen; null: all'),
  as_of: z.string().describe('the time of which reads tell: now, or that of the dump'),
});

export const listQuerySchema = z.strictObject({
  namespace: name.optional().describe('default: all'),
  label_selector: selector.optional(),
  field_selector: selector.optional(),
  metadata_only: flag.optional().describe('names, labels and owners only'),
  max_items: count.max(5_000).optional(),
});

export const getQuerySchema = z.strictObject({ namespace: name.optional() });

export const logsQuerySchema = z.strictObject({
  namespace: name,
  pod: name,
  container: name,
  previous: flag.optional().describe('the run before'),
  tail_lines: count.max(5_000).optional(),
  max_bytes: count.max(4 * 1024 * 1024).optional(),
  timestamps: flag.optional(),
  since: z.iso.datetime({ offset: true }).optional(),
});

export const graphQuerySchema = z.strictObject({
  ask: z.enum(['show', 'depends-on', 'dependents', 'path']).default('show'),
  name: z.string().max(600).optional().describe('what `depends-on`, `dependents` and `path` start from'),
  to: z.string().max(600).optional().describe('where `path` leads'),
  depth: count.max(100).optional(),
  everything: flag.optional().describe('also mounts, nodes, quotas and DNS'),
  namespace: name.optional(),
});

const edgeSchema = z.object({
  from: objectRefSchema,
  to: objectRefSchema,
  type: z.string(),
  origin: z.string(),
  evidence: z.string().nullable(),
});

export const graphAnswerSchema = z.object({
  ask: z.string(),
  object: objectRefSchema.nullable(),
  to: objectRefSchema.nullable(),
  objects: z.array(z.object({ object: objectRefSchema, distance: z.number().int(), exists: z.boolean().nullable() })),
  edges: z.array(edgeSchema),
  gaps: z.array(gapSchema),
});

export const namesSchema = z.object({ items: z.array(objectRefSchema) });

/** What a read told: only `not-found` may become "does not exist". */
const lookupSchema = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('status', [
    z.object({ status: z.literal('found'), value, read_at: z.string() }),
    z.object({ status: z.literal('not-found'), read_at: z.string() }),
    z.object({ status: z.literal('forbidden'), needs: z.string() }),
    z.object({ status: z.literal('not-collected'), needs: z.string(), reason: z.string().optional() }),
  ]);

/** An object as Kubernetes writes it; secrets are taken out. */
const objectSchema = z.looseObject({ metadata: z.looseObject({ name: z.string() }) });

export const objectLookupSchema = lookupSchema(objectSchema);
export const listLookupSchema = lookupSchema(
  z.object({ items: z.array(objectSchema), truncated: z.boolean(), bytes: z.number(), problems: z.array(z.string()) }),
);
export const logLookupSchema = lookupSchema(z.object({ text: z.string(), truncated: z.boolean() }));

export type WireLookup<T> =
  | Exclude<Lookup<T>, { status: 'found' | 'not-found' }>
  | { readonly status: 'found'; readonly value: T; readonly read_at: string }
  | { readonly status: 'not-found'; readonly read_at: string };

export function wireLookup<T>(lookup: Lookup<T>): WireLookup<T> {
  if (!('readAt' in lookup)) return lookup;
  const { readAt: read_at, ...rest } = lookup;
  return { ...rest, read_at };
}

export function lookupOf<T>(wire: WireLookup<T>): Lookup<T> {
  if (!('read_at' in wire)) return wire;
  const { read_at: readAt, ...rest } = wire;
  return { ...rest, readAt };
}
