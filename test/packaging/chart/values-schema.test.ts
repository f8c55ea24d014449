import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
}

const CHART = resolve(import.meta.dirname, '../../../charts/sre-orchestrator');
const schema = JSON.parse(readFileSync(`${CHART}/values.schema.json`, 'utf8')) as Schema;
const defaults = parse(readFileSync(`${CHART}/values.yaml`, 'utf8')) as object;
/** Objects of Kubernetes, which the API server checks, and what Helm itself sets. */
const OPEN = /^global$|resources\.(requests|limits)$|affinity$/;

function* openObjects(at: Schema, path: string): Iterable<string> {
  if (at.type === 'object' && at.additionalProperties === undefined) yield path;
  for (const [name, each] of Object.entries(at.properties ?? {})) yield* openObjects(each, path === '' ? name : `${path}.${name}`);
}

function* unknownTo(at: Schema | undefined, value: unknown, path: string): Iterable<string> {
  if (at === undefined) yield path;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || at?.properties === undefined) return;
  for (const [name, each] of Object.entries(value)) yield* unknownTo(at.properties[name], each, `${path}.${name}`);
}

test('a value that is misspelled is refused wherever it stands', () => {
  expect([...openObjects(schema, '')].filter((path) => !OPEN.test(path))).toEqual([]);
});

test('every value of values.yaml is known to the schema', () => {
  expect([...unknownTo(schema, defaults, 'values')]).toEqual([]);
});
