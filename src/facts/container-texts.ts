import type { FactText } from '../domain/fact.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import type { PodContainer } from './container-spec.ts';
import type { StatePart } from './container-state.ts';

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

function textOf(
  container: PodContainer,
  said: { readonly source: FactText['source']; readonly reason: string | null; readonly text: string; readonly path: string },
): FactText {
  return {
    source: said.source,
    reason: said.reason,
    text: said.text,
    at: null,
    age_s: null,
    count: 1,
    stale: false,
    evidence: {
      source: 'object',
      object: refOf(container.pod),
      field_path: said.path,
      container: container.spec.name,
      excerpt: said.text === '' ? (said.reason ?? '') : `${said.reason ?? ''}: ${said.text}`,
    },
  };
}
