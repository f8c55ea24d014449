import { expect, test } from 'vitest';
import { decidedByRules, grantedRules } from '../../../src/cluster/live/granted-rules.ts';
import type { Permission } from '../../../src/cluster/live/permission.ts';

const LOGS: Permission = { verb: 'get', group: '', resource: 'pods', subresource: 'log', namespace: 'shop' };
const DEPLOYMENTS: Permission = { verb: 'list', group: 'apps', resource: 'deployments', namespace: 'shop' };
const rule = (verbs: string[], apiGroups: string[], resources: string[], resourceNames?: string[]) => ({ verbs, apiGroups, resources, resourceNames });
const decide = (permission: Permission, ...resourceRules: object[]) => decidedByRules(permission, grantedRules({ resourceRules, incomplete: false }));

test.each<[string, Permission, object, string]>([
  ['a subresource by its name', LOGS, rule(['get'], [''], ['pods/log']), 'allowed'],
  ['a subresource of whatever', LOGS, rule(['get'], [''], ['*/log']), 'allowed'],
  ['everything', LOGS, rule(['*'], ['*'], ['*']), 'allowed'],
  ['the resource without its subresource', LOGS, rule(['get'], [''], ['pods']), 'denied'],
  ['another verb', DEPLOYMENTS, rule(['get', 'watch'], ['apps'], ['deployments']), 'denied'],
  ['another group', DEPLOYMENTS, rule(['list'], ['extensions', ''], ['deployments']), 'denied'],
  ['one object by its name', DEPLOYMENTS, rule(['list'], ['apps'], ['deployments'], ['web']), 'denied'],
])('a rule for %s', (_, permission, granted, decision) => {
  expect(decide(permission, granted)).toBe(decision);
});

test('what is no answer, or tells only a part, decides nothing', () => {
  expect(grantedRules(undefined)).toBeUndefined();
  expect(decidedByRules(LOGS, undefined)).toBeUndefined();
  expect(decidedByRules(LOGS, { rules: [], incomplete: true })).toBeUndefined();
});
