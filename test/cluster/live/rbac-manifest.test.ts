import { loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { permissionLabel } from '../../../src/cluster/live/permission.ts';
import { rbacManifest } from '../../../src/cluster/live/rbac-manifest.ts';

describe('the RBAC that grants what is missing', () => {
  test('is one Role for a namespace and one ClusterRole for the rest, with a binding each', () => {
    const manifest = rbacManifest(
      [
        { verb: 'list', group: '', resource: 'pods', namespace: 'shop' },
        { verb: 'get', group: '', resource: 'pods', subresource: 'log', namespace: 'shop' },
        { verb: 'list', group: 'apps', resource: 'deployments', namespace: 'shop' },
        { verb: 'list', group: 'apps', resource: 'daemonsets', namespace: 'shop' },
        { verb: 'list', group: '', resource: 'namespaces' },
        { verb: 'get', group: '', resource: 'namespaces' },
        { verb: 'list', group: '', resource: 'nodes' },
      ],
      'system:serviceaccount:watch:sre-orch',
    );
    expect(manifest).toMatchInlineSnapshot(`
      "apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata:
        name: sre-orch-reader
        namespace: shop
      rules:
        - apiGroups: ['']
          resources: [pods]
          verbs: [list]
        - apiGroups: ['']
          resources: [pods/log]
          verbs: [get]
        - apiGroups: [apps]
          resources: [deployments, daemonsets]
          verbs: [list]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata:
        name: sre-orch-reader:system:serviceaccount:watch:sre-orch
        namespace: shop
      roleRef:
        apiGroup: rbac.authorization.k8s.io
        kind: Role
        name: sre-orch-reader
      subjects:
        - kind: ServiceAccount
          namespace: watch
          name: sre-orch
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata:
        name: sre-orch-reader
      rules:
        - apiGroups: ['']
          resources: [namespaces]
          verbs: [get, list]
        - apiGroups: ['']
          resources: [nodes]
          verbs: [list]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata:
        name: sre-orch-reader:system:serviceaccount:watch:sre-orch
      roleRef:
        apiGroup: rbac.authorization.k8s.io
        kind: ClusterRole
        name: sre-orch-reader
      subjects:
        - kind: ServiceAccount
          namespace: watch
          name: sre-orch
      "
    `);
    expect(loadAll(manifest)).toHaveLength(4);
  });

  test.each([
    ['jo@example.com', { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'jo@example.com' }],
    ['system:serviceaccount:odd', { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'system:serviceaccount:odd' }],
    [undefined, { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'YOUR-USER-NAME' }],
  ])('is bound to %s', (user, subject) => {
    expect(loadAll(rbacManifest([{ verb: 'list', group: '', resource: 'nodes' }], user))[1]).toMatchObject({ subjects: [subject] });
  });

  test('is nothing when nothing is missing', () => {
    expect(rbacManifest([], 'jo')).toBe('');
  });
});

test('a permission is named as gaps name it', () => {
  expect(permissionLabel({ verb: 'get', group: '', resource: 'pods', subresource: 'log', namespace: 'shop' })).toBe('get pods/log in shop');
  expect(permissionLabel({ verb: 'list', group: '', resource: 'nodes' })).toBe('list nodes');
});
