import { describe, expect, test } from 'vitest';
import { parseAccess, principalIn } from '../../src/auth/access.ts';
import type { CodedError } from '../../src/errors/coded-error.ts';

const TABLE = `# who may do what
- { from: oidc, group: sre, role: operator }
- { from: oidc, user: ada, role: admin }
- { from: kubernetes, user: "system:serviceaccount:shop:pager", role: viewer, namespaces: [shop] }
`;

describe('the table of access', () => {
  const access = parseAccess(TABLE, 'access.yaml');

  test('grants what the first row that matches says', () => {
    const ada = { from: 'oidc', user: 'ada' } as const;
    expect(principalIn(access, { ...ada, groups: [] })).toEqual({ id: 'oidc:ada', name: 'ada', role: 'admin', namespaces: null });
    expect(principalIn(access, { ...ada, groups: ['sre'] })).toMatchObject({ role: 'operator' });
  });

  test('grants nothing to who is not in it, or comes from elsewhere', () => {
    const pager = 'system:serviceaccount:shop:pager';
    expect(principalIn(access, { from: 'kubernetes', user: pager, groups: [] })).toMatchObject({ role: 'viewer', namespaces: ['shop'] });
    expect(principalIn(access, { from: 'oidc', user: pager, groups: [pager] })).toBeUndefined();
    expect(principalIn(access, { from: 'kubernetes', user: 'ada', groups: ['sre'] })).toBeUndefined();
    expect(principalIn([], { from: 'oidc', user: 'ada', groups: [] })).toBeUndefined();
  });

  test.each([
    ['- { from: ldap, user: ada, role: admin }', 'access.yaml:1:11:'],
    ['- { from: oidc, role: admin }', 'either a user or a group is needed'],
    ['- { from: oidc, user: ada, group: sre, role: admin }', 'either a user or a group is needed'],
    ['- { from: oidc, user: ada, role: admin, namespaces: [Shop] }', 'access.yaml:1:54: a name of a namespace is needed'],
    ['- { from: oidc, user: ada, role: admin, namespaces: [] }', 'access.yaml:1:53:'],
    ['- [', 'access.yaml:1:'],
    ['ada: admin', 'access.yaml:1:1:'],
  ])('says where %s is wrong', (text, problem) => {
    const problems = (): string => {
      try {
        return JSON.stringify(parseAccess(text, 'access.yaml'));
      } catch (error) {
        return ((error as CodedError).details as { problems: string[] }).problems.join('\n');
      }
    };
    expect(problems()).toContain(problem);
  });
});
