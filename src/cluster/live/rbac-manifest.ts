import { dump } from 'js-yaml';
import type { Permission } from './permission.ts';

const NAME = 'sre-orch-reader';
const API_GROUP = 'rbac.authorization.k8s.io';
/** Stands where the name of the user belongs, when the cluster does not tell it. */
const UNKNOWN_USER = 'YOUR-USER-NAME';

/**
 * The roles and bindings that grant `permissions` to `user` (a name as the API server knows it, system:serviceaccount:NS:NAME
 * included), as YAML for kubectl apply. One Role for each namespace, one ClusterRole for the rest; empty for no permission.
 * Applying one replaces an earlier one: hand in all that a namespace needs, not only what is missing.
 */
export function rbacManifest(permissions: readonly Permission[], user: string | undefined): string {
  const namespaces = [...new Set(permissions.map(({ namespace }) => namespace))];
  const documents = namespaces.flatMap((namespace) => {
    const rules = rulesFor(permissions.filter((permission) => permission.namespace === namespace));
    return [role(namespace, rules), binding(namespace, user ?? UNKNOWN_USER)];
  });
  return documents.map((document) => dump(document, { noRefs: true, lineWidth: 120, flowLevel: 3 })).join('---\n');
}

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** One rule for each API group and set of verbs. */
function rulesFor(permissions: readonly Permission[]): Rule[] {
  const verbsOf = new Map<string, { group: string; resource: string; verbs: Set<string> }>();
  for (const { group, resource, subresource, verb } of permissions) {
    const name = subresource === undefined ? resource : `${resource}/${subresource}`;
    const entry = verbsOf.get(`${group}/${name}`) ?? { group, resource: name, verbs: new Set<string>() };
    verbsOf.set(`${group}/${name}`, { ...entry, verbs: entry.verbs.add(verb) });
  }
  const rules = new Map<string, { group: string; resources: string[]; verbs: string[] }>();
  for (const { group, resource, verbs } of verbsOf.values()) {
    const sorted = [...verbs].sort();
    const key = `${group} ${sorted.join()}`;
    const rule = rules.get(key) ?? { group, resources: [], verbs: sorted };
    rules.set(key, { ...rule, resources: [...rule.resources, resource] });
  }
  return [...rules.values()].map(({ group, resources, verbs }) => ({ apiGroups: [group], resources, verbs }));
}

function role(namespace: string | undefined, rules: readonly Rule[]): object {
  const kind = namespace === undefined ? 'ClusterRole' : 'Role';
  return { apiVersion: `${API_GROUP}/v1`, kind, metadata: metadata(NAME, namespace), rules };
}

/** Named after its user as well, so that it does not take the place of another user's. */
function binding(namespace: string | undefined, user: string): object {
  const roleKind = namespace === undefined ? 'ClusterRole' : 'Role';
  const roleRef = { apiGroup: API_GROUP, kind: roleKind, name: NAME };
  const name = `${NAME}:${user.replaceAll(/[^\w.@:-]/g, '-')}`;
  return { apiVersion: `${API_GROUP}/v1`, kind: `${roleKind}Binding`, metadata: metadata(name, namespace), roleRef, subjects: [subject(user)] };
}

function metadata(name: string, namespace: string | undefined): object {
  return namespace === undefined ? { name } : { name, namespace };
}

function subject(user: string): object {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user) ?? [];
  if (name !== undefined) return { kind: 'ServiceAccount', namespace, name };
  return { apiGroup: API_GROUP, kind: 'User', name: user };
}
