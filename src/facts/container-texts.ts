import type { FactText } from '../domain/fact.ts';
import type { PodContainer } from './container-spec.ts';
import type { StatePart } from './container-state.ts';
import { type FieldWords, fieldText } from './texts.ts';

/** What the kubelet wrote into a container's and its pod's status, as texts: why it waits, how it ended, why the pod failed. */
export function containerTexts(container: PodContainer, state: StatePart): FactText[] {
  const { waiting, termination } = state;
  const { status } = container.pod;
  const ended = termination?.current ? 'state' : 'lastState';
  return [
    ...(waiting === null
      ? []
      : [textOf(container, { source: 'waiting', reason: waiting.reason, text: waiting.message ?? '', path: `${container.statusPath}.state.waiting` })]),
    ...(termination === null
      ? []
      : [
          {
            ...textOf(container, {
              source: 'terminated',
              reason: termination.reason,
              text: termination.message ?? '',
              path: `${container.statusPath}.${ended}.terminated`,
            }),
            at: termination.finished_at,
            age_s: termination.age_s,
            stale: !state.failing && !state.recently_failed,
          },
        ]),
    ...(status?.message === undefined
      ? []
      : [textOf(container, { source: 'status', reason: status.reason ?? null, text: status.message, path: 'status.message' })]),
  ];
}

function textOf({ pod, spec }: PodContainer, said: FieldWords): FactText {
  const text = fieldText(pod, said);
  return { ...text, evidence: { ...text.evidence, container: spec.name } };
}
