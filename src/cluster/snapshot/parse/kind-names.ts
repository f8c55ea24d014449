import { isKind, type Kind, RESOURCE_TYPES, resourceType } from '../../../domain/kubernetes/resource-type.ts';

/** Names that dumps give to files and folders of a kind, beside the plural: kubectl's own, and those of support bundles. */
const ALIASES: Readonly<Record<string, Kind>> = {
  'replication-controllers': 'ReplicationController',
  'pod-disruption-budgets': 'PodDisruptionBudget',
  'resource-quota': 'ResourceQuota',
  'network-policy': 'NetworkPolicy',
  'storage-classes': 'StorageClass',
  ingress: 'Ingress',
  pvcs: 'PersistentVolumeClaim',
  pvs: 'PersistentVolume',
  hpa: 'HorizontalPodAutoscaler',
};

const BY_NAME: ReadonlyMap<string, Kind> = new Map([
  ...(Object.keys(RESOURCE_TYPES) as Kind[]).flatMap((kind): [string, Kind][] => [
    [resourceType(kind).plural, kind],
    [kind.toLowerCase(), kind],
  ]),
  ...Object.entries(ALIASES),
]);

/** The kind that a file or folder called `name` holds, by `pods`, `pod`, `network-policy` and the like. */
export function kindNamed(name: string): Kind | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** Groups in which older clusters served a kind. */
const FORMER_GROUPS: ReadonlySet<string> = new Set(['extensions', 'events.k8s.io']);

/** The kind that is meant by `kind` in `apiVersion`; a Service of another group (serving.knative.dev) is none of ours. */
export function kindOf(apiVersion: string | undefined, kind: string): Kind | undefined {
  if (!isKind(kind)) return undefined;
  if (apiVersion === undefined) return kind;
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return group === resourceType(kind).group || FORMER_GROUPS.has(group) ? kind : undefined;
}
