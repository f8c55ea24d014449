import type { KubeObject } from '../../../src/domain/kubernetes/object.ts';
import type { ContainerStatus, Pod } from '../../../src/domain/kubernetes/pod.ts';

export const AS_OF = '2026-03-01T12:00:00Z';

export function object(kind: string, namespace: string | undefined, name: string, rest: object = {}): KubeObject {
  return { kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, ...rest } as KubeObject;
}

export const RUNNING: Partial<ContainerStatus> = { ready: true, started: true, restartCount: 0, state: { running: { startedAt: '2026-03-01T10:00:00Z' } } };
export const CRASHING: Partial<ContainerStatus> = {
  ready: false,
  restartCount: 7,
  state: { waiting: { reason: 'CrashLoopBackOff' } },
  lastState: { terminated: { exitCode: 1, reason: 'Error', finishedAt: '2026-03-01T11:59:00Z' } },
};

interface PodOptions {
  readonly namespace?: string;
  readonly phase?: string;
  readonly owner?: readonly [kind: string, name: string];
  readonly labels?: Readonly<Record<string, string>>;
  readonly init?: Readonly<Record<string, Partial<ContainerStatus>>>;
  readonly spec?: object;
  readonly createdAt?: string;
}

/** A pod with these containers in these states. */
export function pod(name: string, containers: Readonly<Record<string, Partial<ContainerStatus>>>, options: PodOptions = {}): Pod {
  const { namespace = 'shop', phase = 'Running', owner, labels, init = {}, spec, createdAt = '2026-03-01T09:00:00Z' } = options;
  const statuses = (of: Readonly<Record<string, Partial<ContainerStatus>>>) =>
    Object.entries(of).map(([container, status]) => ({ name: container, ...status }));
  return {
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      creationTimestamp: createdAt,
      ...(labels === undefined ? {} : { labels }),
      ...(owner === undefined ? {} : { ownerReferences: [{ kind: owner[0], name: owner[1], controller: true }] }),
    },
    spec: {
      containers: Object.keys(containers).map((container) => ({ name: container, image: 'example/app:1' })),
      initContainers: Object.keys(init).map((container) => ({ name: container, image: 'example/init:1' })),
      ...spec,
    },
    status: { phase, containerStatuses: statuses(containers), initContainerStatuses: statuses(init) },
  };
}
