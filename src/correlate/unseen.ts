import { type Gap, gap } from '../domain/gap.ts';
import { eventTime, type KubeEvent } from '../domain/kubernetes/event.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { type Kind, resourceType } from '../domain/kubernetes/resource-type.ts';
import { type ObjectRef, refKey, refLabel } from '../domain/object-ref.ts';
import { distinct } from './candidate.ts';
import type { Known } from './known.ts';
import { type Sought, soughtIn } from './sought.ts';

/** Without these nobody can say that nothing is wrong. */
const NEEDED_FOR_HEALTH: readonly Kind[] = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Service'];
/** What is broken in these shows nowhere else: who calls from outside is not in the cluster, and what a policy drops leaves no trace. */
const WAYS_IN: readonly Kind[] = ['Ingress', 'NetworkPolicy'];
/** What fails here may have left no pod. */
const BESIDE_PODS: readonly Kind[] = ['Job', 'CronJob', 'PersistentVolumeClaim', 'HorizontalPodAutoscaler'];
/** The API server forgets events after this long, unless it is told otherwise. */
const EVENTS_LIVE_MS = 3_600_000;
const MAX_NAMED = 3;

/** What would have to be seen before "no fault" could be said, and was not. */
export interface Unseen {
  /** Lists, by where. */
  readonly lists: readonly { readonly plural: string; readonly namespace: string | undefined }[];
  /** Workloads none of whose logs was read. */
  readonly silent: readonly ObjectRef[];
}

export function unseenOf(known: Known): Unseen {
  const sought = soughtIn(known.entities.error_summary);
  return {
    lists: [...coreLists(known), ...furtherLists(known, sought), ...dependencies(known, sought)],
    silent: sought.inLogs ? unreadLogs(known, sought) : [],
  };
}

/** Those of which no gap tells yet: that little depends on a kind is not true of this question. */
export function untoldGaps({ lists, silent }: Unseen, { gaps, inventory: { coverage } }: Known): Gap[] {
  const asked = lists.filter((list) =>
    coverage.some(({ kind, namespace, state }) => kind === list.plural && namespace === (list.namespace ?? null) && isRefusal(state)),
  );
  const unlisted = asked.map(({ plural, namespace }) => {
    const what = namespace === undefined ? plural : `${plural} in ${namespace}`;
    return gap(what, 'not-collected', `list ${what}`);
  });
  const names = silent.slice(0, MAX_NAMED).map(refLabel).join(', ');
  const rest = silent.length - MAX_NAMED;
  const logs =
    silent.length === 0 || gaps.some(isOfLogs)
      ? []
      : [gap(`logs of ${names}${rest > 0 ? ` and ${rest} more` : ''}`, 'truncated', 'a question that names one of them')];
  return [...unlisted.filter(({ what }) => !gaps.some((told) => told.what === what)), ...logs];
}

function placesOf({ scope }: Known): readonly (string | undefined)[] {
  return scope.namespaces.length > 0 ? scope.namespaces : [undefined];
}

function coreLists(known: Known): Unseen['lists'] {
  return placesOf(known).flatMap((namespace) => {
    const kinds = NEEDED_FOR_HEALTH.filter((kind) => !known.inventory.covers(kind, namespace));
    return [...kinds, ...(sawEvents(known, namespace) ? [] : ['Event' as const])].map((kind) => ({ plural: resourceType(kind).plural, namespace }));
  });
}

/** The newest of many events are enough; none for want of permission, or because the dump lacks them, are not, nor are those of today for a question of last week. */
function sawEvents({ inventory, scope, asOf }: Known, namespace: string | undefined): boolean {
  const { plural } = resourceType('Event');
  const listed = inventory.coverage.some(({ kind, namespace: of, state }) => kind === plural && state === 'found' && (of === null || of === namespace));
  const until = Date.parse(scope.until ?? '');
  if (!listed || Number.isNaN(until) || Date.parse(asOf) - until < EVENTS_LIVE_MS) return listed;
  return inventory.list<KubeEvent>('Event', namespace).some((event) => Date.parse(eventTime(event) ?? '') <= until);
}

/** Kinds on which little else depends, where they were asked for and not shown. */
function furtherLists(known: Known, sought: Sought): Unseen['lists'] {
  return placesOf(known).flatMap((namespace) =>
    furtherKinds(known, sought)
      .filter((kind) => isHidden(known, kind, namespace))
      .map((kind) => ({ plural: resourceType(kind).plural, namespace: resourceType(kind).namespaced ? namespace : undefined })),
  );
}

function furtherKinds({ scope, entities, gaps }: Known, { anything, inLogs, ways, placing }: Sought): Kind[] {
  // A word that names nothing may be the name of a node that could not be listed.
  const ofNodes = placing || entities.unresolved.length > 0 || scope.objects.some(({ kind }) => kind === 'Node') || (anything && scope.namespaces.length === 0);
  const kinds: Kind[] = [
    ...(ways ? [...WAYS_IN, ...BESIDE_PODS] : []),
    ...(inLogs && gaps.some(isOfSettings) ? (['ConfigMap'] as const) : []),
    ...(ofNodes ? (['Node'] as const) : []),
    ...(placing ? (['PersistentVolumeClaim', 'Namespace'] as const) : []),
  ];
  return [...new Set(kinds)];
}

/** Asked for, and not shown. What an abort kept from being asked for is told elsewhere. */
function isHidden({ inventory }: Known, kind: Kind, namespace: string | undefined): boolean {
  const { plural } = resourceType(kind);
  const asked = inventory.coverage.some((one) => one.kind === plural && (one.namespace === null || one.namespace === namespace) && isRefusal(one.state));
  return asked && !inventory.covers(kind, namespace);
}

function isRefusal(state: string): boolean {
  return state === 'forbidden' || state === 'not-collected';
}

/** Where what was asked about depends on another namespace, and nothing of that one could be seen. */
function dependencies({ inventory, scope }: Known, { ways, anything }: Sought): Unseen['lists'] {
  if (!ways || anything || scope.namespaces.length === 0) return [];
  const { plural } = resourceType('Pod');
  return inventory.coverage.flatMap(({ kind, namespace, state }) =>
    kind === plural && namespace !== null && isRefusal(state) && !scope.namespaces.includes(namespace) && !inventory.covers('Pod', namespace)
      ? [{ plural, namespace }]
      : [],
  );
}

/**
 * Workloads that run and of which no log was read: those that the question names, where it names any. Where nothing kept logs from
 * being read but their number, they are taken for the rest, unless the question is about what only they tell.
 */
function unreadLogs(known: Known, { anything }: Sought): ObjectRef[] {
  const { inventory, scope, gaps, graph } = known;
  const named = new Set(scope.objects.flatMap((object) => [object, ...behind(object, known)]).map(refKey));
  if (!gaps.some(isOfLogs) && (anything || named.size > 0)) return [];
  const byOwner = Map.groupBy(
    placesOf(known)
      .flatMap((namespace) => inventory.list<Pod>('Pod', namespace))
      .filter(runs),
    (pod) => refKey(graph.ownerOf(refOf(pod))),
  );
  const asked = [...byOwner].filter(([owner]) => named.has(owner));
  return (asked.length > 0 ? asked : [...byOwner]).flatMap(([, pods]) =>
    pods.some((pod) => hasLog(pod, known)) ? [] : distinct(pods.map((pod) => graph.ownerOf(refOf(pod)))),
  );
}

function behind(object: ObjectRef, { graph }: Known): ObjectRef[] {
  return object.kind === 'Service' ? graph.needs(object).flatMap(({ type, to }) => (type === 'selects' ? [graph.ownerOf(to)] : [])) : [];
}

function runs({ status }: Pod): boolean {
  return (status?.containerStatuses ?? []).some(({ state }) => state?.running !== undefined);
}

function hasLog({ metadata, spec }: Pod, { inventory }: Known): boolean {
  return (spec?.containers ?? []).some(({ name }) => inventory.logsOf(metadata.namespace ?? '', metadata.name, name).length > 0);
}

/** Somebody reads one that could not be looked into. */
function isOfSettings({ what }: Gap): boolean {
  return what.startsWith('ConfigMap ');
}

function isOfLogs({ what }: Gap): boolean {
  return /^logs? of\b/.test(what);
}
