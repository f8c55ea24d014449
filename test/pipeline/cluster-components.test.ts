import { describe, expect, test } from 'vitest';
import { ago } from '../facts/infrastructure-scene.ts';
import { endpoints, event, node, service, workload } from './cascade-objects.ts';
import { reportOf, rootsIn } from './incident-scene.ts';

const lease = (name: string, age: number) => ({ kind: 'Lease', metadata: { namespace: 'kube-system', name }, spec: { renewTime: ago(age) } });

/** A DaemonSet of kube-system with one pod on n1. */
function agent(name: string, image: string, ready: boolean): object[] {
  const labels = { 'k8s-app': name };
  const spec = { nodeName: 'n1', containers: [{ name, image }] };
  const state = ready ? { running: { startedAt: ago(8000) } } : { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s' } };
  const last = ready ? {} : { lastState: { terminated: { exitCode: 1, reason: 'Error', startedAt: ago(100), finishedAt: ago(90) } } };
  return [
    {
      kind: 'DaemonSet',
      metadata: { namespace: 'kube-system', name, generation: 1 },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
      status: { observedGeneration: 1, desiredNumberScheduled: 1, currentNumberScheduled: 1, numberReady: ready ? 1 : 0, updatedNumberScheduled: 1 },
    },
    {
      kind: 'Pod',
      metadata: {
        namespace: 'kube-system',
        name: `${name}-x`,
        labels,
        creationTimestamp: ago(9000),
        ownerReferences: [{ kind: 'DaemonSet', name, controller: true }],
      },
      spec,
      status: {
        phase: 'Running',
        startTime: ago(9000),
        conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: ago(ready ? 8000 : 900) }],
        containerStatuses: [{ name, ready, restartCount: ready ? 0 : 9, state, ...last }],
      },
    },
  ];
}

describe('asked about another namespace', () => {
  const cart = [...workload('cart'), service('cart', 8080), endpoints('cart', 1)];
  const web = workload('web', { env: { CART_ADDR: 'cart:8080' } });
  const logs = {
    'web-6d4cf56db6-aaaaa': 'ERROR dial tcp: connect cart:8080: i/o timeout\n'.repeat(5),
    'kube-proxy-x --previous': 'FATAL cannot serve: no such mode\n',
    'net-x --previous': 'FATAL cannot serve: no such pool\n',
  };

  test('a kube-proxy that does not run is the root of Services that are not reached', async () => {
    const roots = rootsIn(await reportOf([node('n1'), ...cart, ...web, ...agent('kube-proxy', 'registry.example/kube-proxy:v1', false)], { logs }));
    expect(roots[0]).toMatch(/ on DaemonSet kube-system\/kube-proxy$/);
    const well = rootsIn(await reportOf([node('n1'), ...cart, ...web, ...agent('kube-proxy', 'registry.example/kube-proxy:v1', true)], { logs }));
    expect(well.filter((root) => root.includes('proxy'))).toEqual([]);
  });

  test('a network agent that does not run is the root of sandboxes that cannot be made', async () => {
    const starting = workload('cart', { ready: false, phase: 'Pending', state: { waiting: { reason: 'ContainerCreating' } } });
    const failed = event(starting[2] as object, 'FailedCreatePodSandBox', 'Failed to create pod sandbox: plugin type="calico" failed (add): no such file');
    const roots = rootsIn(await reportOf([node('n1'), ...starting, failed, ...agent('net', 'registry.example/calico/node:v3', false)], { logs }));
    expect(roots[0]).toMatch(/ on DaemonSet kube-system\/net$/);
  });

  test('a lease that is not renewed tells that nobody schedules, or nobody acts', async () => {
    const silent = workload('cart', { ready: false, phase: 'Pending', nodeName: null, created: 600 });
    expect(rootsIn(await reportOf([node('n1'), ...silent, lease('kube-scheduler', 1200)]))[0]).toBe('kube-scheduler-down on ControlPlane kube-scheduler');
    expect(rootsIn(await reportOf([node('n1'), ...silent, lease('kube-scheduler', 3)]))[0]).not.toBe('kube-scheduler-down on ControlPlane kube-scheduler');
    const short = workload('cart', { replicas: 3 });
    const dead = lease('kube-controller-manager', 1200);
    expect(rootsIn(await reportOf([node('n1'), ...short, dead]))[0]).toBe('kube-controller-manager-down on ControlPlane kube-controller-manager');
    expect(rootsIn(await reportOf([node('n1'), ...short, lease('kube-controller-manager', 3)]))).not.toContain(
      'kube-controller-manager-down on ControlPlane kube-controller-manager',
    );
  });
});
