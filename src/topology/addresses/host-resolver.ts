import type { Inventory } from '../../domain/inventory.ts';
import type { Service } from '../../domain/kubernetes/network.ts';
import type { Node } from '../../domain/kubernetes/node.ts';
import { refOf } from '../../domain/kubernetes/object.ts';
import { type ObjectRef, objectRef } from '../../domain/object-ref.ts';
import { isPrivateAddress } from '../../domain/private-address.ts';
import type { Owners } from '../owners.ts';

/**
 * What a host name or address means inside the cluster. `absent-service`: shaped like a Service's name, and Services of that
 * namespace were read and it is not among them, or there is no such namespace. `unread-service`: the same, but nobody could look.
 */
export type Resolution =
  | { readonly kind: 'service'; readonly ref: ObjectRef; readonly service: Service }
  | { readonly kind: 'absent-service'; readonly ref: ObjectRef }
  | { readonly kind: 'unread-service'; readonly ref: ObjectRef; readonly needs: string }
  | { readonly kind: 'workload'; readonly ref: ObjectRef }
  | { readonly kind: 'node'; readonly ref: ObjectRef }
  | { readonly kind: 'external'; readonly ref: ObjectRef }
  | { readonly kind: 'self' }
  /** The caller's own address, where nothing of its pod listens; never the answer of a resolver. */
  | { readonly kind: 'loopback'; readonly ref: ObjectRef };

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

/** Resolves as a pod's resolver would: names relative to its namespace, cluster addresses to their owners (dns-pod-service). */
export class HostResolver {
  readonly #inventory: Inventory;
  readonly #addresses = new Map<string, Resolution>();
  readonly #namespaces: ReadonlySet<string>;

  constructor(inventory: Inventory, owners: Owners) {
    this.#inventory = inventory;
    this.#namespaces = new Set([...inventory.namespaces, ...inventory.list('Namespace').map(({ metadata }) => metadata.name)]);
    for (const { pod, owner } of owners.pods) {
      const { podIP, phase = '' } = pod.status ?? {};
      // The address of a finished pod may have been given to another.
      if (podIP && !pod.spec?.hostNetwork && !['Succeeded', 'Failed'].includes(phase)) this.#addresses.set(podIP, { kind: 'workload', ref: owner });
    }
    for (const node of inventory.list<Node>('Node')) {
      for (const { address } of node.status?.addresses ?? []) this.#addresses.set(address, { kind: 'node', ref: refOf(node) });
    }
    for (const service of inventory.list<Service>('Service')) {
      for (const ip of service.spec?.clusterIPs ?? [service.spec?.clusterIP ?? '']) {
        if (ip !== '' && ip !== 'None') this.#addresses.set(ip, { kind: 'service', ref: refOf(service), service });
      }
    }
  }

  resolve(host: string, namespace: string): Resolution {
    const name = host.toLowerCase().replace(/\.$/, '');
    if (name === 'localhost' || name === '0.0.0.0' || name === '::' || name === '::1' || name.startsWith('127.')) return { kind: 'self' };
    const known = this.#addresses.get(name);
    if (known) return known;
    if (IPV4.test(name) || name.includes(':'))
      return this.#mayBeInside(name, namespace) ? { kind: 'unread-service', ref: outside(name), needs: 'services' } : external(name);
    return this.#resolveName(name, namespace);
  }

  /** A private address that nobody has may be that of a Service or pod which could not be read. */
  #mayBeInside(address: string, namespace: string): boolean {
    return isPrivateAddress(address) && !this.#inventory.covers('Service', namespace);
  }

  #resolveName(name: string, namespace: string): Resolution {
    const labels = name.split('.');
    const svc = labels.indexOf('svc');
    if (svc >= 2) return this.#service(labels[svc - 2] ?? '', labels[svc - 1] ?? '');
    if (labels.length === 1) return this.#service(name, namespace);
    const [first = '', second = ''] = labels;
    if (labels.length > 2) return external(name);
    const inNamespace = this.#service(first, second);
    if (inNamespace.kind === 'service') return inNamespace;
    // `db-0.db`: a pod of a headless Service in the same namespace.
    const headless = this.#service(second, namespace);
    if (headless.kind === 'service') return headless;
    if (this.#namespaces.has(second)) return inNamespace;
    return this.#isMember(first, namespace) ? headless : external(name);
  }

  /** `db-0`, where a StatefulSet `db` makes such pods: what stands behind it is meant for its headless Service. */
  #isMember(name: string, namespace: string): boolean {
    const set = /^(.+)-\d+$/.exec(name)?.[1];
    return set !== undefined && this.#inventory.lookup('StatefulSet', namespace, set).status === 'found';
  }

  #service(name: string, namespace: string): Resolution {
    const ref = objectRef('Service', namespace, name);
    const lookup = this.#inventory.lookup<Service>('Service', namespace, name);
    switch (lookup.status) {
      case 'found':
        return { kind: 'service', ref, service: lookup.value };
      case 'not-found':
        return { kind: 'absent-service', ref };
      default:
        return this.#hasNo(namespace) ? { kind: 'absent-service', ref } : { kind: 'unread-service', ref, needs: lookup.needs };
    }
  }

  /** Nothing can be in a namespace that does not exist. */
  #hasNo(namespace: string): boolean {
    return this.#inventory.covers('Namespace') && !this.#namespaces.has(namespace);
  }
}

function external(host: string): Resolution {
  return { kind: 'external', ref: outside(host) };
}

function outside(host: string): ObjectRef {
  return objectRef('External', undefined, host);
}
