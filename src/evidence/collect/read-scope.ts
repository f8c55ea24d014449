import { gap } from '../../domain/gap.ts';
import type { Inventory } from '../../domain/inventory.ts';
import type { ApiService } from '../../domain/kubernetes/policy.ts';
import { resourceType } from '../../domain/kubernetes/resource-type.ts';
import { servedVersion } from '../../domain/kubernetes/served-version.ts';
import { concurrently } from './concurrently.ts';
import {
  ADD_ONS,
  CLUSTER_EVENTS_NAMESPACE,
  CLUSTER_ISSUERS,
  CLUSTER_WIDE,
  CLUSTER_WIDE_ON_DEMAND,
  controlPlaneSilent,
  EXPERIMENTS,
  LEASE_NAMESPACE,
  LEASES,
  type ListPlan,
  NAMESPACED,
  NAMESPACED_IN_DUMPS,
  NAMESPACED_ON_DEMAND,
  OTHER_NAMESPACES,
  SYSTEM_NAMESPACE,
} from './kinds.ts';
import type { ReadEvent } from './read-event.ts';
import { CONCURRENCY, gapEvents, type ListRead, type Reading, readList } from './read-list.ts';

export type { Reading } from './read-list.ts';

/** Kinds in one sentence. */
const MAX_NAMED = 6;

/**
 * Lists every kind that matters in the namespaces (empty: all), and the cluster-wide kinds, into the builder. Events come as
 * the answers do. A kind that cannot be read costs a gap; after an abort what was read stays. Throws only when every list threw.
 */
export async function* readScope(reading: Reading, namespaces: readonly string[], signal: AbortSignal): AsyncGenerator<ReadEvent> {
  yield* readLists(reading, firstLists(reading, namespaces), signal);
  const read = reading.builder.build(reading.reader.asOf);
  // Of a dump all are read: it costs no request, and a damaged file is told of.
  const wanted = CLUSTER_WIDE_ON_DEMAND.filter(({ when }) => reading.reader.target.reader === 'snapshot' || (when?.(read) ?? true));
  const [first = [], second = []] = ADD_ONS;
  const addOns = addOnLists(reading, first, namespaces, read);
  yield* readLists(reading, [...wanted.map(clusterWide), ...onDemand(reading, namespaces, read), ...addOns], signal);
  if (addOns.length > 0) yield* readLists(reading, addOnLists(reading, second, namespaces, reading.builder.build(reading.reader.asOf)), signal);
}

/** Of a dump the namespaces were read for all that it holds before. */
function onDemand({ reader }: Reading, [namespace]: readonly string[], read: Inventory): ListRead[] {
  const leases = controlPlaneSilent(read) ? [{ plan: LEASES, namespace: SYSTEM_NAMESPACE }] : [];
  if (reader.target.reader === 'snapshot') return leases;
  return [...NAMESPACED_ON_DEMAND.filter(({ when }) => when?.(read) ?? true).map((plan) => ({ plan, namespace })), ...leases];
}

function addOnLists({ reader }: Reading, plans: readonly ListPlan[], [namespace]: readonly string[], read: Inventory): ListRead[] {
  if (reader.target.reader === 'snapshot') return [];
  const apis = read.list<ApiService>('APIService');
  return plans.flatMap((plan): ListRead[] => {
    const version = servedVersion(apis, plan.kind);
    if (version === undefined || !(plan.when?.(read) ?? true)) return [];
    return [{ plan, version, namespace: resourceType(plan.kind).namespaced && plan.everywhere !== true ? namespace : undefined }];
  });
}

/** Reads lists five at once. Throws the first error when not one of them could be answered. */
export async function* readLists(reading: Reading, lists: readonly ListRead[], signal: AbortSignal): AsyncGenerator<ReadEvent> {
  let answered = 0;
  let failure: unknown;
  let begun = 0;
  const tasks = lists.map((list) => () => {
    begun += 1;
    return readList(reading, list, signal);
  });
  for await (const { events, error } of concurrently(tasks, CONCURRENCY, signal)) {
    if (error === undefined) answered += 1;
    else failure ??= error;
    yield* events;
  }
  yield* unread(reading, lists.slice(begun));
  if (answered === 0 && failure !== undefined && !signal.aborted) throw failure;
}

/** What an abort kept from being asked for, as one gap. */
function* unread({ builder }: Reading, lists: readonly ListRead[]): Generator<ReadEvent> {
  if (lists.length === 0) return;
  const kinds = [...new Set(lists.map(({ plan }) => resourceType(plan.kind).plural))];
  const shown = kinds.slice(0, MAX_NAMED).join(', ');
  const lost = gap(kinds.length > MAX_NAMED ? `${shown} and ${kinds.length - MAX_NAMED} more kinds` : shown, 'timed-out', 'a longer --timeout');
  builder.addGap(lost);
  yield* gapEvents(lost);
}

function firstLists({ reader }: Reading, namespaces: readonly string[]): ListRead[] {
  const everywhere = namespaces.length === 0;
  const dump = reader.target.reader === 'snapshot';
  const plans = dump ? NAMESPACED_IN_DUMPS : NAMESPACED;
  const inNamespaces = everywhere
    ? plans.map((plan) => ({ plan, namespace: undefined }))
    : namespaces.flatMap((namespace, place) =>
        plans.filter(({ kind }) => place === 0 || dump || OTHER_NAMESPACES.has(kind)).map((plan) => ({ plan, namespace })),
      );
  const cluster = [
    ...CLUSTER_WIDE.map(clusterWide),
    ...(dump ? [CLUSTER_ISSUERS, ...EXPERIMENTS].map(clusterWide) : []),
    { plan: LEASES, namespace: LEASE_NAMESPACE },
  ];
  return [...inNamespaces, ...cluster, ...(everywhere || namespaces.includes(CLUSTER_EVENTS_NAMESPACE) ? [] : [nodeEvents()])];
}

function clusterWide(plan: ListPlan): ListRead {
  return { plan, namespace: undefined };
}

function nodeEvents(): ListRead {
  const plan = NAMESPACED.find(({ kind }) => kind === 'Event') as ListPlan;
  return { plan: { ...plan, minor: true, maxItems: 5_000 }, namespace: CLUSTER_EVENTS_NAMESPACE, fieldSelector: 'involvedObject.kind=Node' };
}
