import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const FIXTURES = join(import.meta.dirname, '../../fixtures/kubernetes-schemas');
const SCALARS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number',
};

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly 'x-kubernetes-group-version-kind'?: readonly { readonly group: string; readonly version: string; readonly kind: string }[];
}

type Fields = Readonly<Record<string, unknown>>;

/** What a release of Kubernetes takes, as its OpenAPI document says; a field that it does not know is wrong. */
export class KubernetesSchema {
  readonly #definitions: Readonly<Record<string, Schema>>;
  readonly #kinds = new Map<string, Schema>();

  constructor(version: '1.27' | '1.34') {
    this.#definitions = JSON.parse(gunzipSync(readFileSync(join(FIXTURES, `${version}.json.gz`))).toString('utf8')) as Record<string, Schema>;
    for (const schema of Object.values(this.#definitions))
      for (const { group, version: of, kind } of schema['x-kubernetes-group-version-kind'] ?? [])
        this.#kinds.set(`${group === '' ? '' : `${group}/`}${of} ${kind}`, schema);
  }

  /** What is wrong with an object, each with its path; undefined: the release has no such kind. */
  problems(object: { readonly apiVersion: string; readonly kind: string }): string[] | undefined {
    const schema = this.#kinds.get(`${object.apiVersion} ${object.kind}`);
    return schema === undefined ? undefined : this.#check(object, schema, object.kind);
  }

  #check(value: unknown, given: Schema, path: string): string[] {
    const schema = given.$ref === undefined ? given : (this.#definitions[given.$ref.replace('#/definitions/', '')] ?? {});
    if (schema.format === 'int-or-string') return Number.isInteger(value) || typeof value === 'string' ? [] : [`${path}: neither a whole number nor text`];
    if (schema.properties !== undefined || schema.additionalProperties !== undefined) return this.#checkFields(value, schema, path);
    if (schema.type === 'array') {
      if (!Array.isArray(value)) return [`${path}: no list`];
      return value.flatMap((each, index) => this.#check(each, schema.items ?? {}, `${path}[${index}]`));
    }
    // Quantities are written as numbers, too.
    if (given.$ref?.endsWith('.Quantity')) return typeof value === 'string' || typeof value === 'number' ? [] : [`${path}: no quantity`];
    const fits = SCALARS[schema.type ?? ''];
    return fits === undefined || fits(value) ? [] : [`${path}: no ${schema.type}`];
  }

  #checkFields(value: unknown, { properties, required = [], additionalProperties }: Schema, path: string): string[] {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: no object`];
    const fields = value as Fields;
    const missing = required.filter((name) => fields[name] === undefined).map((name) => `${path}.${name}: missing`);
    const wrong = Object.entries(fields).flatMap(([name, each]) => {
      const schema = properties?.[name] ?? additionalProperties;
      return schema === undefined ? [`${path}.${name}: unknown`] : this.#check(each, schema, `${path}.${name}`);
    });
    return [...missing, ...wrong];
  }
}
