import { redacted } from './marker.ts';
import { isHarmlessValue, isSecretName, kindOfName } from './secret-names.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

type Fields = Readonly<Record<string, unknown>>;

/** Of a page of pods most names of fields, most texts and whole parts recur: each is judged once. */
interface Walk {
  /** What parts became. Shared parts stay shared, also those of values that are redacted one after the other. */
  readonly seen: WeakMap<object, unknown>;
  readonly text: (text: string) => string;
  readonly isSecret: (name: string) => boolean;
}

/** Copies JSON without secrets, by what its fields mean in Kubernetes; every other text goes through `text`. Shared parts stay shared. */
export function objectRedaction(text: (text: string) => string): (value: unknown) => unknown {
  const walk: Walk = { text: judgedOnce(text), isSecret: judgedOnce(isSecretName), seen: new WeakMap() };
  return (value) => redactPart(value, walk);
}

/** Longer texts recur seldom, and comparing them costs, too. */
const LONGEST_KEPT = 200;

function judgedOnce<V>(judge: (text: string) => V): (text: string) => V {
  const known = new Map<string, V>();
  return (text) => {
    if (text.length > LONGEST_KEPT) return judge(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    const judged = judge(text);
    known.set(text, judged);
    return judged;
  };
}

function redactPart(value: unknown, walk: Walk): unknown {
  if (typeof value === 'string') return walk.text(value);
  if (typeof value !== 'object' || value === null) return value;
  const known = walk.seen.get(value);
  if (known !== undefined) return known;
  return Array.isArray(value) ? redactList(value, walk) : redactFields(value as Fields, walk);
}

function redactList(list: readonly unknown[], walk: Walk): unknown[] {
  const copy: unknown[] = [];
  walk.seen.set(list, copy);
  for (const [index, item] of list.entries()) copy.push(isFlagFor(list[index - 1], item, walk) ? redacted('argument') : redactPart(item, walk));
  return copy;
}

function redactFields(fields: Fields, walk: Walk): Fields {
  const copy: Record<string, unknown> = {};
  walk.seen.set(fields, copy);
  for (const key of Object.keys(fields)) {
    const field = fields[key];
    copy[key] = secretField(fields, key, walk) ?? lastApplied(key, field, walk) ?? redactPart(field, walk);
  }
  return copy;
}

/** `["--password", "hunter2"]` */
function isFlagFor(flag: unknown, value: unknown, { isSecret }: Walk): boolean {
  return (
    typeof flag === 'string' &&
    typeof value === 'string' &&
    /^--?[\w-]+$/.test(flag) &&
    isSecret(flag) &&
    !value.startsWith('-') &&
    !isHarmlessValue(flag, value)
  );
}

/** What stands in place of the field; undefined when it is no secret as a whole. */
function secretField(fields: Fields, key: string, { isSecret }: Walk): unknown {
  const field = fields[key];
  if (fields['kind'] === 'Secret' && (key === 'data' || key === 'stringData') && typeof field === 'object' && field !== null) {
    return Object.fromEntries(Object.keys(field).map((name) => [name, redacted('secret-data')]));
  }
  if (typeof field !== 'string') return undefined;
  const { name } = fields;
  if (key === 'value' && typeof name === 'string' && isSecret(name) && !isHarmlessValue(name, field)) return redacted(kindOfName(name));
  return isSecret(key) && !isHarmlessValue(key, field) ? redacted(kindOfName(key)) : undefined;
}

function lastApplied(key: string, field: unknown, walk: Walk): string | undefined {
  if (key !== LAST_APPLIED || typeof field !== 'string') return undefined;
  try {
    return JSON.stringify(redactPart(JSON.parse(field), walk));
  } catch {
    return redacted('last-applied');
  }
}
