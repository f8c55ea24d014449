import { expect, test } from 'vitest';
import { clockOff } from '../../src/facts/node-clock.ts';
import { ago, contextOf } from './infrastructure-scene.ts';

/** A lease whose renewal the kubelet dates one way and the API server another. */
const lease = (byKubelet: number, byServer: number) => ({
  kind: 'Lease',
  metadata: { namespace: 'kube-node-lease', name: 'n1', managedFields: [{ manager: 'kubelet', time: ago(byServer) }] },
  spec: { renewTime: ago(byKubelet) },
});

test('the same write is dated by two clocks', () => {
  expect(clockOff(contextOf([lease(310, 5)]), 'n1')).toBe('305 s behind the API server');
  expect(clockOff(contextOf([lease(-120, 5)]), 'n1')).toBe('125 s ahead of the API server');
});

test('clocks that nearly agree, an old lease, and no lease say nothing', () => {
  expect(clockOff(contextOf([lease(8, 5)]), 'n1')).toBeNull();
  expect(clockOff(contextOf([lease(86_400, 86_399)]), 'n1')).toBeNull();
  expect(clockOff(contextOf([]), 'n1')).toBeNull();
  expect(clockOff(contextOf([{ ...lease(310, 5), metadata: { namespace: 'kube-node-lease', name: 'n1' } }]), 'n1')).toBeNull();
});
