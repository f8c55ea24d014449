import { expect, test } from 'vitest';
import { ago, event, factsOf, verdicts } from './infrastructure-scene.ts';
import { containerDoc, owners, pod, running } from './workload-scene.ts';

/** A Deployment and its set that want one pod more than they have. */
function short(): [object, Parameters<typeof event>[0]] {
  const [deployment, set] = owners({ spec: { replicas: 2 } });
  return [deployment as object, { ...(set as Parameters<typeof event>[0]), ...{ spec: { replicas: 2 } } }];
}

/** When a person wrote the object last. */
const written = (seconds: number) => ({ managedFields: [{ manager: 'kubectl', operation: 'Update', time: ago(seconds) }] });

test('a process that took its environment from what was written since is told', () => {
  const config = (age: number) => ({ kind: 'ConfigMap', metadata: { namespace: 'shop', name: 'settings', ...written(age) }, data: { LEVEL: 'info' } });
  const reader = (container: Readonly<Record<string, unknown>>) => pod({ container, ready: true, status: { state: running(3600) } });
  const byEnv = reader({ envFrom: [{ configMapRef: { name: 'settings' } }] });
  expect(containerDoc([byEnv, config(300)]).outdated).toBe('ConfigMap settings, 300 s ago');
  expect(containerDoc([byEnv, config(7200)]).outdated).toBeNull();
  expect(containerDoc([byEnv, config(3590)]).outdated).toBeNull();
  expect(containerDoc([reader({}), config(300)]).outdated).toBeNull();
});

test('a namespace that was changed after the pods is at fault for what it refuses now', () => {
  const namespace = (age: number) => ({
    kind: 'Namespace',
    metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' }, ...written(age) },
  });
  const [deployment, set] = short();
  const refused = event(set, 'FailedCreate', 'Error creating: pods "checkout-1" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true');
  const running = pod({ ready: true });
  expect(verdicts([namespace(300), deployment, set, running, refused])[0]).toContain('namespace-policy-tightened on Namespace shop');
  expect(verdicts([namespace(90_000), deployment, set, running, refused])[0]).toContain('pod-security-violation on Deployment shop/checkout');
});

test('a quota and a limit range know when they were written, and how old the set is that they refuse', () => {
  const [deployment, set] = short();
  const quota = {
    kind: 'ResourceQuota',
    metadata: { namespace: 'shop', name: 'team', ...written(300) },
    spec: { hard: { pods: '1' } },
    status: { hard: { pods: '1' }, used: { pods: '1' } },
  };
  const refused = event(set, 'FailedCreate', 'pods "x" is forbidden: exceeded quota: team, requested: pods=1, used: pods=1, limited: pods=1');
  expect(factsOf('ResourceQuota', [deployment, set, quota, refused])[0]?.doc).toMatchObject({ written_s: 300, workload_s: 86_400 });
  const range = {
    kind: 'LimitRange',
    metadata: { namespace: 'shop', name: 'bounds', creationTimestamp: ago(60) },
    spec: { limits: [{ type: 'Container', max: { memory: '1Gi' } }] },
  };
  const tooMuch = event(set, 'FailedCreate', 'pods "x" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi');
  expect(factsOf('LimitRange', [deployment, set, range, tooMuch])[0]?.doc).toMatchObject({ written_s: 60, workload_s: 86_400 });
});
