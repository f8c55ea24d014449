import type { Permission } from './permission.ts';

/** A rule of RBAC, as a SelfSubjectRulesReview tells it. */
interface GrantedRule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** What the caller may do in one namespace, and by whatever is granted in the whole cluster. */
export interface GrantedRules {
  readonly rules: readonly GrantedRule[];
  /** An authorizer that does not tell its rules may allow more. */
  readonly incomplete: boolean;
}

/** The status of a SelfSubjectRulesReview; undefined where it is none. */
export function grantedRules(status: unknown): GrantedRules | undefined {
  const { resourceRules, incomplete, evaluationError } = (status ?? {}) as { resourceRules?: unknown; incomplete?: unknown; evaluationError?: unknown };
  if (!Array.isArray(resourceRules)) return undefined;
  return { rules: resourceRules as GrantedRule[], incomplete: incomplete === true || Boolean(evaluationError) };
}

/**
 * Whether rules alone decide: undefined where they do not. Rules of a namespace hold those of its RoleBindings, too, so that they
 * refute a permission on the whole cluster, but never prove it.
 */
export function decidedByRules(permission: Permission, granted: GrantedRules | undefined): 'allowed' | 'denied' | undefined {
  if (granted === undefined) return undefined;
  if (granted.rules.some((rule) => allows(rule, permission))) return permission.namespace === undefined ? undefined : 'allowed';
  return granted.incomplete ? undefined : 'denied';
}

/** As the RBAC authorizer matches (kubernetes pkg/apis/rbac/v1/evaluation_helpers.go). A rule for certain names allows no list. */
function allows({ verbs = [], apiGroups = [], resources = [], resourceNames = [] }: GrantedRule, { verb, group, resource, subresource }: Permission): boolean {
  const whole = subresource === undefined ? resource : `${resource}/${subresource}`;
  const named = [whole, '*', ...(subresource === undefined ? [] : [`*/${subresource}`])];
  return resourceNames.length === 0 && holds(verbs, [verb, '*']) && holds(apiGroups, [group, '*']) && holds(resources, named);
}

function holds(list: readonly string[], wanted: readonly string[]): boolean {
  return wanted.some((one) => list.includes(one));
}
