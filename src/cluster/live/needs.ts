import { type Kind, resourceType } from '../../domain/kubernetes/resource-type.ts';

/** The permission that a read asks for, as gaps name it: `list pods in shop`, `get configmaps in shop`, `list nodes`. */
export function needsTo(verb: 'get' | 'list', kind: Kind, namespace: string | undefined): string {
  const { plural, namespaced } = resourceType(kind);
  if (!namespaced) return `${verb} ${plural}`;
  return namespace === undefined ? `${verb} ${plural} in all namespaces` : `${verb} ${plural} in ${namespace}`;
}
