import { describe, expect, test } from 'vitest';
import { permissionLabel } from '../../../src/cluster/live/permission.ts';
import type { ApiService } from '../../../src/domain/kubernetes/policy.ts';
import { RESOURCE_TYPES, type ResourceType } from '../../../src/domain/kubernetes/resource-type.ts';
import { neededPermissions } from '../../../src/evidence/collect/needed-permissions.ts';

const TYPES: readonly ResourceType[] = Object.values(RESOURCE_TYPES);

/** Read from dumps, by a model's tools, or for an agent's callers; an investigation of a live cluster never lists them. */
const NOT_LISTED = ['endpoints', 'secrets', 'replicationcontrollers', 'roles', 'rolebindings', 'podmetrics', 'nodemetrics'];

const ALL_APIS = TYPES.map(({ group, version }) => ({ metadata: { name: `${version}.${group}` }, spec: { group, version } })) as unknown as ApiService[];

describe('what an investigation needs to read', () => {
  test.each([[undefined], ['shop']])('is asked for of every kind that there is: namespace %s', (namespace) => {
    const asked = new Set(neededPermissions(namespace, ALL_APIS).map(({ permission }) => `${permission.group}/${permission.resource}`));
    const left = TYPES.filter(({ group, plural }) => !asked.has(`${group}/${plural}`)).map(({ plural }) => plural);
    expect(left.toSorted()).toEqual(NOT_LISTED.toSorted());
  });

  test('includes the leases of the nodes and of the control plane', () => {
    const leases = neededPermissions('shop').flatMap(({ permission }) => (permission.resource === 'leases' ? [permissionLabel(permission)] : []));
    expect(leases).toEqual(['list leases in kube-node-lease', 'list leases in kube-system']);
  });
});
