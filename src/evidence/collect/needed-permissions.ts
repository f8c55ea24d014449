import type { Permission } from '../../cluster/live/permission.ts';
import type { ApiService } from '../../domain/kubernetes/policy.ts';
import { type Kind, resourceType } from '../../domain/kubernetes/resource-type.ts';
import { servedVersion } from '../../domain/kubernetes/served-version.ts';
import {
  ADD_ONS,
  CLUSTER_EVENTS_NAMESPACE,
  CLUSTER_WIDE,
  CLUSTER_WIDE_ON_DEMAND,
  LEASE_NAMESPACE,
  LEASES,
  NAMESPACED,
  NAMESPACED_ON_DEMAND,
  SYSTEM_NAMESPACE,
} from './kinds.ts';

/** Without these there is nothing to reason over; without the others a report has gaps. */
const ESSENTIAL: ReadonlySet<Kind> = new Set<Kind>(['Pod', 'Event', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Service']);

export interface Needed {
  readonly permission: Permission;
  readonly essential: boolean;
}

/**
 * Every permission that an investigation of `namespace` (undefined: all of them) makes use of, in a cluster that serves these APIs:
 * kinds of add-ons are read only where they are installed. None is on Secrets.
 */
export function neededPermissions(namespace: string | undefined, apis: readonly ApiService[] = []): Needed[] {
  const everywhere = namespace === undefined;
  const inNamespace = [...NAMESPACED, ...NAMESPACED_ON_DEMAND].map(({ kind }) => list(kind, namespace));
  const clusterWide = [...CLUSTER_WIDE, ...CLUSTER_WIDE_ON_DEMAND].map(({ kind }) => list(kind, undefined));
  const addOns = ADD_ONS.flat()
    .filter(({ kind }) => servedVersion(apis, kind) !== undefined)
    .map(({ kind, everywhere: inAll = false }) => list(kind, inAll || !resourceType(kind).namespaced ? undefined : namespace));
  const elsewhere = everywhere || namespace === CLUSTER_EVENTS_NAMESPACE ? [] : [{ ...list('Event', CLUSTER_EVENTS_NAMESPACE), essential: false }];
  return [
    ...inNamespace,
    { permission: { verb: 'get', group: '', resource: 'pods', subresource: 'log', ...within(namespace) }, essential: true },
    ...elsewhere,
    ...(everywhere ? [undefined] : [LEASE_NAMESPACE, SYSTEM_NAMESPACE]).map((place) => list(LEASES.kind, place)),
    { permission: { verb: 'get', group: '', resource: 'namespaces' }, essential: false },
    ...clusterWide,
    ...addOns,
  ];
}

function list(kind: Kind, namespace: string | undefined): Needed {
  const { group, plural } = resourceType(kind);
  return { permission: { verb: 'list', group, resource: plural, ...within(namespace) }, essential: ESSENTIAL.has(kind) };
}

function within(namespace: string | undefined): { readonly namespace?: string } {
  return namespace === undefined ? {} : { namespace };
}
