import * as z from 'zod';
import { errorBodySchema } from '../protocol/error-body.ts';
import type { Route, Served } from './route.ts';

type Json = Record<string, unknown>;
type Described = Omit<Route<Served>, 'handle' | 'needs'> & { readonly needs: string };

export interface ApiInfo {
  readonly title: string;
  readonly version: string;
  readonly description: string;
}

/** The OpenAPI 3.1 document of the routes (https://spec.openapis.org/oas/v3.1.0): its schemas are JSON Schema 2020-12, as zod writes it. */
export function openApiOf(routes: readonly Described[], { version, title, description }: ApiInfo): object {
  const paths: Record<string, Json> = {};
  for (const each of routes) paths[each.path] = { ...paths[each.path], [each.method.toLowerCase()]: operationOf(each) };
  return {
    openapi: '3.1.0',
    info: {
      title,
      version,
      description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: { Error: schemaOf(errorBodySchema, 'output') }, securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
  };
}

function operationOf({ method, path, summary, needs, query, body, answers }: Described): Json {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: name === 'format' ? { enum: ['md', 'html'] } : { type: 'string' },
  }));
  return {
    operationId: operationId(method, path),
    summary,
    security: needs === 'everybody' ? [{}] : [{ key: [needs] }],
    parameters: [...inPath, ...queryParameters(query)],
    ...(body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, { what, schema, type = 'application/json' }]) => [status, responseOf(Number(status), what, schema, type)]),
      ),
      default: { description: 'an error', content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
    },
  };
}

function responseOf(status: number, description: string, schema: z.ZodType | undefined, type: string): Json {
  if (status >= 400) return { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } };
  return { description, content: { [type]: { schema: schema === undefined ? { type: 'string' } : schemaOf(schema, 'output') } } };
}

function queryParameters(query: z.ZodType | undefined): Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(query, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' }) as Json;
  return rest;
}

function operationId(method: string, path: string): string {
  const words = path
    .replace('/api/v1', '')
    .split(/[^A-Za-z]+/)
    .filter(Boolean);
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
