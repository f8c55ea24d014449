import { isRecord } from '../../../domain/is-record.ts';
import type { KubeObject } from '../../../domain/kubernetes/object.ts';
import { type Kind, resourceType } from '../../../domain/kubernetes/resource-type.ts';
import { acceptObject } from './accept-object.ts';
import { kindOf } from './kind-names.ts';
import type { ParsedText } from './parsed-text.ts';

/** What a path says of the objects in it. */
export interface PlaceHint {
  readonly kind: Kind | undefined;
  readonly namespace: string | undefined;
}

/** What one file holds. */
export interface FileObjects {
  readonly objects: ReadonlyMap<Kind, readonly KubeObject[]>;
  /** Kinds that the file holds as a list, so that what is not in it was not there; with the namespaces that its items name. */
  readonly lists: ReadonlyMap<Kind, ReadonlySet<string>>;
  /** An API server's refusal that was saved in place of the objects. */
  readonly forbidden: boolean;
  readonly problems: readonly string[];
}

/** Sorts the documents of a file into objects by kind. Kinds that sre-orch does not read are passed over. */
export function objectsOf(parsed: ParsedText, hint: PlaceHint): FileObjects {
  const sorting = new Sorting(hint);
  const context = { kind: hint.kind, apiVersion: undefined, inList: false };
  for (const document of parsed.documents) sorting.take(document, context);
  const problems = [parsed.problem, sorting.nameless > 0 ? `${sorting.nameless} of its objects have no name` : undefined];
  return { objects: sorting.objects, lists: sorting.lists, forbidden: sorting.forbidden, problems: problems.filter((problem) => problem !== undefined) };
}

/** What the list around an item says of it: items of typed lists carry no kind of their own. */
interface ItemContext {
  readonly kind: Kind | undefined;
  readonly apiVersion: string | undefined;
  readonly inList: boolean;
}

class Sorting {
  readonly objects = new Map<Kind, KubeObject[]>();
  readonly lists = new Map<Kind, Set<string>>();
  forbidden = false;
  nameless = 0;
  readonly #hint: PlaceHint;

  constructor(hint: PlaceHint) {
    this.#hint = hint;
  }

  take(value: unknown, context: ItemContext): void {
    if (Array.isArray(value)) this.#takeList(value, context);
    else if (isRecord(value)) this.#takeRecord(value, context);
  }

  #takeRecord(value: Record<string, unknown>, context: ItemContext): void {
    const apiVersion = typeof value['apiVersion'] === 'string' ? value['apiVersion'] : context.apiVersion;
    const spelled = typeof value['kind'] === 'string' ? value['kind'] : undefined;
    if (Array.isArray(value['items']) && (spelled === undefined || spelled.endsWith('List'))) {
      const named = spelled === undefined || spelled === 'List';
      const kind = named ? context.kind : kindOf(apiVersion, spelled.slice(0, -'List'.length));
      this.#takeList(value['items'], { ...context, kind, apiVersion: spelled === 'List' ? undefined : apiVersion });
    } else if (spelled === 'Status') {
      this.forbidden ||= value['reason'] === 'Forbidden' || value['code'] === 403;
    } else {
      const kind = spelled === undefined ? context.kind : kindOf(apiVersion, spelled);
      if (kind !== undefined) this.#takeObject(value, kind, { ...context, apiVersion });
    }
  }

  #takeList(items: readonly unknown[], context: ItemContext): void {
    if (context.kind !== undefined) this.#listed(context.kind, this.#hint.namespace);
    const inList = { ...context, inList: true };
    for (const item of items) this.take(item, inList);
  }

  #takeObject(value: Record<string, unknown>, kind: Kind, { apiVersion, inList }: ItemContext): void {
    if (apiVersion !== undefined) value['apiVersion'] = apiVersion;
    const object = acceptObject(kind, value, resourceType(kind).namespaced ? this.#hint.namespace : undefined);
    if (object === undefined) {
      this.nameless++;
      return;
    }
    const objects = this.objects.get(kind);
    if (objects === undefined) this.objects.set(kind, [object]);
    else objects.push(object);
    if (inList) this.#listed(kind, object.metadata.namespace);
  }

  #listed(kind: Kind, namespace: string | undefined): void {
    const namespaces = this.lists.get(kind) ?? new Set();
    if (namespace !== undefined) namespaces.add(namespace);
    this.lists.set(kind, namespaces);
  }
}
