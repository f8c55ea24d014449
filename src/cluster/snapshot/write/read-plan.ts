import { type Kind, RESOURCE_TYPES, resourceType } from '../../../domain/kubernetes/resource-type.ts';

/** One list to ask for. `namespace` undefined: cluster-scoped, or all namespaces at once. */
export interface PlannedRead {
  readonly kind: Kind;
  readonly namespace: string | undefined;
}

const KINDS = Object.keys(RESOURCE_TYPES) as Kind[];
const CLUSTER_KINDS = KINDS.filter((kind) => !resourceType(kind).namespaced);
const NAMESPACED_KINDS = KINDS.filter((kind) => resourceType(kind).namespaced && kind !== 'Secret');

/** What a fault in one namespace may have its cause in: node heartbeats, events of nodes, DNS, the network and the control plane. */
const SURROUNDINGS: readonly PlannedRead[] = [
  { kind: 'Lease', namespace: 'kube-node-lease' },
  { kind: 'Event', namespace: 'default' },
  ...(['Pod', 'Event', 'Deployment', 'DaemonSet', 'Service', 'Endpoints', 'EndpointSlice', 'Lease'] as const).map((kind) => ({
    kind,
    namespace: 'kube-system',
  })),
];

/** The lists of a dump. Secrets are not asked for, unless their names are wanted. */
export function readPlan(namespaces: readonly (string | undefined)[], secretNames: boolean): readonly PlannedRead[] {
  const kinds: readonly Kind[] = secretNames ? [...NAMESPACED_KINDS, 'Secret'] : NAMESPACED_KINDS;
  const inside = namespaces.flatMap((namespace) => kinds.map((kind) => ({ kind, namespace })));
  const around = namespaces.includes(undefined) ? [] : SURROUNDINGS.filter(({ namespace }) => !namespaces.includes(namespace));
  return [...CLUSTER_KINDS.map((kind) => ({ kind, namespace: undefined })), ...inside, ...around];
}
