import { type Kind, resourceType } from '../domain/kubernetes/resource-type.ts';

/** The permission that a read asks for, as gaps name it: `list pods in shop`, `get configmaps in shop`, `list nodes`. */
export function needsTo(verb: 'get' | 'list', kind: Kind, namespace: string | undefined): string {
  const { plural, resource, group, namespaced } = resourceType(kind);
  const what = resource === undefined ? plural : `${resource}.${group}`;
  if (!namespaced) return `${verb} ${what}`;
  return namespace === undefined ? `${verb} ${what} in all namespaces` : `${verb} ${what} in ${namespace}`;
}
