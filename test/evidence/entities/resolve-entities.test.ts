import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/domain/kubernetes/object.ts';
import { nameIndexOf } from '../../../src/evidence/entities/name-index.ts';
import { parseDescription } from '../../../src/evidence/entities/parse-description.ts';
import { resolveEntities } from '../../../src/evidence/entities/resolve-entities.ts';
import { inventoryOf } from '../../../src/evidence/inventory-of.ts';
import { resolveScope } from '../../../src/evidence/scope.ts';

const object = (kind: string, name: string, owner?: readonly [string, string], namespace = 'shop'): KubeObject => ({
  kind,
  metadata: {
    name,
    ...(kind === 'Node' ? {} : { namespace }),
    ...(owner === undefined ? {} : { ownerReferences: [{ kind: owner[0], name: owner[1], controller: true }] }),
  },
});
const INVENTORY = inventoryOf([
  object('Deployment', 'checkout'),
  object('ReplicaSet', 'checkout-7d4f9c', ['Deployment', 'checkout']),
  object('Pod', 'checkout-7d4f9c-x2x4v', ['ReplicaSet', 'checkout-7d4f9c']),
  object('Service', 'checkout'),
  object('Deployment', 'orders-api'),
  object('Deployment', 'payment-service'),
  object('StatefulSet', 'db'),
  object('Pod', 'db-0', ['StatefulSet', 'db']),
  object('ConfigMap', 'settings'),
  object('Node', 'worker-3'),
  object('Deployment', 'customer-portal'),
  object('Job', 'accounts-migration'),
  object('Deployment', 'thumbnails'),
  object('Deployment', 'checkout', undefined, 'staging'),
]);
const resolve = (text: string) => resolveEntities(parseDescription(text, new Date('2026-03-01T12:00:00Z')), nameIndexOf(INVENTORY), 'shop');

describe('what a text names', () => {
  test.each([
    ['the checkout is failing', { workloads: ['checkout'], services: ['checkout'], pods: [], unresolved: [] }],
    ['deployment checkout is failing', { workloads: ['checkout'], services: [] }],
    ['orders api is slow', { workloads: ['orders-api'] }],
    ['the payment service is down', { workloads: ['payment-service'] }],
    ['pod db-0 is pending', { pods: ['db-0'], workloads: [] }],
    ['pod checkout-7d4f9c crashes', { pods: ['checkout-7d4f9c-x2x4v'] }],
    ['checkout-7d4f9c-zzzz9 was killed', { workloads: ['checkout'], pods: [] }],
    ['node worker-3 is NotReady', { nodes: ['worker-3'] }],
    ['configmap settings is wrong', { others: ['ConfigMap/settings'] }],
    ['the customer portal does not come up', { workloads: ['customer-portal'], unresolved: [] }],
    ['customers cannot open the portal', { workloads: [] }],
    ['the migration of the accounts failed', { workloads: ['accounts-migration'], unresolved: [] }],
    ['thumbnail pods are evicted', { workloads: ['thumbnails'], unresolved: [] }],
    ['the orders api of the customer portal', { workloads: ['orders-api', 'customer-portal'] }],
    ['SHOP is down', { workloads: [], unresolved: [] }],
  ])('%s', (text, expected) => expect(resolve(text)).toMatchObject(expected));

  test('what names nothing is told with near names, and nothing is guessed', () => {
    expect(resolve('chekout is down')).toMatchObject({ workloads: [], unresolved: [{ word: 'chekout', near: ['checkout'], asked: true }] });
    expect(resolve('users dislike chekout').unresolved).toEqual([{ word: 'chekout', near: ['checkout'], asked: false }]);
    expect(resolve('deployment ledger is down').unresolved).toEqual([{ word: 'ledger', near: [], asked: true }]);
    expect(resolve('yellow bananas').unresolved).toEqual([]);
  });
});

describe('the scope', () => {
  const scopeOf = (text: string, request = {}) =>
    resolveScope({ entities: resolve(text), namespaces: ['shop'], request: { incidentId: 'i', description: text, ...request } }, INVENTORY);

  test('is the named objects in the namespaces that were read', () => {
    expect(scopeOf('checkout is failing').objects).toEqual([
      { kind: 'Deployment', namespace: 'shop', name: 'checkout' },
      { kind: 'Service', namespace: 'shop', name: 'checkout' },
    ]);
  });

  test('a pod brings the owner that people name', () => {
    expect(scopeOf('pod checkout-7d4f9c-x2x4v fails').objects.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'Pod checkout-7d4f9c-x2x4v',
      'Deployment checkout',
    ]);
    expect(scopeOf('pod db-0 fails').objects.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['Pod db-0', 'StatefulSet db']);
  });

  test('has no objects when nothing is named; nodes and other kinds count', () => {
    expect(scopeOf('everything is broken').objects).toEqual([]);
    expect(scopeOf('node worker-3 is down, configmap settings is wrong').objects.map(({ kind }) => kind)).toEqual(['Node', 'ConfigMap']);
  });

  test('the time of the request goes before that of the text', () => {
    expect(scopeOf('checkout fails since 10:00').since).toBe('2026-03-01T10:00:00.000Z');
    expect(scopeOf('checkout fails since 10:00', { since: '2026-02-01T00:00:00Z' }).since).toBe('2026-02-01T00:00:00Z');
  });
});

test('a Deployment of which only pods may be read is named by them', () => {
  const pod = object('Pod', 'checkout-7d4f9c-x2x4v', ['ReplicaSet', 'checkout-7d4f9c']);
  const labelled = { ...pod, metadata: { ...pod.metadata, labels: { 'pod-template-hash': '7d4f9c' } } };
  const inventory = inventoryOf([labelled], { forbidden: ['Deployment', 'ReplicaSet'] });
  const named = (text: string) => {
    const entities = resolveEntities(parseDescription(text, new Date('2026-03-01T12:00:00Z')), nameIndexOf(inventory), 'shop');
    return resolveScope({ entities, namespaces: ['shop'], request: { incidentId: 'i', description: text } }, inventory).objects;
  };
  const checkout = { kind: 'Deployment', namespace: 'shop', name: 'checkout' };
  expect(named('the checkout is failing')).toEqual([checkout]);
  expect(named('pod checkout-7d4f9c-x2x4v crashes')).toContainEqual(checkout);
});
