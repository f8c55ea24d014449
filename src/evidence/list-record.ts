import type { Coverage } from '../domain/coverage.ts';
import { type Kind, resourceType } from '../domain/kubernetes/resource-type.ts';
import type { Lookup } from '../domain/lookup.ts';

/** What is known of a kind in one namespace (undefined: everywhere) from listing it. */
export interface ListRecord {
  readonly kind: Kind;
  readonly namespace: string | undefined;
  readonly state: Coverage['state'];
  readonly items: number;
  /** Nothing was cut, left out by a selector, or unreadable: what is not in the list does not exist. */
  readonly complete: boolean;
  readonly readAt: string;
  /** What would have proved more; empty for a complete list. */
  readonly needs: string;
  readonly reason: string | undefined;
}

export function coverageOf(record: ListRecord): Coverage {
  const { kind, namespace, state, items, complete } = record;
  const cut = state === 'found' && !complete;
  return { kind: resourceType(kind).plural, namespace: namespace ?? null, state, items, ...(cut ? { truncated: true } : {}) };
}

/** The better of two answers to the same question: a complete list over a partial one, any list over none; the later of equals. */
export function betterRecord(known: ListRecord | undefined, next: ListRecord): ListRecord {
  return known !== undefined && worth(known) > worth(next) ? known : next;
}

function worth({ complete, state }: ListRecord): number {
  if (complete) return 2;
  return state === 'found' ? 1 : 0;
}

/** What to say of an object that no list holds, by the list that should have held it. */
export function absence(record: ListRecord | undefined, kind: Kind, namespace: string | undefined): Lookup<never> {
  if (record === undefined) return { status: 'not-collected', needs: listPermission(kind, namespace), reason: 'it was not asked for' };
  if (record.complete) return { status: 'not-found', readAt: record.readAt };
  if (record.state === 'forbidden') return { status: 'forbidden', needs: record.needs };
  const reason = record.reason ?? (record.state === 'found' ? 'only a part of the list was read' : undefined);
  return { status: 'not-collected', needs: record.needs, ...(reason === undefined ? {} : { reason }) };
}

/** `list configmaps in shop`, `list nodes`. */
export function listPermission(kind: Kind, namespace: string | undefined): string {
  const { plural, namespaced } = resourceType(kind);
  if (!namespaced) return `list ${plural}`;
  return namespace === undefined ? `list ${plural} in all namespaces` : `list ${plural} in ${namespace}`;
}
