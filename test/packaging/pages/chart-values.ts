import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './blocks.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
}

/** The values of the chart, by their first names. */
export function chartValues(): Readonly<Record<string, Schema>> {
  return (JSON.parse(readFileSync(join(ROOT, 'charts/sre-orchestrator/values.schema.json'), 'utf8')) as Schema).properties ?? {};
}

/** Whether the chart knows a value, named as helm does: `store.postgres.existingSecret`. */
export function hasValue(path: string): boolean {
  let at: Schema | undefined = { properties: chartValues(), additionalProperties: false };
  for (const name of path.split('.')) {
    const more: Schema['additionalProperties'] = at?.additionalProperties;
    at = at?.properties?.[name] ?? (more === false ? undefined : typeof more === 'object' ? more : {});
    if (at === undefined) return false;
  }
  return true;
}
