import type { Permission } from '../../cluster/live/permission.ts';
import { type Kind, resourceType } from '../../domain/kubernetes/resource-type.ts';
import {
  CLUSTER_EVENTS_NAMESPACE,
  CLUSTER_WIDE,
  CLUSTER_WIDE_ON_DEMAND,
  LEASE_NAMESPACE,
  LEASES,
  NAMESPACED,
  NAMESPACED_ON_DEMAND,
} from '../../evidence/collect/kinds.ts';

/** Without these there is nothing to reason over; without the others a report has gaps. */
const ESSENTIAL: ReadonlySet<Kind> = new Set<Kind>(['Pod', 'Event', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Service']);

export interface Needed {
  readonly permission: Permission;
  readonly essential: boolean;
}

/** Every permission that an investigation of `namespace` (undefined: all of them) makes use of. None is on Secrets. */
export function neededPermissions(namespace: string | undefined): Needed[] {
  const everywhere = namespace === undefined;
  const inNamespace = [...NAMESPACED, ...NAMESPACED_ON_DEMAND].map(({ kind }) => list(kind, namespace));
  const clusterWide = [...CLUSTER_WIDE, ...CLUSTER_WIDE_ON_DEMAND].map(({ kind }) => list(kind, undefined));
  const elsewhere = everywhere || namespace === CLUSTER_EVENTS_NAMESPACE ? [] : [{ ...list('Event', CLUSTER_EVENTS_NAMESPACE), essential: false }];
  return [
    ...inNamespace,
    { permission: { verb: 'get', group: '', resource: 'pods', subresource: 'log', ...within(namespace) }, essential: true },
    ...elsewhere,
    list(LEASES.kind, everywhere ? undefined : LEASE_NAMESPACE),
    { permission: { verb: 'get', group: '', resource: 'namespaces' }, essential: false },
    ...clusterWide,
  ];
}

function list(kind: Kind, namespace: string | undefined): Needed {
  const { group, plural } = resourceType(kind);
  return { permission: { verb: 'list', group, resource: plural, ...within(namespace) }, essential: ESSENTIAL.has(kind) };
}

function within(namespace: string | undefined): { readonly namespace?: string } {
  return namespace === undefined ? {} : { namespace };
}
