import type { Headers } from './access.ts';
import type { KubeconfigUser } from './kubeconfig-file.ts';

/**
 * Every part of an impersonation, which the Kubernetes client does not send: it keeps `as` and drops the groups, and so would
 * ask as somebody with other permissions. https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation
 */
export function impersonationHeaders(user: KubeconfigUser): Headers {
  if (!user.as) return {};
  const extra = Object.entries(user['as-user-extra'] ?? {}).map(([key, values]) => [`impersonate-extra-${encodeURIComponent(key).toLowerCase()}`, [...values]]);
  return {
    'impersonate-user': user.as,
    ...(user['as-uid'] ? { 'impersonate-uid': user['as-uid'] } : {}),
    ...(user['as-groups']?.length ? { 'impersonate-group': [...user['as-groups']] } : {}),
    ...Object.fromEntries(extra),
  };
}

/** The API server refuses groups without a user; the kubeconfig is at fault then. */
export function impersonationProblems(name: string, user: KubeconfigUser): string[] {
  const given = (['as-groups', 'as-uid', 'as-user-extra'] as const).filter((part) => user[part] !== undefined && user[part] !== null);
  return user.as || given.length === 0 ? [] : [`user ${name} sets ${given.join(', ')} without as`];
}
