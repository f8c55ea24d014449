import type { FactText } from '../domain/fact.ts';
import type { KubeEvent } from '../domain/kubernetes/event.ts';
import { probeOf } from './container-events.ts';
import type { PodContainer } from './container-spec.ts';
import { recoveredAt, type StatePart } from './container-state.ts';
import type { FactContext } from './context.ts';
import { startedAt } from './pod-texts.ts';
import { eventTexts } from './texts.ts';

/** Stages that a pod has behind it once one of its containers has started. */
const BEFORE_START = new Set(['FailedMount', 'FailedAttachVolume', 'FailedMapVolume', 'FailedCreatePodSandBox', 'FailedScheduling']);

/**
 * A container's events as texts. Stale is what lies before its recovery, what hindered a start that has since succeeded, and,
 * in a container that is ready and does not restart, a failed probe that had no consequence in the time it has to have one.
 */
export function containerEventTexts(
  context: FactContext,
  container: PodContainer,
  state: StatePart,
  events: readonly KubeEvent[],
  leftBehind: boolean,
): FactText[] {
  if (events.length === 0) return [];
  const well = state.ready === true && !state.failing && !state.recently_failed;
  const recovered = leftBehind ? new Date(context.now).toISOString() : recoveredAt(context, container.pod, state);
  return eventTexts(context, events, recovered).map((text) => ({
    ...text,
    stale: text.stale || overtaken(text, container) || (well && withoutConsequence(container, text)),
  }));
}

function overtaken({ reason, at }: FactText, { pod }: PodContainer): boolean {
  if (reason === null || !BEFORE_START.has(reason) || at === null) return false;
  const started = startedAt(pod);
  return started !== null && Date.parse(at) < Date.parse(started);
}

function withoutConsequence({ spec }: PodContainer, { reason, text, age_s }: FactText): boolean {
  const name = reason === 'Unhealthy' ? probeOf(text) : undefined;
  if (name === undefined) return false;
  const { periodSeconds = 10, failureThreshold = 3 } = spec[`${name}Probe`] ?? {};
  return age_s === null || age_s > 2 * periodSeconds * failureThreshold;
}
