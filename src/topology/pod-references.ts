import type { ContainerSpec, PodSpec, Volume } from '../domain/kubernetes/pod.ts';

/** One object that a pod spec names, and the field that names it. `path` is relative to the pod spec. */
export interface PodReference {
  readonly kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim' | 'ServiceAccount' | 'PriorityClass' | 'RuntimeClass';
  readonly name: string;
  readonly path: string;
  readonly optional: boolean;
  /** The data key that is asked for, where one is. */
  readonly key: string | undefined;
  readonly container: string | undefined;
}

/** Every object that the spec refers to, in the order of the spec. */
export function podReferences(spec: PodSpec): PodReference[] {
  return [
    ...containersOf(spec).flatMap(({ container, path }) => [...containerReferences(container, path)]),
    ...(spec.volumes ?? []).flatMap((volume) => [...volumeReferences(volume)]),
    ...(spec.serviceAccountName ? [reference('ServiceAccount', spec.serviceAccountName, 'serviceAccountName')] : []),
    ...(spec.imagePullSecrets ?? []).flatMap(({ name }, index) => (name ? [reference('Secret', name, `imagePullSecrets[${index}].name`)] : [])),
    ...(spec.priorityClassName ? [reference('PriorityClass', spec.priorityClassName, 'priorityClassName')] : []),
    ...(spec.runtimeClassName ? [reference('RuntimeClass', spec.runtimeClassName, 'runtimeClassName')] : []),
  ];
}

/** Init containers first, as they run; each with its path in the spec. */
export function containersOf(spec: PodSpec): { container: ContainerSpec; path: string }[] {
  const named = (field: string, containers: readonly ContainerSpec[] | undefined) =>
    (containers ?? []).map((container) => ({ container, path: `${field}[name=${container.name}]` }));
  return [...named('initContainers', spec.initContainers), ...named('containers', spec.containers)];
}

type Extra = Partial<Pick<PodReference, 'optional' | 'key' | 'container'>>;

function reference(kind: PodReference['kind'], name: string, path: string, extra: Extra = {}): PodReference {
  return { kind, name, path, optional: extra.optional ?? false, key: extra.key, container: extra.container };
}

function* containerReferences(container: ContainerSpec, path: string): Iterable<PodReference> {
  for (const [index, source] of (container.envFrom ?? []).entries()) {
    for (const [field, kind] of [
      ['configMapRef', 'ConfigMap'],
      ['secretRef', 'Secret'],
    ] as const) {
      const { name, optional = false } = source[field] ?? {};
      if (name) yield reference(kind, name, `${path}.envFrom[${index}].${field}.name`, { optional, container: container.name });
    }
  }
  for (const { name: variable, valueFrom } of container.env ?? []) {
    for (const [field, kind] of [
      ['configMapKeyRef', 'ConfigMap'],
      ['secretKeyRef', 'Secret'],
    ] as const) {
      const { name, key, optional = false } = valueFrom?.[field] ?? {};
      if (!name) continue;
      yield reference(kind, name, `${path}.env[name=${variable}].valueFrom.${field}`, { optional, container: container.name, ...(key ? { key } : {}) });
    }
  }
}

function* volumeReferences(volume: Volume): Iterable<PodReference> {
  const path = `volumes[name=${volume.name}]`;
  const { configMap, secret, persistentVolumeClaim, projected } = volume;
  if (configMap?.name) yield reference('ConfigMap', configMap.name, `${path}.configMap.name`, { optional: configMap.optional ?? false });
  if (secret?.secretName) yield reference('Secret', secret.secretName, `${path}.secret.secretName`, { optional: secret.optional ?? false });
  if (persistentVolumeClaim?.claimName) {
    yield reference('PersistentVolumeClaim', persistentVolumeClaim.claimName, `${path}.persistentVolumeClaim.claimName`);
  }
  for (const [index, source] of (projected?.sources ?? []).entries()) {
    if (source.configMap?.name) {
      yield reference('ConfigMap', source.configMap.name, `${path}.projected.sources[${index}].configMap.name`, {
        optional: source.configMap.optional ?? false,
      });
    }
    if (source.secret?.name) {
      yield reference('Secret', source.secret.name, `${path}.projected.sources[${index}].secret.name`, { optional: source.secret.optional ?? false });
    }
  }
}
