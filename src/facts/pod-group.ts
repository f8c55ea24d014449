import type { ContainerDoc } from '../domain/facts/container.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { containersOf } from './container-spec.ts';

/** The pods of one workload, summed up once: a container's facts compare it with its siblings without walking over them. */
export interface PodGroup {
  /** Of the pods beside this one. */
  siblings(pod: Pod): ContainerDoc['siblings'];
  /** Seconds from start to ready, of the pod itself or of the first that tells. */
  bootSeconds(pod: Pod, container: string): number | null;
}

export function podGroup(pods: readonly Pod[]): PodGroup {
  const ready = new Set(pods.filter((pod) => readyCondition(pod) !== undefined));
  const boots = new Map<string, number>();
  for (const pod of ready) {
    for (const { spec } of containersOf(pod)) {
      const boot = boots.has(spec.name) ? null : bootOf(pod, spec.name);
      if (boot !== null) boots.set(spec.name, boot);
    }
  }
  return {
    siblings: (pod) => ({ total: Math.max(0, pods.length - 1), healthy: ready.size - (ready.has(pod) ? 1 : 0) }),
    bootSeconds: (pod, container) => bootOf(pod, container) ?? boots.get(container) ?? null,
  };
}

function readyCondition(pod: Pod) {
  return pod.status?.conditions?.find(({ type, status }) => type === 'Ready' && status === 'True');
}

/** Ready before the start of the run, or an hour after it, speaks of another run. */
function bootOf(pod: Pod, container: string): number | null {
  const startedAt = pod.status?.containerStatuses?.find(({ name }) => name === container)?.state?.running?.startedAt;
  const seconds = (Date.parse(readyCondition(pod)?.lastTransitionTime ?? '') - Date.parse(startedAt ?? '')) / 1000;
  return seconds >= 0 && seconds < 3600 ? Math.round(seconds) : null;
}
