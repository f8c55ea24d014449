import type { Pod } from '../domain/kubernetes/pod.ts';
import { isKind } from '../domain/kubernetes/resource-type.ts';
import { desiredReplicas, readyReplicas, type Workload } from '../domain/kubernetes/workload.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import { isPrivateAddress } from '../domain/private-address.ts';
import type { EdgeType } from '../topology/graph.ts';
import { type Candidate, earliest } from './candidate.ts';
import { isComplaint } from './echo.ts';
import type { Known } from './known.ts';

const REPLICATED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);
/** Effects of an object that only asks another to answer: a webhook, an aggregated API. */
const ASKS_ANOTHER: ReadonlySet<string> = new Set(['admission-blocked', 'api-unavailable']);
const LEADS_ON: ReadonlySet<EdgeType> = new Set(['calls', 'selects']);

/** What should have answered, and in what state it is. */
export interface Answerer {
  readonly object: ObjectRef;
  /**
   * `down`: none of its pods is ready, which is a fault of its own that nobody could read. `unseen`: it could not be read. `late`:
   * it got ready after those were started who complain of it, and what they say bears no time: it may be of before.
   * `nameless`: it is an address that nothing has that was read.
   */
  readonly state: 'down' | 'unseen' | 'late' | 'nameless';
}

/** Of what a candidate says that it does not answer, the part that makes this doubtful; undefined where all seems to be well with it. */
export function doubtfulAnswerer(candidate: Candidate, known: Known): Answerer | undefined {
  const asked = answerers(candidate, known);
  const down = asked.find((object) => isDown(object, known));
  if (down !== undefined) return { object: down, state: 'down' };
  const unseen = asked.find((object) => isUnseen(object, known));
  if (unseen !== undefined) return { object: unseen, state: 'unseen' };
  const nameless = asked.find(isNameless);
  if (nameless !== undefined) return { object: nameless, state: 'nameless' };
  const late = isUndated(candidate, known) ? asked.find((object) => isLate(object, candidate, known)) : undefined;
  return late === undefined ? undefined : { object: late, state: 'late' };
}

/** What is asked, and the workloads behind it. */
function answerers(candidate: Candidate, { graph }: Known): ObjectRef[] {
  const { object, effect, foreign } = candidate;
  const behind = (ref: ObjectRef): ObjectRef[] => graph.needs(ref).flatMap(({ type, to }) => (LEADS_ON.has(type) ? [to] : []));
  const services = ASKS_ANOTHER.has(effect) ? behind(object) : foreign && isComplaint(candidate) ? [object] : [];
  return services.flatMap((asked) => (asked.kind === 'Service' ? [asked, ...behind(asked)] : [asked]));
}

function isDown({ kind, namespace, name }: ObjectRef, { inventory }: Known): boolean {
  if (!isKind(kind) || !REPLICATED.has(kind)) return false;
  const lookup = inventory.lookup<Workload>(kind, namespace, name);
  return lookup.status === 'found' && desiredReplicas(lookup.value) > 0 && readyReplicas(lookup.value) === 0;
}

/** Nothing that it cites of logs or events says when that was. */
function isUndated({ evidenceIds }: Candidate, { evidence }: Known): boolean {
  const heard = evidenceIds.flatMap((id) => evidence(id) ?? []).filter(({ source }) => source === 'log' || source === 'event');
  return heard.length > 0 && heard.every(({ observed_at: at }) => (at ?? null) === null);
}

/** All its pods are ready, and are so only since after one of the callers was started. */
function isLate(object: ObjectRef, { subjects }: Candidate, known: Known): boolean {
  const pods = podsOf(object, known);
  const ready = pods.map(({ status }) => status?.conditions?.find(({ type, status: is }) => type === 'Ready' && is === 'True')?.lastTransitionTime);
  if (pods.length === 0 || ready.includes(undefined)) return false;
  const started = earliest(subjects.flatMap((subject) => podsOf(subject, known)).flatMap(startsOf));
  const since = earliest(ready);
  return started !== null && since !== null && Date.parse(started) < Date.parse(since);
}

/** Logs reach back to the start of the container. */
function startsOf({ status }: Pod): string[] {
  return (status?.containerStatuses ?? []).flatMap(({ state }) => state?.running?.startedAt ?? []);
}

function podsOf(ref: ObjectRef, { graph, inventory }: Known): Pod[] {
  return (ref.kind === 'Pod' ? [ref] : graph.podsOf(ref)).flatMap(({ namespace, name }) => {
    const lookup = inventory.lookup<Pod>('Pod', namespace, name);
    return lookup.status === 'found' ? [lookup.value] : [];
  });
}

/** An address within private ranges that belongs to nothing that was read: a Service that was made anew, or another network. */
function isNameless({ kind, name }: ObjectRef): boolean {
  return kind === 'External' && isPrivateAddress(name);
}

/** It could not be read, or what stands behind it could not. */
function isUnseen(ref: ObjectRef, { inventory, scope, graph }: Known): boolean {
  const { kind, namespace, name } = ref;
  if (!isKind(kind)) return isNameless(ref) && scope.namespaces.some((of) => !inventory.covers('Service', of));
  if (kind === 'Service' && !inventory.covers('Deployment', namespace) && !graph.needs(ref).some(({ type }) => LEADS_ON.has(type))) return true;
  const { status } = inventory.lookup(kind, namespace, name);
  return status === 'forbidden' || status === 'not-collected';
}
