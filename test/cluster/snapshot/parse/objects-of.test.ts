import { describe, expect, test } from 'vitest';
import { objectsOf } from '../../../../src/cluster/snapshot/parse/objects-of.ts';

const of = (document: unknown, hint: Parameters<typeof objectsOf>[1] = { kind: undefined, namespace: undefined }) =>
  objectsOf({ documents: [document], problem: undefined }, hint);

describe('objectsOf', () => {
  test('items of a typed list take kind and apiVersion from it', () => {
    const { objects } = of({ apiVersion: 'apps/v1', kind: 'DeploymentList', items: [{ metadata: { name: 'a' } }] }, { kind: undefined, namespace: 'shop' });
    expect(objects.get('Deployment')).toEqual([{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a', namespace: 'shop' } }]);
  });

  test('a mixed list counts as a list of each of its kinds; lists may lie in lists', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'shop' } };
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', namespace: 'vault' } };
    const { objects, lists } = of({ kind: 'List', apiVersion: 'v1', items: [pod, { kind: 'List', apiVersion: 'v1', items: [service] }] });
    expect([...objects.keys()]).toEqual(['Pod', 'Service']);
    expect(lists).toEqual(
      new Map([
        ['Pod', new Set(['shop'])],
        ['Service', new Set(['vault'])],
      ]),
    );
  });

  test('a Secret keeps its type and the names of its keys', () => {
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"a":"canary"}}', team: 'x' };
    const { objects } = of({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', annotations },
      type: 'Opaque',
      data: { a: 'canary' },
      stringData: { b: 'canary' },
    });
    expect(objects.get('Secret')).toEqual([
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', annotations: { team: 'x' } }, type: 'Opaque', data: { a: '', b: '' } },
    ]);
  });

  test('an event of events.k8s.io is told in the words of core/v1', () => {
    const { objects } = of({
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { name: 'e', namespace: 'shop' },
      regarding: { kind: 'Pod', name: 'a' },
      note: 'Back-off',
      deprecatedCount: 3,
      deprecatedLastTimestamp: '2026-01-01T00:00:00Z',
    });
    expect(objects.get('Event')).toMatchObject([
      { apiVersion: 'v1', involvedObject: { kind: 'Pod', name: 'a' }, message: 'Back-off', count: 3, lastTimestamp: '2026-01-01T00:00:00Z' },
    ]);
  });

  test('parts of another shape are dropped, objects without a name are counted', () => {
    const items = [
      { metadata: { name: 'a', labels: 'x', annotations: [], ownerReferences: {} }, spec: 'x', status: [] },
      { metadata: {} },
      { metadata: 'x' },
      'x',
      null,
    ];
    const { objects, problems } = of({ kind: 'PodList', apiVersion: 'v1', items });
    expect(objects.get('Pod')).toEqual([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }]);
    expect(problems).toEqual(['2 of its objects have no name']);
  });
});
