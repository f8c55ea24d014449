import { eventTime, type KubeEvent } from '../../domain/kubernetes/event.ts';
import type { ObjectRef } from '../../domain/object-ref.ts';
import type { Known } from '../known.ts';

/** Warnings of a pod that is not well; a probe that fails while a pod starts is none. */
const TROUBLE: ReadonlySet<string> = new Set(['BackOff', 'Failed', 'FailedScheduling', 'FailedMount', 'FailedCreatePodSandBox', 'OOMKilling', 'Evicted']);
const JUST_BEFORE_MS = 5 * 60_000;

interface Earlier {
  readonly workload: ObjectRef;
  /** The ReplicaSet or ControllerRevision of the revision before. */
  readonly before: string;
}

/** Warnings about earlier pods, that may be gone, up to the change: then the change did not bring the trouble. */
export function wasInTrouble(at: string, known: Known, earlier: Earlier): boolean {
  const changed = Date.parse(at);
  return eventsOfPods(known, earlier).some(
    ({ event, time }) => event.type === 'Warning' && TROUBLE.has(event.reason ?? '') && time <= changed && time >= changed - JUST_BEFORE_MS,
  );
}

/** Events reach back before the change, and tell of no trouble of its pods. */
export function wasQuiet(at: string, known: Known, earlier: Earlier): boolean {
  return !wasInTrouble(at, known, earlier) && eventsOfPods(known, earlier).some(({ time }) => time < Date.parse(at));
}

/** Pods of a ReplicaSet bear its name; those of a StatefulSet or DaemonSet bear that of the workload. */
function eventsOfPods({ inventory }: Known, { workload, before }: Earlier): { event: KubeEvent; time: number }[] {
  const start = workload.kind === 'Deployment' ? `${before}-` : `${workload.name}-`;
  return inventory
    .list<KubeEvent>('Event', workload.namespace)
    .filter(({ involvedObject }) => involvedObject?.kind === 'Pod' && involvedObject.name?.startsWith(start))
    .map((event) => ({ event, time: Date.parse(eventTime(event) ?? '') }));
}
