import { describe, expect, test } from 'vitest';
import { asObject } from '../../src/cluster/object-of.ts';

describe('what an API server sends', () => {
  test.each<[unknown, string]>([
    [null, 'it is no object'],
    ['pod', 'it is no object'],
    [[], 'it is no object'],
    [{}, 'it has no name'],
    [{ metadata: { name: '' } }, 'it has no name'],
    [{ metadata: { name: 7 } }, 'it has no name'],
    [{ metadata: { name: 'a' }, spec: 'x' }, 'its spec is no object'],
    [{ metadata: { name: 'a' }, status: [] }, 'its status is no object'],
  ])('%j is left out: %s', (item, reason) => {
    expect(asObject(item, 'Pod')).toBe(reason);
  });

  test('becomes an object of its kind', () => {
    expect(asObject({ metadata: { name: 'a' }, spec: { replicas: 1 }, status: null }, 'Deployment')).toEqual({
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      metadata: { name: 'a' },
      spec: { replicas: 1 },
      status: null,
    });
  });

  test('loses the values of a Secret wherever they stand', () => {
    const metadata = { name: 'a', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': 'hidden', team: 'b' } };
    const secret = asObject({ metadata, data: { key: 'hidden' }, stringData: { key: 'hidden' } }, 'Secret');
    expect(JSON.stringify(secret)).not.toContain('hidden');
    expect(secret).toMatchObject({ metadata: { name: 'a', annotations: { team: 'b' } } });
    expect(asObject({ metadata: { name: 'a' } }, 'Secret')).toMatchObject({ metadata: { name: 'a' } });
  });
});
