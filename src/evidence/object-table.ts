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
    names.set(object.metadata.name, object);
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

function spaceOf(kind: Kind, namespace: string | undefined): string {
  return resourceType(kind).namespaced ? (namespace ?? '') : '';
}

/** The kind of an object as a row of the resource table; undefined for kinds that sre-orch does not read. */
export function kindOf(object: KubeObject): Kind | undefined {
  return isKind(object.kind) ? object.kind : undefined;
}
