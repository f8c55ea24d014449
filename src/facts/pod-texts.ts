import type { FactText } from '../domain/fact.ts';
import type { KubeEvent } from '../domain/kubernetes/event.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import type { FactContext } from './context.ts';
import { parseSchedulingMessage } from './scheduling-message.ts';
import { conditionTexts, eventTexts, fieldText } from './texts.ts';

const SCHEDULING = new Set(['FailedScheduling']);
const STARTING = new Set(['FailedMount', 'FailedAttachVolume', 'FailedMapVolume', 'FailedCreatePodSandBox', 'NetworkNotReady']);

/**
 * Events, conditions and status of a pod. What is said of a stage that it has passed is stale: scheduling once it has a node,
 * mounts and sandbox once a container has started, the rest once it was ready. Of several refusals by the scheduler only the
 * newest that tells a reason speaks of now.
 */
export function podTexts(context: FactContext, pod: Pod): FactText[] {
  const events = context.inventory.eventsOf(pod);
  const of = (reasons: ReadonlySet<string>): KubeEvent[] => events.filter(({ reason = '' }) => reasons.has(reason));
  const others = events.filter(({ reason = '' }) => !SCHEDULING.has(reason) && !STARTING.has(reason));
  const scheduling = eventTexts(context, of(SCHEDULING), null);
  const newest = scheduling.find(({ text }) => parseSchedulingMessage(text) !== undefined);
  return [
    ...scheduling.map((text) => ({ ...text, stale: text !== newest || pod.spec.nodeName !== undefined })),
    ...eventTexts(context, of(STARTING), startedAt(pod)),
    ...eventTexts(context, others, transition(pod, 'Ready', 'True')),
    ...conditionTexts(
      context,
      pod,
      pod.status?.conditions?.filter(({ message }) => message),
    ),
    ...statusText(pod),
  ];
}

/** What the scheduler says now: the condition, which lasts, before the event, which expires. */
export function schedulingText(pod: Pod, texts: readonly FactText[]): FactText | undefined {
  if (pod.spec.nodeName !== undefined) return undefined;
  return (
    texts.find(({ source, reason, text }) => source === 'condition' && reason === 'Unschedulable' && parseSchedulingMessage(text) !== undefined) ??
    texts.find(({ source, reason, stale }) => source === 'event' && reason === 'FailedScheduling' && !stale)
  );
}

/** When the first container started, so that sandbox and mounts were in order; null while none has. */
export function startedAt(pod: Pod): string | null {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const times = statuses.flatMap(({ state, lastState }) => [state?.running?.startedAt, state?.terminated?.startedAt, lastState?.terminated?.startedAt]);
  const started = times.filter((time): time is string => time !== undefined && time !== null).sort();
  return started.at(-1) ?? null;
}

function transition(pod: Pod, type: string, status: string): string | null {
  return pod.status?.conditions?.find((condition) => condition.type === type && condition.status === status)?.lastTransitionTime ?? null;
}

function statusText(pod: Pod): FactText[] {
  const { reason, message } = pod.status ?? {};
  if (reason === undefined && message === undefined) return [];
  const field = message === undefined ? 'status.reason' : 'status.message';
  return [fieldText(pod, { source: 'status', reason: reason ?? null, text: message ?? '', path: field })];
}
