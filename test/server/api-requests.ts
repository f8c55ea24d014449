import fc from 'fast-check';
import type { InjectOptions } from 'fastify';

type Json = Record<string, unknown>;
type Method = 'GET' | 'POST' | 'DELETE';

/** Stands in many of the words that are sent; a page that shows it unescaped would run what is sent. */
export const MARKUP = '<xss a="b" c=\'d\'>';

const WORD = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      MARKUP,
      '',
      ' ',
      '\u0000',
      '../../etc/passwd',
      '%',
      '%00',
      '\u202e',
      '🔥'.repeat(50),
      "' OR 1=1 --",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of another language, sent as it stands
      '${7*7}',
      '__proto__',
      'last',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: fc.constantFrom('a'.repeat(300), 'b'.repeat(12_000)) },
);

/** Every request of an OpenAPI document: mostly what its schemas ask for, often nearly that, sometimes anything. */
export function requestsOf(document: object, known: readonly string[]): fc.Arbitrary<InjectOptions> {
  const { paths } = document as { paths: Record<string, Record<string, Json>> };
  const each = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => requestOf(path, method.toUpperCase() as Method, operation, known)),
  );
  return fc.oneof(...each);
}

function requestOf(path: string, method: Method, operation: Json, known: readonly string[]): fc.Arbitrary<InjectOptions> {
  const parameters = (operation['parameters'] ?? []) as { name: string; in: string; required?: boolean; schema: Json }[];
  const inPath = fc.record(
    Object.fromEntries(
      parameters.filter((each) => each.in === 'path').map(({ name, schema }) => [name, fc.oneof(fc.constantFrom(...known), likely(schema), WORD)]),
    ),
  );
  const inQuery = fc.record(
    Object.fromEntries(parameters.filter((each) => each.in === 'query').map(({ name, schema }) => [name, fc.oneof(likely(schema), WORD)])),
    { requiredKeys: [] },
  );
  const headers = fc.record(
    {
      'last-event-id': fc.constantFrom('0', '1', '-1', '99999999', 'x'),
      'idempotency-key': fc.constantFrom('a', 'b', 'c'.repeat(500)),
      'x-correlation-id': fc.constantFrom('ok-1', MARKUP, 'x'.repeat(100)),
      accept: fc.constantFrom('text/html', '*/*', 'application/xml'),
      cookie: fc.constantFrom('sre_orch_session=x', 'a=b; c', '='.repeat(300)),
    },
    { requiredKeys: [] },
  );
  const content = (operation['requestBody'] as { content?: Record<string, { schema?: Json }> } | undefined)?.content;
  return fc.tuple(inPath, inQuery, headers, bodyOf(content?.['application/json']?.schema)).map(([names, query, sent, body]) => ({
    method,
    url: `${path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(wellFormed(names[name])))}${queryText(query)}`,
    headers: { host: 'localhost', ...sent, ...(method === 'GET' ? {} : body.headers) },
    ...(method === 'GET' || body.payload === undefined ? {} : { payload: body.payload }),
  }));
}

/** Half of a surrogate pair cannot be sent in an address. */
const wellFormed = (value: unknown): string => String(value ?? '').toWellFormed();

function queryText(query: Json): string {
  const text = Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(wellFormed(value))}`)
    .join('&');
  return text === '' ? '' : `?${text}`;
}

function bodyOf(schema: Json | undefined): fc.Arbitrary<{ headers: Record<string, string>; payload: string | undefined }> {
  const json = { 'content-type': 'application/json' };
  const asText = (value: unknown): string | undefined => JSON.stringify(value);
  const anything = fc.json().map((payload) => ({ headers: json, payload }));
  const broken = fc.constantFrom('{', '[1,', 'nul', `{"a":"${MARKUP}`, '\u0000').map((payload) => ({ headers: json, payload }));
  const another = fc
    .constantFrom('text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', MARKUP)
    .map((type) => ({ headers: { 'content-type': type }, payload: `key=${MARKUP}&next=${MARKUP}` }));
  const none = fc.constant({ headers: {}, payload: undefined });
  const asked = schema === undefined ? anything : likely(schema).map((value) => ({ headers: json, payload: asText(value) }));
  return fc.oneof(
    { weight: 6, arbitrary: asked },
    { weight: 1, arbitrary: anything },
    { weight: 1, arbitrary: broken },
    { weight: 1, arbitrary: another },
    { weight: 1, arbitrary: none },
  );
}

/** What a JSON Schema asks for, as far as it says so by types; now and then something else. */
function likely(schema: Json): fc.Arbitrary<unknown> {
  const stranger = fc.oneof(fc.constantFrom(null, -1, 1e308, '', [], {}, true), WORD);
  return fc.oneof({ weight: 9, arbitrary: wanted(schema) }, { weight: 1, arbitrary: stranger });
}

function wanted(schema: Json): fc.Arbitrary<unknown> {
  const { type, enum: values, const: only, anyOf, oneOf, items, properties, required } = schema as { type?: string } & Json;
  if (Array.isArray(values)) return fc.constantFrom(...values);
  if (only !== undefined) return fc.constant(only);
  const choices = (anyOf ?? oneOf) as Json[] | undefined;
  if (choices !== undefined) return fc.oneof(...choices.map(likely));
  if (type === 'object') {
    const fields = Object.entries((properties ?? {}) as Record<string, Json>).map(([name, each]) => [name, likely(each)]);
    return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: (required ?? []) as string[] });
  }
  if (type === 'array') return fc.array(likely((items ?? {}) as Json), { maxLength: 4 });
  if (type === 'integer' || type === 'number') return fc.oneof(fc.integer({ min: -5, max: 600 }), fc.double());
  if (type === 'boolean') return fc.boolean();
  if (schema['format'] === 'date-time') return fc.oneof(fc.constant('2026-01-31T10:00:00Z'), fc.constantFrom('2026-02-31T10:00:00Z', 'yesterday'));
  return fc.oneof({ weight: 3, arbitrary: fc.constantFrom('shop', 'checkout is failing', MARKUP) }, { weight: 1, arbitrary: WORD });
}
