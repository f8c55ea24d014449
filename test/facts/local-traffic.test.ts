import { expect, test } from 'vitest';
import { endpoints, factsOf, failedCall, service, verdicts, workload } from './network-scene.ts';

const node = (name: string, address: string) => ({ kind: 'Node', metadata: { name }, status: { addresses: [{ type: 'InternalIP', address }] } });
const nodes = [node('n1', '10.1.0.1'), node('n2', '10.1.0.2')];
const local = service('web', { type: 'NodePort', externalTrafficPolicy: 'Local', ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] });
const web = [...workload('web'), endpoints('web', 1), ...workload('caller', { ready: false })];
const localTraffic = (objects: readonly object[], scene = {}) => factsOf('Service', objects, scene)[0]?.doc['local_traffic'];

test('a node without a pod is told, and is at fault only where a caller failed at its port', () => {
  expect(localTraffic([...nodes, local, ...web])).toEqual({ serving: 1, without: 'n2', failed_at: null });
  expect(verdicts([...nodes, local, ...web])).toEqual(['(observation) service-local-traffic-on-some-nodes on Service shop/web']);
  const at = (host: string) => ({ logs: [failedCall('caller', { host, port: 30080, error: 'timeout' })] });
  expect(verdicts([...nodes, local, ...web], at('10.1.0.2'))).toContain('service-local-traffic-dropped on Service shop/web');
  expect(verdicts([...nodes, local, ...web], at('10.1.0.1'))).not.toContain('service-local-traffic-dropped on Service shop/web');
});

test('with the other policy, inside the cluster only, or without nodes read, nothing is told', () => {
  expect(localTraffic([...nodes, service('web', { type: 'NodePort' }), ...web])).toBeNull();
  expect(localTraffic([...nodes, service('web', { externalTrafficPolicy: 'Local' }), ...web])).toBeNull();
  expect(localTraffic([local, ...web], { notCollected: ['Node'] })).toBeNull();
});
