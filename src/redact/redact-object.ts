import { redacted } from './marker.ts';
import { isHarmlessValue, isSecretName, kindOfName } from './secret-names.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

type Fields = Readonly<Record<string, unknown>>;

/** A copy of JSON without secrets, by what its fields mean in Kubernetes; every other text goes through `text`. Shared parts stay shared. */
export function redactObject(value: unknown, text: (text: string) => string, seen = new Map<object, unknown>()): unknown {
  if (typeof value === 'string') return text(value);
  if (typeof value !== 'object' || value === null) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    seen.set(value, list);
    for (const [index, item] of value.entries()) list.push(isFlagFor(value[index - 1], item) ? redacted('argument') : redactObject(item, text, seen));
    return list;
  }
  const copy: Record<string, unknown> = {};
  seen.set(value, copy);
  const fields = value as Fields;
  for (const [key, field] of Object.entries(fields))
    copy[key] = secretField(fields, key, field) ?? lastApplied(key, field, text) ?? redactObject(field, text, seen);
  return copy;
}

/** `["--password", "hunter2"]` */
function isFlagFor(flag: unknown, value: unknown): boolean {
  return (
    typeof flag === 'string' &&
    typeof value === 'string' &&
    /^--?[\w-]+$/.test(flag) &&
    isSecretName(flag) &&
    !value.startsWith('-') &&
    !isHarmlessValue(flag, value)
  );
}

/** What stands in place of the field; undefined when it is no secret as a whole. */
function secretField(fields: Fields, key: string, field: unknown): unknown {
  if (fields['kind'] === 'Secret' && (key === 'data' || key === 'stringData') && typeof field === 'object' && field !== null) {
    return Object.fromEntries(Object.keys(field).map((name) => [name, redacted('secret-data')]));
  }
  if (typeof field !== 'string') return undefined;
  const { name } = fields;
  if (key === 'value' && typeof name === 'string' && isSecretName(name) && !isHarmlessValue(name, field)) return redacted(kindOfName(name));
  return isSecretName(key) && !isHarmlessValue(key, field) ? redacted(kindOfName(key)) : undefined;
}

function lastApplied(key: string, field: unknown, text: (text: string) => string): string | undefined {
  if (key !== LAST_APPLIED || typeof field !== 'string') return undefined;
  try {
    return JSON.stringify(redactObject(JSON.parse(field), text));
  } catch {
    return redacted('last-applied');
  }
}
