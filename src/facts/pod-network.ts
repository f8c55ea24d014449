import type { Inventory } from '../domain/inventory.ts';
import type { Node } from '../domain/kubernetes/node.ts';
import { type ObjectRef, sameObject } from '../domain/object-ref.ts';
import type { Resolution } from '../topology/addresses/host-resolver.ts';
import type { Sites } from '../topology/sites.ts';

/** The addresses that this cluster's pods have: by what nodes hand out, else by the neighbourhood of those that pods have now. */
export function podNetwork(inventory: Inventory, { owners }: Sites): (host: string) => boolean {
  const ranges = inventory.list<Node>('Node').flatMap(({ spec }) => spec?.podCIDRs ?? spec?.podCIDR ?? []);
  const blocks = ranges.flatMap((range) => blockOf(range) ?? []);
  if (blocks.length === 0) {
    for (const { pod } of owners.pods) {
      const { podIP } = pod.status ?? {};
      if (podIP !== undefined && pod.spec?.hostNetwork !== true) blocks.push(...(blockOf(`${podIP}/24`) ?? []));
    }
  }
  return (host) => {
    const address = toNumber(host);
    return address !== undefined && blocks.some(([first, size]) => address >= first && address < first + size);
  };
}

type Block = readonly [first: number, size: number];

function blockOf(range: string): [Block] | undefined {
  const [ip = '', bits = ''] = range.split('/');
  const address = toNumber(ip);
  if (address === undefined || !/^\d{1,2}$/.test(bits)) return undefined;
  const size = 2 ** (32 - Number(bits));
  return [[address - (address % size), size]];
}

function toNumber(ip: string): number | undefined {
  const parts = ip.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/**
 * Whose pod an address belonged to that no pod has any more (callers that ask a registry, or hold on to connections, go on
 * calling it): the one workload beside the caller that listens on the port. undefined where that cannot be told.
 */
export function formerHolder(port: number | null, caller: ObjectRef, sites: Sites): Extract<Resolution, { kind: 'workload' }> | undefined {
  if (port === null) return undefined;
  const listening = sites.sites.filter(
    ({ ref, namespace, spec }) =>
      namespace === caller.namespace &&
      !sameObject(ref, caller) &&
      spec.containers.some(({ ports = [] }) => ports.some(({ containerPort }) => containerPort === port)),
  );
  const [only] = listening;
  return only !== undefined && listening.length === 1 ? { kind: 'workload', ref: only.ref } : undefined;
}
