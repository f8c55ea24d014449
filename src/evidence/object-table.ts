import type { KubeObject } from '../domain/kubernetes/object.ts';
import { isKind, type Kind, resourceType } from '../domain/kubernetes/resource-type.ts';

type ByName = Map<string, KubeObject>;

/** Objects by kind, namespace and name; the later of two readings of one object stays. */
export class ObjectTable {
  readonly #kinds: Map<Kind, Map<string, ByName>>;

  constructor(kinds: Map<Kind, Map<string, ByName>> = new Map()) {
    this.#kinds = kinds;
  }

  add(kind: Kind, object: KubeObject): void {
    const spaces = this.#kinds.get(kind) ?? new Map<string, ByName>();
    this.#kinds.set(kind, spaces);
    const space = spaceOf(kind, object.metadata.namespace);
    const names = spaces.get(space) ?? new Map<string, KubeObject>();
    spaces.set(space, names);
    names.set(object.metadata.name, withoutNulls(object));
  }

  get(kind: Kind, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.#kinds.get(kind)?.get(spaceOf(kind, namespace))?.get(name);
  }

  /** In one namespace, or in all. */
  list(kind: Kind, namespace?: string): KubeObject[] {
    const spaces = this.#kinds.get(kind);
    if (spaces === undefined) return [];
    if (namespace !== undefined && resourceType(kind).namespaced) return [...(spaces.get(namespace)?.values() ?? [])];
    return [...spaces.values()].flatMap((names) => [...names.values()]);
  }

  /** Namespaces in which at least one object was seen. */
  namespaces(): string[] {
    const seen = new Set([...this.#kinds.values()].flatMap((spaces) => [...spaces.keys()]));
    seen.delete('');
    return [...seen];
  }

  /** A copy that later additions do not change. */
  snapshot(): ObjectTable {
    const kinds = new Map([...this.#kinds].map(([kind, spaces]) => [kind, new Map([...spaces].map(([space, names]) => [space, new Map(names)]))]));
    return new ObjectTable(kinds);
  }
}

/** Go writes an empty list or map as null: `endpoints: null`, `subsets: null`. Absent and null mean the same, and absent is what the types say. */
function withoutNulls(object: KubeObject): KubeObject {
  const parts = object as KubeObject & { readonly spec?: object; readonly status?: object };
  for (const part of [parts, parts.metadata, parts.spec, parts.status]) {
    if (!hasNull(part)) continue;
    const clean = (value: object | undefined): object | undefined => value && Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null));
    const { spec, status } = clean(parts) as typeof parts;
    return { ...clean(parts), metadata: clean(parts.metadata), ...(spec && { spec: clean(spec) }), ...(status && { status: clean(status) }) } as KubeObject;
  }
  return object;
}

function hasNull(part: object | undefined): boolean {
  for (const key in part) if ((part as Record<string, unknown>)[key] === null) return true;
  return false;
}

function spaceOf(kind: Kind, namespace: string | undefined): string {
  return resourceType(kind).namespaced ? (namespace ?? '') : '';
}

/** The kind of an object as a row of the resource table; undefined for kinds that sre-orch does not read. */
export function kindOf(object: KubeObject): Kind | undefined {
  return isKind(object.kind) ? object.kind : undefined;
}
