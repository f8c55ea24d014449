/** The value at a path, or at the deepest part of the path that exists. */
export interface FieldValue {
  /** As Kubernetes spells it: entries of lists by index, name or type. Empty where not even the first part exists. */
  readonly path: string;
  readonly value: unknown;
  readonly complete: boolean;
}

interface Step {
  readonly value: unknown;
  readonly path: string;
  readonly used: number;
}

/** Reads `spec.containers[name=app].image`, `spec.ports[0].port`, `status.hard.requests.memory`, `status.conditions.Ready.reason`. */
export function readField(object: unknown, path: string, redact: <T>(value: T) => T): FieldValue {
  let rest = [...path.matchAll(/[^.[\]]+|\[[^\]]+\]/g)].map(([part]) => part);
  let here: Step = { value: object, path: '', used: 0 };
  let parent: unknown = object;
  let key: string | number = '';
  while (rest.length > 0) {
    const next = step(here, rest);
    if (next === undefined) break;
    parent = here.value;
    key = next.key;
    here = next;
    rest = rest.slice(next.used);
  }
  if (here.path === '') return { path: '', value: undefined, complete: false };
  // A value is a secret or not by the name beside it.
  const clean = redact(parent) as Readonly<Record<string | number, unknown>>;
  return { path: here.path, value: clean[key], complete: rest.length === 0 };
}

function step({ value, path }: Step, rest: readonly string[]): (Step & { readonly key: string | number }) | undefined {
  const [part = ''] = rest;
  if (Array.isArray(value)) {
    const index = indexIn(value, part);
    if (index === -1) return undefined;
    const label = part.startsWith('[') ? part : `[${value[index]?.type === part ? 'type' : 'name'}=${part}]`;
    return { value: value[index], key: index, path: `${path}${label}`, used: 1 };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  // Keys may hold dots: the longest that exists is meant.
  for (let used = rest.length; used > 0; used -= 1) {
    const key = rest.slice(0, used).join('.');
    if (Object.hasOwn(value, key)) return { value: (value as Record<string, unknown>)[key], key, path: path === '' ? key : `${path}.${key}`, used };
  }
  return undefined;
}

function indexIn(list: readonly Readonly<Record<string, unknown> | null>[], part: string): number {
  const [, field, wanted] = /^\[(\w+)=(.*)\]$/.exec(part) ?? [];
  if (field !== undefined) return list.findIndex((entry) => entry?.[field] === wanted);
  const index = /^\[(\d+)\]$/.exec(part)?.[1];
  if (index !== undefined) return Number(index) < list.length ? Number(index) : -1;
  return list.findIndex((entry) => entry?.['type'] === part || entry?.['name'] === part);
}
