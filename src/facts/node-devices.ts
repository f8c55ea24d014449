import type { Node } from '../domain/kubernetes/node.ts';
import { parseQuantity } from '../domain/kubernetes/quantity.ts';

/**
 * How many devices of that name the node has while it offers none; else 0. When a device plugin goes away or reports its devices
 * as unhealthy, the kubelet takes them out of `allocatable` and leaves them in `capacity` (kubelet, cm/devicemanager).
 */
export function devicesLost({ status }: Node, resource: string): number {
  if (!isExtended(resource)) return 0;
  const offers = parseQuantity(status?.allocatable?.[resource]) ?? 0;
  return offers > 0 ? 0 : (parseQuantity(status?.capacity?.[resource]) ?? 0);
}

/** All devices that the node has and offers none of: "example.com/gpu (0 of 4)". Null when there are none. */
export function lostDevices(node: Node): string | null {
  const lost = Object.keys(node.status?.capacity ?? {}).filter((name) => devicesLost(node, name) > 0);
  return lost.length === 0 ? null : lost.map((name) => `${name} (0 of ${devicesLost(node, name)})`).join(', ');
}

/** Extended resources have a domain of their own; what Kubernetes itself manages has none, or one below kubernetes.io. */
function isExtended(name: string): boolean {
  return name.includes('/') && !/(^|\.)kubernetes\.io\//.test(name);
}
