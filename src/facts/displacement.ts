import type { PodDoc } from '../domain/facts/pod.ts';
import { eventFirstTime, type KubeEvent } from '../domain/kubernetes/event.ts';
import { controllerOf, refOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { type ObjectRef, refLabel } from '../domain/object-ref.ts';
import type { FactContext } from './context.ts';
import { podRequests } from './pod-requests.ts';

/** From a pod's arrival to the end of the one that makes room for it, its grace period included. */
const GIVING_WAY_MS = 120_000;

/** A pod of higher priority that took the place of an earlier pod of the same controller. */
export interface Displacement {
  readonly by: ObjectRef;
  readonly doc: NonNullable<PodDoc['displaced']>;
}

/**
 * Who displaced the predecessor of a pod that finds no room. The scheduler says so in an event that not every release sends;
 * else a predecessor was stopped just when a pod of higher priority came that asks for what is short.
 */
export function displacementOf(context: FactContext, pod: Pod, short: string | undefined): Displacement | undefined {
  if (short === undefined) return undefined;
  const ended = endsOfPredecessors(context, pod);
  const displacer = ended.map((event) => saidDisplacer(context, event) ?? seenDisplacer(context, { pod, short, event })).find((found) => found !== undefined);
  if (displacer === undefined) return undefined;
  const by = refOf(displacer);
  return {
    by,
    doc: { by: refLabel(by), node: displacer.spec.nodeName ?? null, its_priority: displacer.spec.priority ?? 0, own_priority: pod.spec.priority ?? 0 },
  };
}

/** That a pod of the same controller, which is gone, had to go. */
function endsOfPredecessors({ inventory }: FactContext, pod: Pod): KubeEvent[] {
  const controller = controllerOf(pod);
  if (controller === undefined) return [];
  return inventory.list<KubeEvent>('Event', pod.metadata.namespace).filter(({ reason, message = '', involvedObject: about }) => {
    if (about?.kind !== 'Pod' || about.uid === pod.metadata.uid || !about.name?.startsWith(`${controller.name}-`)) return false;
    return reason === 'Preempted' || (reason === 'Killing' && message.startsWith('Stopping container'));
  });
}

/** "Preempted by pod <uid> on node n1", before v1.27 "Preempted by <namespace>/<name> on node n1". */
function saidDisplacer({ inventory }: FactContext, { reason, message = '' }: KubeEvent): Pod | undefined {
  const named = reason === 'Preempted' ? /^Preempted by (?:a )?(?:pod )?(\S+)/.exec(message)?.[1] : undefined;
  return named === undefined
    ? undefined
    : inventory.list<Pod>('Pod').find(({ metadata }) => metadata.uid === named || `${metadata.namespace}/${metadata.name}` === named);
}

function seenDisplacer({ inventory }: FactContext, { pod, short, event }: { pod: Pod; short: string; event: KubeEvent }): Pod | undefined {
  const stopped = Date.parse(eventFirstTime(event) ?? '');
  const made = Date.parse(pod.metadata.creationTimestamp ?? '');
  if (!(Math.abs(stopped - made) < GIVING_WAY_MS)) return undefined;
  return inventory.list<Pod>('Pod').find(({ metadata, spec }) => {
    const came = Date.parse(metadata.creationTimestamp ?? '');
    const isHigher = spec.nodeName !== undefined && (spec.priority ?? 0) > (pod.spec.priority ?? 0);
    return isHigher && came <= made && made - came < GIVING_WAY_MS && (podRequests(spec)[short] ?? 0) > 0;
  });
}
