import type { Inventory } from '../domain/inventory.ts';
import { eventFirstTime, eventTime, type KubeEvent } from '../domain/kubernetes/event.ts';
import type { KubeObject } from '../domain/kubernetes/object.ts';
import type { Kind } from '../domain/kubernetes/resource-type.ts';

/** ISO times; null: open on that side. */
export interface TimeWindow {
  readonly since: string | null;
  readonly until: string | null;
}

/**
 * The inventory as far as it speaks of a time window: events that were over before it or began after it are left out, and
 * ages are measured against its end. Objects are as they were read: the API keeps no earlier state of them.
 */
export function withinWindow(inventory: Inventory, { since, until }: TimeWindow): Inventory {
  if (since === null && until === null) return inventory;
  const from = since === null ? Number.NEGATIVE_INFINITY : Date.parse(since);
  const to = until === null ? Number.POSITIVE_INFINITY : Date.parse(until);
  // An event without a time counts as of any time.
  const inside = (event: KubeEvent): boolean => !(timeOf(eventTime(event)) < from) && !(timeOf(eventFirstTime(event)) > to);
  return {
    asOf: to < Date.parse(inventory.asOf) ? new Date(to).toISOString() : inventory.asOf,
    coverage: inventory.coverage,
    gaps: inventory.gaps,
    telemetry: inventory.telemetry,
    namespaces: inventory.namespaces,
    list: <T extends KubeObject>(kind: Kind, namespace?: string): readonly T[] => {
      const objects = inventory.list<T>(kind, namespace);
      return kind === 'Event' ? objects.filter((object) => inside(object as KubeEvent)) : objects;
    },
    lookup: inventory.lookup.bind(inventory) as Inventory['lookup'],
    covers: (kind, namespace) => inventory.covers(kind, namespace),
    eventsOf: (object) => inventory.eventsOf(object).filter(inside),
    logsOf: (namespace, pod, container) => inventory.logsOf(namespace, pod, container),
  };
}

function timeOf(time: string | undefined): number {
  return Date.parse(time ?? '');
}
