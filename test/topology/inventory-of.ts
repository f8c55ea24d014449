import type { Inventory } from '../../src/domain/inventory.ts';
import { eventTime, type KubeEvent } from '../../src/domain/kubernetes/event.ts';
import type { KubeObject } from '../../src/domain/kubernetes/object.ts';
import { type Kind, resourceType } from '../../src/domain/kubernetes/resource-type.ts';
import type { LogExcerpt } from '../../src/domain/log-excerpt.ts';
import { NO_TELEMETRY, type Telemetry } from '../../src/domain/telemetry.ts';

export const AS_OF = '2026-11-21T10:00:00Z';

interface Written {
  /** Kinds that nobody was allowed to read; every other kind counts as listed completely in `namespaces`. */
  readonly forbidden?: readonly Kind[];
  readonly namespaces?: readonly string[];
  readonly telemetry?: Partial<Telemetry>;
  readonly logs?: readonly (Partial<LogExcerpt> & Pick<LogExcerpt, 'namespace' | 'pod' | 'container'>)[];
}

/** An Inventory of object literals: what was listed is complete, and what is not among it does not exist. */
export function inventoryOf(objects: readonly object[], { forbidden = [], namespaces, telemetry = {}, logs = [] }: Written = {}): Inventory {
  const all = objects as readonly KubeObject[];
  const read = namespaces ?? [...new Set(all.flatMap(({ metadata }) => metadata.namespace ?? []))];
  const covers = (kind: Kind, namespace?: string): boolean =>
    !forbidden.includes(kind) && (!resourceType(kind).namespaced || namespace === undefined || read.includes(namespace));
  return {
    asOf: AS_OF,
    coverage: [],
    gaps: [],
    telemetry: { ...NO_TELEMETRY, ...telemetry },
    namespaces: read,
    list: <T extends KubeObject>(kind: Kind, namespace?: string) =>
      all.filter((object) => object.kind === kind && (namespace === undefined || object.metadata.namespace === namespace)) as unknown as readonly T[],
    lookup: <T extends KubeObject>(kind: Kind, namespace: string | undefined, name: string) => {
      const value = all.find((object) => object.kind === kind && object.metadata.name === name && (object.metadata.namespace ?? '') === (namespace ?? ''));
      if (value) return { status: 'found', value: value as T, readAt: AS_OF };
      return covers(kind, namespace) ? { status: 'not-found', readAt: AS_OF } : { status: 'forbidden', needs: `list ${resourceType(kind).plural}` };
    },
    covers,
    eventsOf: (object) =>
      (all as readonly KubeEvent[])
        .filter((event) => event.kind === 'Event' && event.involvedObject?.name === object.metadata.name && event.involvedObject.kind === object.kind)
        .sort((a, b) => (eventTime(b) ?? '').localeCompare(eventTime(a) ?? '')),
    logsOf: (namespace, pod, container) => logs.filter((log) => log.namespace === namespace && log.pod === pod && log.container === container).map(fullExcerpt),
  };
}

function fullExcerpt(log: Partial<LogExcerpt> & Pick<LogExcerpt, 'namespace' | 'pod' | 'container'>): LogExcerpt {
  const none = { fatal: null, deepestCause: null, templates: [], endpoints: [], tail: [], errors: [] };
  return { previous: false, lines: 1, bytes: 1, truncated: false, readAt: AS_OF, ...none, ...log };
}
