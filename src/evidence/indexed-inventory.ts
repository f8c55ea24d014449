import type { Coverage } from '../domain/coverage.ts';
import type { Gap } from '../domain/gap.ts';
import type { Inventory } from '../domain/inventory.ts';
import type { KubeEvent } from '../domain/kubernetes/event.ts';
import type { KubeObject } from '../domain/kubernetes/object.ts';
import { type Kind, resourceType } from '../domain/kubernetes/resource-type.ts';
import type { LogExcerpt } from '../domain/log-excerpt.ts';
import type { Lookup } from '../domain/lookup.ts';
import type { Telemetry } from '../domain/telemetry.ts';
import { EventIndex } from './event-index.ts';
import { absence, betterRecord, coverageOf, type ListRecord } from './list-record.ts';
import type { ObjectTable } from './object-table.ts';

/** All that was read, as the builder hands it over. */
export interface InventoryParts {
  readonly asOf: string;
  readonly objects: ObjectTable;
  readonly lists: readonly ListRecord[];
  /** Direct reads, by `lookupKey`. */
  readonly reads: ReadonlyMap<string, Lookup<KubeObject>>;
  readonly logs: ReadonlyMap<string, readonly LogExcerpt[]>;
  readonly gaps: readonly Gap[];
  readonly telemetry: Telemetry;
}

const EVERYWHERE = '*';

export function lookupKey(kind: Kind, namespace: string | undefined, name: string): string {
  return `${listKey(kind, namespace ?? '')}/${name}`;
}

function listKey(kind: Kind, namespace: string | undefined): string {
  return `${kind}/${resourceType(kind).namespaced ? (namespace ?? EVERYWHERE) : EVERYWHERE}`;
}

export function logKey(namespace: string, pod: string, container: string): string {
  return `${namespace}/${pod}/${container}`;
}

/** The inventory over indexes; lists and events are indexed when first asked for. */
export class IndexedInventory implements Inventory {
  readonly asOf: string;
  readonly coverage: readonly Coverage[];
  readonly gaps: readonly Gap[];
  readonly telemetry: Telemetry;
  readonly namespaces: readonly string[];
  readonly #parts: InventoryParts;
  readonly #records = new Map<string, ListRecord>();
  readonly #lists = new Map<string, readonly KubeObject[]>();
  #events: EventIndex | undefined;

  constructor(parts: InventoryParts) {
    this.#parts = parts;
    this.asOf = parts.asOf;
    this.gaps = parts.gaps;
    this.telemetry = parts.telemetry;
    this.coverage = parts.lists.map(coverageOf);
    for (const record of parts.lists) {
      const key = listKey(record.kind, record.namespace);
      this.#records.set(key, betterRecord(this.#records.get(key), record));
    }
    this.namespaces = parts.objects.namespaces().sort();
  }

  list<T extends KubeObject>(kind: Kind, namespace?: string): readonly T[] {
    const key = listKey(kind, namespace);
    const known = this.#lists.get(key) ?? this.#parts.objects.list(kind, namespace);
    this.#lists.set(key, known);
    return known as readonly T[];
  }

  lookup<T extends KubeObject>(kind: Kind, namespace: string | undefined, name: string): Lookup<T> {
    const object = this.#parts.objects.get(kind, namespace, name);
    const direct = this.#parts.reads.get(lookupKey(kind, namespace, name));
    const record = this.#recordFor(kind, namespace);
    if (object !== undefined) return { status: 'found', value: object as T, readAt: readTime(direct) ?? record?.readAt ?? this.asOf };
    if (direct?.status === 'not-found') return direct;
    const absent = absence(record, kind, namespace);
    return absent.status === 'not-found' || direct === undefined ? absent : (direct as Lookup<T>);
  }

  covers(kind: Kind, namespace?: string): boolean {
    return this.#recordFor(kind, namespace)?.complete ?? false;
  }

  eventsOf(object: KubeObject): readonly KubeEvent[] {
    this.#events ??= new EventIndex(this.list<KubeEvent>('Event'));
    return this.#events.of(object);
  }

  logsOf(namespace: string, pod: string, container: string): readonly LogExcerpt[] {
    return this.#parts.logs.get(logKey(namespace, pod, container)) ?? [];
  }

  #recordFor(kind: Kind, namespace: string | undefined): ListRecord | undefined {
    const everywhere = this.#records.get(listKey(kind, undefined));
    if (namespace === undefined || everywhere?.complete) return everywhere;
    const own = this.#records.get(listKey(kind, namespace));
    return everywhere === undefined ? own : own === undefined ? everywhere : betterRecord(everywhere, own);
  }
}

function readTime(lookup: Lookup<unknown> | undefined): string | undefined {
  return lookup?.status === 'found' ? lookup.readAt : undefined;
}
