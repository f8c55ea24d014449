import type { Inventory } from '../domain/inventory.ts';
import { impliedDeployments } from '../domain/kubernetes/implied-deployments.ts';
import { controllerOf, type KubeObject, refOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { type ObjectRef, objectRef, refKey } from '../domain/object-ref.ts';

/** A pod with its reference and its owner; the pod itself where it has none. */
export interface OwnedPod {
  readonly pod: Pod;
  readonly ref: ObjectRef;
  readonly owner: ObjectRef;
}

/** Who owns whom, up to the object that people name. */
export interface Owners {
  readonly pods: readonly OwnedPod[];
  ownerOf(ref: ObjectRef): ObjectRef;
  podsOf(ref: ObjectRef): readonly ObjectRef[];
}

/** Kinds that exist only for an owner above them. A Deployment stays itself even where an operator owns it. */
const INTERMEDIATE = ['ReplicaSet', 'Job', 'ReplicationController'] as const;

/** Reads every owner reference once. Pods that are gone (an event still names them) are placed by the ReplicaSet in their name. */
export function readOwners(inventory: Inventory): Owners {
  const above = new Map<string, ObjectRef>(impliedDeployments(inventory));
  for (const kind of INTERMEDIATE) {
    for (const object of inventory.list(kind)) {
      const owner = ownerRef(object);
      if (owner) above.set(refKey(refOf(object)), owner);
    }
  }
  const topOf = (ref: ObjectRef): ObjectRef => {
    let top = ref;
    for (let steps = 0; steps < 4; steps++) {
      const next = above.get(refKey(top)) ?? deploymentByHash(top, inventory);
      if (next === undefined) break;
      top = next;
    }
    return top;
  };

  const { pods, byKey, below } = readPods(inventory, topOf);
  return {
    pods,
    ownerOf(ref) {
      if (ref.kind === 'Pod') return byKey.get(refKey(ref))?.owner ?? formerOwner(ref, inventory, topOf) ?? ref;
      return INTERMEDIATE.some((kind) => kind === ref.kind) ? topOf(ref) : ref;
    },
    podsOf: (ref) => below.get(refKey(ref)) ?? [],
  };
}

function readPods(inventory: Inventory, topOf: (ref: ObjectRef) => ObjectRef) {
  const pods: OwnedPod[] = [];
  const byKey = new Map<string, OwnedPod>();
  const below = new Map<string, ObjectRef[]>();
  const tops = new Map<string, { top: ObjectRef; keys: ReadonlySet<string> }>();
  for (const pod of inventory.list<Pod>('Pod')) {
    const ref = refOf(pod);
    const direct = ownerRef(pod);
    // A static pod is "owned" by its Node: the Node did not write its spec.
    const owned = direct !== undefined && direct.kind !== 'Node';
    const directKey = owned ? refKey(direct) : '';
    let found = tops.get(directKey);
    if (owned && found === undefined) {
      const top = topOf(direct);
      found = { top, keys: new Set([directKey, refKey(top)]) };
      tops.set(directKey, found);
    }
    const entry = { pod, ref, owner: found?.top ?? ref };
    pods.push(entry);
    byKey.set(refKey(ref), entry);
    for (const key of found?.keys ?? []) append(below, key, ref);
  }
  return { pods, byKey, below };
}

function ownerRef(object: KubeObject): ObjectRef | undefined {
  const owner = controllerOf(object);
  return owner && objectRef(owner.kind, owner.kind === 'Node' ? undefined : object.metadata.namespace, owner.name);
}

/** Without the ReplicaSet itself: a Deployment names it `<deployment>-<pod template hash>`. Only where that Deployment was read. */
function deploymentByHash(ref: ObjectRef, inventory: Inventory): ObjectRef | undefined {
  if (ref.kind !== 'ReplicaSet') return undefined;
  // Clusters before 1.12 wrote the hash in decimal, and who makes names unrecognisable writes it in hexadecimal.
  const name = /^(.+)-[a-z0-9]{4,10}$/.exec(ref.name)?.[1];
  if (name === undefined || inventory.lookup('Deployment', ref.namespace, name).status !== 'found') return undefined;
  return inventory.lookup('ReplicaSet', ref.namespace, ref.name).status === 'found' ? undefined : objectRef('Deployment', ref.namespace, name);
}

/** The owner of a pod that no longer exists, when its name extends that of a ReplicaSet, DaemonSet, Job or StatefulSet that does. */
function formerOwner(pod: ObjectRef, inventory: Inventory, topOf: (ref: ObjectRef) => ObjectRef): ObjectRef | undefined {
  if (inventory.lookup('Pod', pod.namespace, pod.name).status === 'found') return undefined;
  const generated = /^(.+)-[bcdfghjklmnpqrstvwxz2456789]{5}$/.exec(pod.name)?.[1];
  const ordinal = /^(.+)-\d+$/.exec(pod.name)?.[1];
  for (const kind of ['ReplicaSet', 'DaemonSet', 'Job'] as const) {
    if (generated && inventory.lookup(kind, pod.namespace, generated).status === 'found') return topOf(objectRef(kind, pod.namespace, generated));
  }
  if (ordinal && inventory.lookup('StatefulSet', pod.namespace, ordinal).status === 'found') return objectRef('StatefulSet', pod.namespace, ordinal);
  return generated === undefined ? undefined : deploymentByHash(objectRef('ReplicaSet', pod.namespace, generated), inventory);
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
