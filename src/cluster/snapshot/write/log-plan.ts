import { controllerOf } from '../../../domain/kubernetes/object.ts';
import type { ContainerStatus, Pod } from '../../../domain/kubernetes/pod.ts';

/** What has to be known of a pod to read its logs. */
export interface LoggedPod {
  readonly namespace: string;
  readonly name: string;
  readonly containers: readonly { readonly name: string; readonly restarted: boolean }[];
  readonly owner: string;
  readonly trouble: Trouble;
}

const TROUBLE = { now: 0, before: 1, none: 2 } as const;
type Trouble = (typeof TROUBLE)[keyof typeof TROUBLE];

export function loggedPod({ metadata, spec, status, ...pod }: Pod): LoggedPod {
  const { namespace = '', name } = metadata;
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const restarted = new Set(statuses.filter(({ restartCount = 0 }) => restartCount > 0).map((container) => container.name));
  const owner = controllerOf({ ...pod, metadata });
  return {
    namespace,
    name,
    containers: [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].map((container) => ({
      name: container.name,
      restarted: restarted.has(container.name),
    })),
    owner: owner === undefined ? `${namespace}/${name}` : `${namespace}/${owner.kind}/${owner.name}`,
    trouble: troubleOf(status, statuses),
  };
}

/** Of the pods around what a dump is of: those in trouble, and those that resolve names. */
export function speaksForOthers({ metadata: { labels }, status }: Pod): boolean {
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  return labels?.['k8s-app'] === 'kube-dns' || troubleOf(status, statuses) !== TROUBLE.none;
}

function troubleOf(status: Pod['status'], statuses: readonly ContainerStatus[]): Trouble {
  const phase = status?.phase;
  if (phase === 'Succeeded') return TROUBLE.none;
  if (phase !== 'Running' || status?.containerStatuses?.some(({ ready }) => ready === false) === true) return TROUBLE.now;
  return statuses.some(({ restartCount = 0 }) => restartCount > 0) ? TROUBLE.before : TROUBLE.none;
}

/** The most telling first: pods in trouble, then those that were; of each workload one before a second of any. */
export function byTelling(pods: readonly LoggedPod[]): LoggedPod[] {
  const seen = new Map<string, number>();
  const placed = pods.map((pod) => {
    const key = `${pod.trouble} ${pod.owner}`;
    const place = seen.get(key) ?? 0;
    seen.set(key, place + 1);
    return { pod, place };
  });
  return placed.sort((a, b) => a.pod.trouble - b.pod.trouble || a.place - b.place).map(({ pod }) => pod);
}
