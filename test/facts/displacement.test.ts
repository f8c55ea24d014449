import { expect, test } from 'vitest';
import { ago, event, factsOf, node, podOf, requests, unschedulable, verdicts } from './infrastructure-scene.ts';

const URGENT = (age: number, fields: object = {}) =>
  podOf('checkout', 'zzzzz', { age, metadata: { uid: 'u-1' }, spec: { nodeName: 'a', priority: 1000, ...requests({ memory: '7Gi' }), ...fields } });
const PENDING = unschedulable('reports', '0/1 nodes are available: 1 Insufficient memory.', {
  age: 600,
  spec: { priority: -5, ...requests({ memory: '4Gi' }) },
});
const predecessor = { kind: 'Pod', metadata: { namespace: 'shop', name: 'reports-6d4cf56db6-old', uid: 'old' } };
const stopped = event(predecessor, 'Killing', 'Stopping container app', { type: 'Normal', firstTimestamp: ago(598), lastTimestamp: ago(598) });
const displaced = (...objects: object[]) =>
  factsOf('Pod', [node('a'), ...PENDING, ...objects]).find(({ object }) => object.name.startsWith('reports'))?.doc['displaced'];

const TAKEN = { by: 'Pod shop/checkout-6d4cf56db6-zzzzz', node: 'a', its_priority: 1000, own_priority: -5 };

test('a pod of higher priority came when the one before was stopped', () => {
  expect(displaced(URGENT(602), stopped)).toEqual(TAKEN);
  expect(verdicts([node('a'), ...PENDING, URGENT(602), stopped])[0]).toMatch(
    /^insufficient-cluster-resources on Deployment shop\/reports: .* had to make room for Pod shop\/checkout-6d4cf56db6-zzzzz \(priority 1000\)/,
  );
});

test.each([
  ['it came long before', [URGENT(4000), stopped]],
  ['it came after', [URGENT(30), stopped]],
  ['it asks for nothing that is short', [URGENT(602, requests({ cpu: '1' })), stopped]],
  ['it is of no higher priority', [URGENT(602, { priority: -5 }), stopped]],
  ['nothing was stopped', [URGENT(602)]],
])('nobody is said to have taken the place where %s', (_, objects) => {
  expect(displaced(...objects)).toBeNull();
});

test.each(['Preempted by pod u-1 on node a', 'Preempted by shop/checkout-6d4cf56db6-zzzzz on node a'])('the scheduler says so: %s', (message) => {
  expect(displaced(URGENT(4000), event(predecessor, 'Preempted', message, { type: 'Normal' }))).toEqual(TAKEN);
});
