/** One thing that RBAC allows or not. */
export interface Permission {
  readonly verb: 'get' | 'list';
  /** Empty: the core API. */
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  /** undefined: all namespaces, or a resource that has none. */
  readonly namespace?: string;
}

/** As gaps name it: `list pods in shop`, `get pods/log in shop`, `list nodes`. */
export function permissionLabel({ verb, resource, subresource, namespace }: Permission): string {
  return `${verb} ${resource}${subresource === undefined ? '' : `/${subresource}`}${namespace === undefined ? '' : ` in ${namespace}`}`;
}
