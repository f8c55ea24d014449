import type { ClusterReader } from '../../cluster/reader.ts';
import { counted } from '../../domain/counted.ts';
import { gap } from '../../domain/gap.ts';
import type { Inventory } from '../../domain/inventory.ts';
import type { Kind } from '../../domain/kubernetes/resource-type.ts';
import type { Scope } from '../../domain/report.ts';
import { concurrently } from './concurrently.ts';
import { type DependencyNamespace, dependencyNamespaces, namesStrangeAddress } from './dependency-namespaces.ts';
import { type ListPlan, NAMESPACED, SYSTEM_NAMESPACE } from './kinds.ts';
import { type LogTarget, logLimitsOf, logTargets } from './log-targets.ts';
import { projectionOf } from './projections.ts';
import type { ReadEvent } from './read-event.ts';
import { CONCURRENCY, failureGap, gapEvents, type ListRead } from './read-list.ts';
import { type FollowUpReading, readLog } from './read-log.ts';
import { readLists } from './read-scope.ts';
import { secretReferences } from './secret-references.ts';
import { type Reference, unlistedReferences } from './unlisted-references.ts';

export type { FollowUpReading } from './read-log.ts';

/** What the second round reads. */
export interface FollowUpTargets {
  readonly scope: Scope;
  readonly logs: readonly LogTarget[];
  /** Other namespaces that hold dependencies, and why. */
  readonly namespaces: readonly DependencyNamespace[];
  /** Objects that are referred to and whose kind could not be listed. */
  readonly references: readonly Reference[];
}

/** A standard investigation sends no more (design: 5, "Gentle with a sick API server"). A reader serves one investigation. */
const MAX_REQUESTS = 60;
/** What a namespace of a dependency is read for. */
const DEPENDENCY_KINDS: ReadonlySet<Kind> = new Set<Kind>(['Pod', 'Service', 'EndpointSlice', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet']);
const SERVICES_EVERYWHERE: ListPlan = { kind: 'Service', maxItems: 5_000, maxBytes: 64 * 2 ** 20, minor: true };
const MAX_NAMESPACES = 3;
const LOGS_IN_DEPENDENCIES = 4;

/** What to read next, by what the first round showed. Pure. */
export function followUpTargets(inventory: Inventory, scope: Scope, reader: ClusterReader): FollowUpTargets {
  return {
    scope,
    logs: logTargets(inventory, scope, logLimitsOf(reader)),
    namespaces: dependencyNamespaces(inventory, scope),
    references: [...unlistedReferences(inventory, scope), ...(reader.secretKeys === true ? secretReferences(inventory, scope) : [])],
  };
}

/**
 * Reads the targets into the builder, within what is left of the budget of requests: references, then logs, then the
 * namespaces of dependencies, those that the logs name among them, and the logs of what fails there.
 */
export async function* followUp(reading: FollowUpReading, targets: FollowUpTargets, signal: AbortSignal): AsyncGenerator<ReadEvent> {
  const { builder, reader } = reading;
  yield* readReferences(reading, targets.references, signal);
  yield* readLogs(reading, targets.logs, signal);
  if (namesStrangeAddress(builder.build(reader.asOf), targets.scope) && requestsLeft(reading) > 0)
    yield* readLists(reading, [{ plan: SERVICES_EVERYWHERE, namespace: undefined }], signal);
  const first = builder.build(reader.asOf);
  const named = new Map([...dependencyNamespaces(first, targets.scope), ...targets.namespaces].map((it) => [it.namespace, it]));
  const lists = listsOf(reading, [...named.keys()].slice(0, MAX_NAMESPACES));
  if (lists.length === 0 || signal.aborted) return;
  yield* readLists(reading, lists, signal);
  const dependencies = [...new Set(lists.flatMap(({ namespace }) => namespace ?? []))];
  const failing = logTargets(builder.build(reader.asOf), { ...targets.scope, namespaces: dependencies, objects: [] }, logLimitsOf(reader));
  yield* readLogs(reading, failing.slice(0, LOGS_IN_DEPENDENCIES), signal);
}

/** A dump sends none. */
function requestsLeft({ reader }: FollowUpReading): number {
  return reader.target.reader === 'snapshot' ? Number.POSITIVE_INFINITY : MAX_REQUESTS - reader.requests;
}

async function* readReferences(reading: FollowUpReading, references: readonly Reference[], signal: AbortSignal): AsyncGenerator<ReadEvent> {
  const tasks = references.slice(0, Math.max(0, requestsLeft(reading))).map((reference) => () => readReference(reading, reference, signal));
  for await (const events of concurrently(tasks, CONCURRENCY, signal)) yield* events;
}

async function readReference(
  { reader, builder, now }: FollowUpReading,
  { kind, namespace, name }: Reference,
  signal: AbortSignal,
): Promise<readonly ReadEvent[]> {
  const what = `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
  const started = now();
  try {
    const lookup = await reader.get(kind, namespace, name, signal);
    const projected = lookup.status === 'found' ? { ...lookup, value: projectionOf(kind)(lookup.value) } : lookup;
    const lost = builder.addObject(kind, namespace, name, projected);
    const ended = now();
    const text = `${what}: ${lookup.status}`;
    return [{ type: 'read-completed', at: ended.toISOString(), text, duration_ms: ended.getTime() - started.getTime(), coverage: null }, ...gapEvents(lost)];
  } catch (error) {
    const lost = failureGap(what, `get ${what}`, error, signal);
    builder.addGap(lost);
    return gapEvents(lost);
  }
}

/** The most telling first, as many as the budget has room for; one that is read for both runs costs two. */
async function* readLogs(reading: FollowUpReading, targets: readonly LogTarget[], signal: AbortSignal): AsyncGenerator<ReadEvent> {
  let room = requestsLeft(reading);
  const affordable = targets.filter(({ runs }) => {
    room -= runs === 'current' ? 1 : 2;
    return room >= 0;
  });
  const tasks = affordable.map((target) => async () => ({ target, events: await readLog(reading, target, signal) }));
  let unrecorded = 0;
  for await (const { target, events } of concurrently(tasks, CONCURRENCY, signal)) {
    if (target.well && events.length === 0) unrecorded += 1;
    yield* events;
  }
  if (unrecorded === 0 || reading.reader.target.reader !== 'snapshot') return;
  const lost = gap(`logs of ${counted(unrecorded, 'container')} in which nothing looks wrong`, 'not-collected', 'their logs in the dump');
  reading.builder.addGap(lost);
  yield* gapEvents(lost);
}

function listsOf(reading: FollowUpReading, namespaces: readonly string[]): ListRead[] {
  // The settings of the cluster DNS stand in a ConfigMap.
  const plansOf = (namespace: string) =>
    NAMESPACED.filter(({ kind }) => DEPENDENCY_KINDS.has(kind) || (kind === 'ConfigMap' && namespace === SYSTEM_NAMESPACE)).map((plan) => ({
      ...plan,
      minor: true,
      maxItems: 2_000,
    }));
  const affordable = Math.max(0, Math.floor(requestsLeft(reading) / (DEPENDENCY_KINDS.size + 1)));
  return namespaces.slice(0, affordable).flatMap((namespace) => plansOf(namespace).map((plan) => ({ plan, namespace })));
}
