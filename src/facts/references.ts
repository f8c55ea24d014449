import { lastWritten } from '../changes/last-written.ts';
import type { Reference } from '../domain/facts/shapes.ts';
import type { Inventory } from '../domain/inventory.ts';
import type { KubeObject } from '../domain/kubernetes/object.ts';
import type { ContainerSpec, KeyRef, PodSpec } from '../domain/kubernetes/pod.ts';
import type { ConfigMap } from '../domain/kubernetes/policy.ts';
import { ageSeconds, type FactContext } from './context.ts';

type Wanted = Omit<Reference, 'status'>;
const wanted = (
  kind: Wanted['kind'],
  name: string | undefined,
  used_as: string,
  more: { readonly key?: string | undefined; readonly optional?: boolean | undefined } = {},
): Wanted[] => (name === undefined || name === '' ? [] : [{ kind, name, key: more.key ?? null, optional: more.optional ?? false, used_as }]);

/** ConfigMaps, Secrets and keys that one container reads: from env, envFrom, and the volumes that it mounts. */
export function containerReferences(inventory: Inventory, namespace: string, pod: PodSpec, spec: ContainerSpec): Reference[] {
  const keyed = (kind: Wanted['kind'], ref: KeyRef | undefined, used_as: string): Wanted[] => (ref === undefined ? [] : wanted(kind, ref.name, used_as, ref));
  const env = (spec.env ?? []).flatMap(({ valueFrom }) => [
    ...keyed('ConfigMap', valueFrom?.configMapKeyRef, 'env'),
    ...keyed('Secret', valueFrom?.secretKeyRef, 'env'),
  ]);
  const envFrom = (spec.envFrom ?? []).flatMap(({ configMapRef, secretRef }) => [
    ...keyed('ConfigMap', configMapRef, 'envFrom'),
    ...keyed('Secret', secretRef, 'envFrom'),
  ]);
  const mounted = new Set(spec.volumeMounts?.map(({ name }) => name));
  const volumes = (pod.volumes ?? []).filter(({ name }) => mounted.has(name)).flatMap((volume) => volumeReferences(volume));
  return resolve(inventory, namespace, [...env, ...envFrom, ...volumes]);
}

/** The ServiceAccount and the pull secrets of a pod template. */
export function podReferences(inventory: Inventory, namespace: string, pod: PodSpec): Reference[] {
  return resolve(inventory, namespace, [
    ...wanted('ServiceAccount', pod.serviceAccountName, 'serviceAccount'),
    ...(pod.imagePullSecrets ?? []).flatMap(({ name }) => wanted('Secret', name, 'imagePullSecret')),
  ]);
}

function volumeReferences(volume: NonNullable<PodSpec['volumes']>[number]): Wanted[] {
  const { configMap, secret, projected } = volume;
  const keys = (
    kind: Wanted['kind'],
    name: string | undefined,
    source: { readonly optional?: boolean; readonly items?: readonly { readonly key: string }[] } | undefined,
  ) =>
    source === undefined ? [] : (source.items ?? [{ key: undefined }]).flatMap(({ key }) => wanted(kind, name, 'volume', { key, optional: source.optional }));
  return [
    ...keys('ConfigMap', configMap?.name, configMap),
    ...keys('Secret', secret?.secretName, secret),
    ...(projected?.sources ?? []).flatMap((source) => [
      ...(source.configMap ? wanted('ConfigMap', source.configMap.name, 'volume', { optional: source.configMap.optional }) : []),
      ...(source.secret ? wanted('Secret', source.secret.name, 'volume', { optional: source.secret.optional }) : []),
    ]),
  ];
}

function resolve(inventory: Inventory, namespace: string, references: readonly Wanted[]): Reference[] {
  const unique = new Map(references.map((reference) => [JSON.stringify([reference.kind, reference.name, reference.key, reference.used_as]), reference]));
  return [...unique.values()].map((reference) => ({ ...reference, status: statusOf(inventory, namespace, reference) }));
}

function statusOf(inventory: Inventory, namespace: string, { kind, name, key }: Wanted): Reference['status'] {
  const lookup = inventory.lookup<KubeObject>(kind, namespace, name);
  if (lookup.status !== 'found' || key === null || kind === 'ServiceAccount') return lookup.status;
  const { data, binaryData } = lookup.value as ConfigMap & { readonly binaryData?: Readonly<Record<string, string>> };
  // A reader that keeps names only leaves data out, as most do of Secrets: then nothing is known of the key.
  return data === undefined && binaryData === undefined ? 'found' : key in { ...data, ...binaryData } ? 'found' : 'key-missing';
}

/** References that are certainly broken, as people write them: `ConfigMap app-config`, `key LEVEL in ConfigMap app-config`. */
export function missingReferences(references: readonly Reference[]): string[] {
  return references
    .filter(({ status, optional }) => !optional && (status === 'not-found' || status === 'key-missing'))
    .map(({ kind, name, key, status }) => (status === 'key-missing' ? `key ${key} in ${kind} ${name}` : `${kind} ${name}`));
}

/** How long before a write the process may have started and still have read it: times have whole seconds, kubelets start slowly. */
const SLACK_S = 60;

/** What the process took its environment from, where it was written after the process started; a file is renewed in place. */
export function outdatedReference(context: FactContext, namespace: string, references: readonly Reference[], running_s: number | null): string | null {
  if (running_s === null) return null;
  for (const { kind, name, used_as } of references) {
    if (used_as !== 'env' && used_as !== 'envFrom') continue;
    const lookup = context.inventory.lookup<KubeObject>(kind, namespace, name);
    const age = lookup.status === 'found' ? ageSeconds(context, lastWritten(lookup.value)) : null;
    if (age !== null && age < running_s - SLACK_S) return `${kind} ${name}, ${age} s ago`;
  }
  return null;
}
