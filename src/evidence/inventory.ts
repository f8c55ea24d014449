import type { Listing } from '../cluster/reader.ts';
import type { Coverage } from '../domain/coverage.ts';
import type { Gap } from '../domain/gap.ts';
import { gap } from '../domain/gap.ts';
import type { Inventory } from '../domain/inventory.ts';
import type { KubeObject } from '../domain/kubernetes/object.ts';
import { type Kind, resourceType } from '../domain/kubernetes/resource-type.ts';
import type { LogExcerpt } from '../domain/log-excerpt.ts';
import { gapOf, type Lookup } from '../domain/lookup.ts';
import { NO_TELEMETRY, type Telemetry } from '../domain/telemetry.ts';
import { IndexedInventory, logKey, lookupKey } from './indexed-inventory.ts';
import { coverageOf, type ListRecord, listPermission } from './list-record.ts';
import { ObjectTable } from './object-table.ts';

export interface AddOptions {
  /** The list was asked for with a selector: it shows what is there, and never what is not. */
  readonly partial?: boolean;
  /** Little depends on the kind: that a dump lacks it stands in the coverage, and is no gap of the report. That a file of it is damaged is one. */
  readonly minor?: boolean;
  /** The caller tells the gap itself. */
  readonly told?: boolean;
}

/** What an answer came to. */
export interface Added {
  readonly coverage: Coverage;
  readonly gap: Gap | undefined;
}

/** Takes in every answer of a reader, also those that prove nothing, and makes the inventory of them. */
export class InventoryBuilder {
  readonly #objects = new ObjectTable();
  readonly #lists: ListRecord[] = [];
  readonly #reads = new Map<string, Lookup<KubeObject>>();
  readonly #logs = new Map<string, LogExcerpt[]>();
  readonly #gaps: Gap[] = [];
  #telemetry: Telemetry = NO_TELEMETRY;

  /** The answer to a list of `kind` in `namespace` (undefined: all namespaces, or a cluster-scoped kind). */
  add(kind: Kind, namespace: string | undefined, lookup: Lookup<Listing>, options: AddOptions = {}): Added {
    if (lookup.status === 'found') for (const object of lookup.value.items) this.#objects.add(kind, object);
    const record = recordOf(kind, namespace, lookup, options.partial ?? false);
    const answered = record.state === 'found' || record.state === 'not-found';
    if (options.partial !== true || !answered) this.#lists.push(record);
    const lost = listGap(record, lookup);
    const isMissing = lookup.status === 'not-collected' && lookup.reason === undefined;
    const gap = options.told === true || (options.minor === true && isMissing) ? undefined : lost;
    if (gap !== undefined) this.addGap(gap);
    return { coverage: coverageOf(record), gap };
  }

  /** The answer to a direct read of one object. */
  addObject(kind: Kind, namespace: string | undefined, name: string, lookup: Lookup<KubeObject>): Gap | undefined {
    if (lookup.status === 'found') this.#objects.add(kind, lookup.value);
    this.#reads.set(lookupKey(kind, namespace, name), lookup);
    const where = namespace === undefined ? name : `${namespace}/${name}`;
    const lost = gapOf(`${kind} ${where}`, lookup);
    if (lost !== undefined) this.addGap(lost);
    return lost;
  }

  addLogs(excerpt: LogExcerpt): void {
    const key = logKey(excerpt.namespace, excerpt.pod, excerpt.container);
    const others = (this.#logs.get(key) ?? []).filter(({ previous }) => previous !== excerpt.previous);
    this.#logs.set(key, [...others, excerpt]);
  }

  addGap(gap: Gap): void {
    if (!this.#gaps.some(({ what, why }) => what === gap.what && why === gap.why)) this.#gaps.push(gap);
  }

  setTelemetry(telemetry: Telemetry): void {
    this.#telemetry = telemetry;
  }

  /** What was added so far. `asOf`: ISO time that the evidence speaks of. Later additions do not change what was built. */
  build(asOf: string): Inventory {
    return new IndexedInventory({
      asOf,
      objects: this.#objects.snapshot(),
      lists: [...this.#lists],
      reads: new Map(this.#reads),
      logs: new Map([...this.#logs].map(([key, excerpts]) => [key, [...excerpts]])),
      gaps: [...this.#gaps],
      telemetry: this.#telemetry,
    });
  }
}

function recordOf(kind: Kind, namespace: string | undefined, lookup: Lookup<Listing>, partial: boolean): ListRecord {
  const base = { kind, namespace, items: 0, readAt: '', needs: '', reason: undefined };
  switch (lookup.status) {
    case 'found': {
      const { items, truncated, problems } = lookup.value;
      const complete = !partial && !truncated && problems.length === 0;
      const needs = complete ? '' : truncated ? 'a higher limit, or a narrower scope' : listPermission(kind, namespace);
      return { ...base, state: 'found', items: items.length, complete, readAt: lookup.readAt, needs, reason: problems[0] };
    }
    case 'not-found':
      return { ...base, state: 'not-found', complete: !partial, readAt: lookup.readAt };
    case 'forbidden':
      return { ...base, state: 'forbidden', complete: false, needs: lookup.needs };
    case 'not-collected':
      return { ...base, state: 'not-collected', complete: false, needs: lookup.needs, reason: lookup.reason };
  }
}

function listGap(record: ListRecord, lookup: Lookup<Listing>): Gap | undefined {
  const { plural } = resourceType(record.kind);
  const what = record.namespace === undefined ? plural : `${plural} in ${record.namespace}`;
  if (lookup.status !== 'found') return gapOf(what, lookup);
  const { truncated, problems, items } = lookup.value;
  if (truncated) return gap(what, 'truncated', record.needs, `only the first ${items.length} were read`);
  return problems.length === 0 ? undefined : gap(what, 'unreadable', 'a complete copy of what could not be read', problems.slice(0, 3).join('; '));
}
