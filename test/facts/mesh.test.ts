import { expect, test } from 'vitest';
import { endpoints, factsOf, failedCall, service, verdicts, workload } from './network-scene.ts';

const sidecar = { containers: [{ name: 'orders' }, { name: 'istio-proxy' }] };
const policy = (mode: string, metadata: object, selector?: object) => ({
  kind: 'PeerAuthentication',
  metadata: { namespace: 'shop', name: 'default', ...metadata },
  spec: { mtls: { mode }, ...(selector ? { selector } : {}) },
});
const callee = [...workload('orders', { spec: sidecar }), service('orders'), endpoints('orders', 1)];
const caller = workload('report', { ready: false });
const reset = { logs: [failedCall('report', { host: 'orders', port: 80, error: 'reset' as const })] };
const mesh = (...objects: readonly object[]) => factsOf('Dependency', [...caller, ...callee, ...objects], reset)[0]?.doc['mesh'];

test('what a mesh demands: by pod, else by namespace, else for all', () => {
  const everywhere = policy('STRICT', { namespace: 'istio-system' });
  expect(mesh()).toEqual({ only: 'callee', mode: null });
  expect(mesh(everywhere)).toEqual({ only: 'callee', mode: 'STRICT' });
  expect(mesh(everywhere, policy('PERMISSIVE', {}))).toEqual({ only: 'callee', mode: 'PERMISSIVE' });
  expect(mesh(policy('PERMISSIVE', {}), policy('STRICT', { name: 'orders' }, { matchLabels: { app: 'orders' } }))).toEqual({ only: 'callee', mode: 'STRICT' });
  expect(mesh(policy('STRICT', { namespace: 'elsewhere' }))).toEqual({ only: 'callee', mode: null });
});

test('a caller outside of the mesh is turned away by the policy', () => {
  expect(verdicts([...caller, ...callee, policy('STRICT', {})], reset)).toContain('mesh-demands-tls on PeerAuthentication shop/default');
});

test('where both are in the mesh, or neither, there is no boundary', () => {
  const inside = workload('report', { ready: false, spec: { containers: [{ name: 'report' }, { name: 'istio-proxy' }] } });
  expect(factsOf('Dependency', [...inside, ...callee], reset)[0]?.doc['mesh']).toBeNull();
  expect(factsOf('Dependency', [...caller, ...workload('orders'), service('orders'), endpoints('orders', 1)], reset)[0]?.doc['mesh']).toBeNull();
});
