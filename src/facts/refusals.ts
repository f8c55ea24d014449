import type { FactText } from '../domain/fact.ts';
import type { KubeEvent } from '../domain/kubernetes/event.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import type { Kind } from '../domain/kubernetes/resource-type.ts';
import type { Workload } from '../domain/kubernetes/workload.ts';
import { type ObjectRef, objectRef, refKey } from '../domain/object-ref.ts';
import type { FactContext } from './context.ts';
import { conditionTexts, eventTexts } from './texts.ts';

/** Kinds whose controllers create pods or claims, and say so in events of their own. */
const CREATORS = ['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicationController', 'CronJob', 'Deployment'] as const satisfies readonly Kind[];
const REFUSED = new Set(['FailedCreate', 'FailedUpdate']);

/** The API server refused to create something for a controller. */
export interface Refusal {
  readonly set: Workload;
  /** The owner that people name. */
  readonly workload: ObjectRef;
  readonly text: FactText;
  readonly wanted: number;
  readonly present: number;
}

const cache = new WeakMap<FactContext, readonly Refusal[]>();

/** All refusals, newest first within a set. Those of a set that has all its pods by now are stale. */
export function refusals(context: FactContext): readonly Refusal[] {
  const known = cache.get(context);
  if (known !== undefined) return known;
  const unread = eventsOfUnreadSets(context);
  const found = CREATORS.flatMap((kind) =>
    context.inventory.list<Workload>(kind).flatMap((set) => refusalsOf(context, set, unread.get(refKey(refOf(set))) ?? [])),
  );
  cache.set(context, found);
  return found;
}

/** Where ReplicaSets were not read, their events still tell: by the Deployment that their names extend. */
function eventsOfUnreadSets({ inventory, graph }: FactContext): Map<string, KubeEvent[]> {
  const events = inventory.list<KubeEvent>('Event').filter(({ reason = '', involvedObject: about }) => {
    const status = about?.kind === 'ReplicaSet' && REFUSED.has(reason) ? inventory.lookup('ReplicaSet', about.namespace, about.name ?? '').status : 'found';
    return status === 'not-collected' || status === 'forbidden';
  });
  return Map.groupBy(events, ({ involvedObject: about }) => refKey(graph.ownerOf(objectRef('ReplicaSet', about?.namespace, about?.name ?? ''))));
}

function refusalsOf(context: FactContext, set: Workload, unread: readonly KubeEvent[]): Refusal[] {
  const events = [...context.inventory.eventsOf(set), ...unread].filter(
    ({ reason = '', message = '' }) => REFUSED.has(reason) && /forbidden|denied|webhook|not found|invalid/i.test(message),
  );
  const conditions = (set.status?.conditions ?? []).filter(({ type, status, message }) => type === 'ReplicaFailure' && status === 'True' && message);
  if (events.length + conditions.length === 0) return [];
  const { wanted, present } = podCounts(set);
  const workload = context.graph.ownerOf(refOf(set));
  const texts = [...conditionTexts(context, set, conditions), ...eventTexts(context, events, null)];
  return texts.map((text) => ({ set, workload, text: { ...text, stale: present >= wanted }, wanted, present }));
}

/** Pods a controller should have created, and those it has. */
export function podCounts(set: Workload): { wanted: number; present: number } {
  const { spec = {}, status = {} } = set;
  switch (set.kind) {
    case 'DaemonSet':
      return { wanted: status.desiredNumberScheduled ?? 0, present: status.currentNumberScheduled ?? 0 };
    case 'Job': {
      const done = (status.succeeded ?? 0) + (typeof status.active === 'number' ? status.active : 0);
      return { wanted: status.completionTime === undefined && spec.suspend !== true ? 1 : 0, present: done };
    }
    case 'CronJob':
      return { wanted: 1, present: 0 };
    default:
      return { wanted: spec.replicas ?? 1, present: status.replicas ?? 0 };
  }
}
