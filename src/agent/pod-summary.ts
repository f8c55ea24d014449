import { controllerOf } from '../domain/kubernetes/object.ts';
import type { ContainerSpec, ContainerStatus, EnvVar, Pod } from '../domain/kubernetes/pod.ts';
import type { ContainerSummary, PodSummary } from '../protocol/agent.ts';
import { redacted } from '../redact/marker.ts';

/** A pod in short: what it is in, what its containers do and may use; of its environment the names alone. */
export function podSummary({ metadata, spec, status }: Pod, readAt: string): PodSummary {
  const owner = controllerOf({ kind: 'Pod', metadata });
  const statuses = new Map([...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].map((each) => [each.name, each]));
  const summaries = (type: ContainerSummary['type'], containers: readonly ContainerSpec[] = []): ContainerSummary[] =>
    containers.map((container) => containerSummary(type, container, statuses.get(container.name)));
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    phase: status?.phase ?? null,
    reason: status?.reason ?? null,
    message: status?.message ?? null,
    node: spec?.nodeName ?? null,
    owner: owner === undefined ? null : `${owner.kind}/${owner.name}`,
    created_at: metadata.creationTimestamp ?? null,
    deleted_at: metadata.deletionTimestamp ?? null,
    conditions: (status?.conditions ?? []).map((condition) => ({ ...condition })),
    containers: [...summaries('init', spec?.initContainers), ...summaries('app', spec?.containers)],
    read_at: readAt,
  };
}

function containerSummary(
  type: ContainerSummary['type'],
  { name, image, resources, env = [] }: ContainerSpec,
  status: ContainerStatus | undefined,
): ContainerSummary {
  return {
    name,
    type,
    image: image ?? null,
    ready: status?.ready ?? false,
    restarts: status?.restartCount ?? 0,
    state: status?.state === undefined ? null : { ...status.state },
    last_state: status?.lastState === undefined ? null : { ...status.lastState },
    limits: { ...resources?.limits },
    requests: { ...resources?.requests },
    env: env.map((variable) => ({ name: variable.name, value: variable.value === undefined ? null : redacted('value'), from: sourceOf(variable) })),
  };
}

function sourceOf({ valueFrom }: EnvVar): string | null {
  const { configMapKeyRef: map, secretKeyRef: secret, fieldRef: field, resourceFieldRef: resource } = valueFrom ?? {};
  if (map !== undefined) return `ConfigMap/${map.name ?? ''} ${map.key ?? ''}`;
  if (secret !== undefined) return `Secret/${secret.name ?? ''} ${secret.key ?? ''}`;
  return field?.fieldPath ?? resource?.resource ?? null;
}
