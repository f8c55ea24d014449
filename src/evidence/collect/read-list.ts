import type { ClusterReader } from '../../cluster/reader.ts';
import type { Gap } from '../../domain/gap.ts';
import { gap } from '../../domain/gap.ts';
import { resourceType } from '../../domain/kubernetes/resource-type.ts';
import type { Lookup } from '../../domain/lookup.ts';
import type { InventoryBuilder } from '../inventory.ts';
import { listPermission } from '../list-record.ts';
import type { ListPlan } from './kinds.ts';
import { keepsManagedFields, projectionOf } from './projections.ts';
import type { ReadEvent } from './read-event.ts';

/** At once; the API server of a cluster in trouble is not to be burdened (design: 5). */
export const CONCURRENCY = 5;

export interface Reading {
  readonly reader: ClusterReader;
  readonly builder: InventoryBuilder;
  readonly now: () => Date;
}

export interface ListRead {
  readonly plan: ListPlan;
  readonly namespace: string | undefined;
  readonly fieldSelector?: string;
  /** The API version to ask for, where it is not the usual one. */
  readonly version?: string;
}

/** What came of a list: events to tell, and the error when it threw. */
export interface ListOutcome {
  readonly events: readonly ReadEvent[];
  readonly error: unknown;
}

/** Reads one list into the builder. Never throws: what went wrong is a gap. */
export async function readList({ reader, builder, now }: Reading, read: ListRead, signal: AbortSignal): Promise<ListOutcome> {
  const { plan, namespace, fieldSelector, version } = read;
  const started = now();
  const what = listLabel(read);
  const selector = [plan.leaveOut, fieldSelector].filter((part) => part !== undefined).join(',');
  const selection = {
    ...(namespace === undefined ? {} : { namespace }),
    ...(selector === '' ? {} : { fieldSelector: selector }),
    ...(version === undefined ? {} : { version }),
  };
  const limits = { maxItems: plan.maxItems, maxBytes: plan.maxBytes, ...(plan.pageSize === undefined ? {} : { pageSize: plan.pageSize }) };
  try {
    const lookup = await reader.list(
      plan.kind,
      { ...selection, ...limits, withoutManagedFields: !keepsManagedFields(plan.kind), evidenceOnly: true, project: projectionOf(plan.kind) },
      signal,
    );
    if (resourceType(plan.kind).addOn === true && isNotInstalled(lookup)) return { events: [], error: undefined };
    const { coverage, gap: lost } = builder.add(plan.kind, namespace, lookup, { partial: fieldSelector !== undefined, minor: plan.minor ?? false });
    const ended = now();
    // What a selector left out was not cut.
    const answer = coverage.state === 'found' || coverage.state === 'not-found' ? `${coverage.items}${lost === undefined ? '' : ' (cut)'}` : coverage.state;
    const completed: ReadEvent = {
      type: 'read-completed',
      at: ended.toISOString(),
      text: `${what}: ${answer}`,
      duration_ms: ended.getTime() - started.getTime(),
      coverage: fieldSelector === undefined ? coverage : null,
    };
    return { events: [completed, ...gapEvents(lost)], error: undefined };
  } catch (error) {
    const lost = failureGap(what, listPermission(plan.kind, namespace), error, signal);
    builder.add(
      plan.kind,
      namespace,
      { status: 'not-collected', needs: lost.needs, ...(lost.detail === undefined ? {} : { reason: lost.detail }) },
      { told: true },
    );
    builder.addGap(lost);
    return { events: gapEvents(lost), error };
  }
}

/** An add-on that is not there is not worth a word. */
function isNotInstalled(lookup: Lookup<unknown>): boolean {
  return lookup.status === 'not-found' || (lookup.status === 'not-collected' && lookup.reason === undefined);
}

/** `pods in shop`, `nodes`, `events of nodes`. */
function listLabel({ plan, namespace, fieldSelector }: ListRead): string {
  const { plural } = resourceType(plan.kind);
  if (fieldSelector !== undefined) return `${plural} of nodes`;
  return namespace === undefined ? plural : `${plural} in ${namespace}`;
}

export function failureGap(what: string, needs: string, error: unknown, signal: AbortSignal): Gap {
  if (signal.aborted) return gap(what, 'timed-out', 'a longer --timeout');
  return gap(what, 'failed', needs, error instanceof Error ? error.message : String(error));
}

export function gapEvents(lost: Gap | undefined): ReadEvent[] {
  return lost === undefined ? [] : [{ type: 'gap-found', gap: lost }];
}
