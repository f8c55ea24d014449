import type { Inventory } from '../../domain/inventory.ts';
import { impliedDeployments } from '../../domain/kubernetes/implied-deployments.ts';
import type { KubeObject } from '../../domain/kubernetes/object.ts';
import type { Kind } from '../../domain/kubernetes/resource-type.ts';
import type { ObjectRef } from '../../domain/object-ref.ts';

/** Names that exist, for resolving words against. */
export class NameIndex {
  readonly #byName = new Map<string, ObjectRef[]>();

  add(ref: ObjectRef): void {
    const key = ref.name.toLowerCase();
    const known = this.#byName.get(key);
    if (known) known.push(ref);
    else this.#byName.set(key, [ref]);
  }

  /** Objects of exactly this name, whatever its case. */
  named(name: string): readonly ObjectRef[] {
    return this.#byName.get(name.toLowerCase()) ?? [];
  }

  /** Objects whose name begins so. */
  *startingWith(front: string): Iterable<ObjectRef> {
    const lower = front.toLowerCase();
    for (const [name, refs] of this.#byName) if (name.startsWith(lower)) yield* refs;
  }

  all(): ObjectRef[] {
    return [...this.#byName.values()].flat();
  }

  /** Every name, in lower case. */
  names(): Iterable<string> {
    return this.#byName.keys();
  }
}

/** Kinds that people name when something hurts, the most telling first. */
const NAMED_KINDS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'Service',
  'Pod',
  'Node',
  'Ingress',
  'PersistentVolumeClaim',
  'HorizontalPodAutoscaler',
  'ConfigMap',
  'NetworkPolicy',
  'ReplicaSet',
  'PersistentVolume',
  'StorageClass',
  'ResourceQuota',
  'PodDisruptionBudget',
] as const satisfies readonly Kind[];

export function nameIndexOf(inventory: Inventory): NameIndex {
  const index = new NameIndex();
  for (const kind of NAMED_KINDS) for (const object of inventory.list(kind)) index.add(indexed(object));
  for (const deployment of new Set(impliedDeployments(inventory).values())) index.add(deployment);
  return index;
}

function indexed({ kind, metadata }: KubeObject): ObjectRef {
  const { name, namespace } = metadata;
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}
