import * as z from 'zod';
import { type CodedError, coded } from '../errors/coded-error.ts';
import { errorBodySchema } from '../protocol/error-body.ts';
import { errorAnswer } from './error-answer.ts';
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
      default: { description: 'an error', content: errorContent(DEFAULT_EXAMPLES) },
    },
  };
}

function responseOf(status: number, description: string, schema: z.ZodType | undefined, type: string): Json {
  if (status >= 400)
    return type === 'text/html'
      ? { description, content: { [type]: { schema: { type: 'string' } } } }
      : { description, content: errorContent(examplesOf(status)) };
  return { description, content: { [type]: { schema: schema === undefined ? { type: 'string' } : schemaOf(schema, 'output') } } };
}

/** Errors as they are answered, so that nobody has to guess at their bodies. */
function errorContent(errors: readonly CodedError[]): Json {
  const examples = Object.fromEntries(errors.map((error) => [error.code, { summary: `HTTP ${error.row.httpStatus}`, value: errorAnswer(error).body }]));
  return { 'application/json': { schema: { $ref: '#/components/schemas/Error' }, examples } };
}

/** What any route may answer. */
const DEFAULT_EXAMPLES: readonly CodedError[] = [
  coded('REQUEST_INVALID', { problems: ['description: say what hurts in a few words'] }),
  coded('UNAUTHENTICATED', {}),
  coded('NOT_PERMITTED', { needs: 'the role operator' }),
  coded('METHOD_NOT_ALLOWED', { allowed: ['GET'] }),
  coded('BODY_TOO_LARGE', { limit: 65_536 }),
  coded('MEDIA_TYPE_UNSUPPORTED', {}),
  coded('RATE_LIMITED', { retry_after_s: 1 }),
  coded('SERVER_BUSY', { limit: 256 }),
];

const EXAMPLES: readonly CodedError[] = [
  ...DEFAULT_EXAMPLES,
  coded('INCIDENT_NOT_FOUND', { id: 'inc-0123456789' }),
  coded('INCIDENT_ENDED', { id: 'inc-0123456789', status: 'completed' }),
  coded('INCIDENT_WITHOUT_REPORT', { id: 'inc-0123456789', status: 'investigating', reason: null }),
  coded('IDEMPOTENCY_KEY_REUSED', { id: 'inc-0123456789' }),
  coded('QUEUE_FULL', { waiting: 100 }),
  coded('STORE_UNAVAILABLE', { path: 'incidents.db', reason: 'the database does not answer' }),
];

function examplesOf(status: number): readonly CodedError[] {
  return EXAMPLES.filter(({ row }) => row.httpStatus === status);
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
