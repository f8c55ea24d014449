import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { errorBodySchema } from '../../src/protocol/error-body.ts';
import { ROUTES } from '../../src/server/routes/all.ts';
import { aServer } from './a-server.ts';

// The parts of https://spec.openapis.org/oas/v3.1.0 that are made use of here, with nothing beside them.
const schema = z.looseObject({});
const examples = z.record(z.string(), z.strictObject({ summary: z.string(), value: errorBodySchema })).optional();
const content = z.record(z.string().regex(/^[\w.+-]+\/[\w.+-]+$/), z.strictObject({ schema, examples }));
const operation = z.strictObject({
  operationId: z.string().regex(/^[a-z]\w+$/i),
  summary: z.string().min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(z.strictObject({ name: z.string(), in: z.enum(['path', 'query', 'header']), required: z.boolean(), schema })),
  requestBody: z.strictObject({ required: z.boolean(), content }).optional(),
  responses: z.record(z.string().regex(/^([1-5]\d\d|default)$/), z.strictObject({ description: z.string().min(1), content: content.optional() })),
});
const document = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({
    title: z.string(),
    version: z.string(),
    description: z.string(),
    license: z.strictObject({ name: z.string(), identifier: z.string() }),
  }),
  servers: z.array(z.strictObject({ url: z.string() })),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'delete']), operation)),
  components: z.strictObject({ schemas: z.record(z.string(), schema), securitySchemes: z.record(z.string(), schema) }),
});

async function served(path: string): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
  await using server = aServer();
  const { statusCode: status, body, headers } = await server.app.inject({ url: path, headers: { host: 'localhost' } });
  return { status, body, headers };
}

test('the document is OpenAPI 3.1: every operation once, every place of an address declared, every reference there', async () => {
  const parsed = document.parse(JSON.parse((await served('/openapi.json')).body));
  const operations = Object.entries(parsed.paths).flatMap(([path, methods]) => Object.values(methods).map((each) => ({ path, ...each })));
  expect(operations).toHaveLength(ROUTES.length);
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  for (const { path, parameters } of operations)
    expect(parameters.filter((each) => each.in === 'path' && each.required).map(({ name }) => name)).toEqual(
      [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
    );
  const references = [...JSON.stringify(parsed).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
  expect(references.filter((name) => parsed.components.schemas[name ?? ''] === undefined)).toEqual([]);
});

test('the schemas of the OpenAPI Initiative find nothing wrong with it, and every error it names has an example', async () => {
  const served31 = JSON.parse((await served('/openapi.json')).body) as z.infer<typeof document>;
  const { valid, errors } = await new Validator().validate(structuredClone(served31));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  const bodies = Object.values(served31.paths).flatMap((methods) =>
    Object.values(methods).flatMap(({ responses }) =>
      Object.entries(responses).flatMap(([status, response]) => (/^[123]/.test(status) ? [] : [response.content?.['application/json']?.examples ?? {}])),
    ),
  );
  expect(bodies.length).toBeGreaterThan(ROUTES.length);
  for (const each of bodies) expect(Object.keys(each).length).toBeGreaterThan(0);
});

test('/docs is a page of it that needs nothing else', async () => {
  const { status, body, headers } = await served('/docs');
  expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(body).toContain('/api/v1/incidents/{id}/questions');
  expect(body).not.toMatch(/<script|src=|href="http|@import|url\(/);
});
