import { eventTime, type KubeEvent } from '../domain/kubernetes/event.ts';
import type { KubeObject } from '../domain/kubernetes/object.ts';

/** A pod that a kubelet runs from a file reports events under the hash of that file, not under its mirror's uid. */
const STATIC_POD_UID = 'kubernetes.io/config.hash';

const NONE: readonly KubeEvent[] = [];

/** Finds the events about an object, newest first. */
export class EventIndex {
  readonly #byName = new Map<string, KubeEvent[]>();
  /** Most objects of a large cluster have no events: a look here spares them a key. */
  readonly #names = new Set<string>();
  readonly #asked = new WeakMap<KubeObject, readonly KubeEvent[]>();

  constructor(events: Iterable<KubeEvent>) {
    const timed = Array.from(events, (event) => ({ event, at: Date.parse(eventTime(event) ?? '') || 0 }));
    timed.sort((a, b) => b.at - a.at);
    for (const { event } of timed) {
      const { kind = '', namespace = '', name = '' } = event.involvedObject ?? {};
      this.#names.add(name);
      append(this.#byName, nameKey(kind, namespace, name), event);
    }
  }

  /** By uid where both have one; an event without a uid, or an object without one, is matched by kind, namespace and name. */
  of(object: KubeObject): readonly KubeEvent[] {
    if (!this.#names.has(object.metadata.name)) return NONE;
    const known = this.#asked.get(object);
    if (known !== undefined) return known;
    const found = this.#find(object);
    this.#asked.set(object, found);
    return found;
  }

  #find(object: KubeObject): readonly KubeEvent[] {
    const { uid, namespace = '', name, annotations } = object.metadata;
    const named = this.#byName.get(nameKey(object.kind, namespace, name)) ?? NONE;
    if (!uid) return named;
    const isOf = (event: KubeEvent): boolean => {
      const about = event.involvedObject?.uid;
      // Kubelets write a node's name where its uid belongs (kubernetes/kubernetes pkg/kubelet: nodeRef).
      return !about || about === uid || (object.kind === 'Node' && about === name) || about === annotations?.[STATIC_POD_UID];
    };
    return named.every(isOf) ? named : named.filter(isOf);
  }
}

function nameKey(kind: string, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
