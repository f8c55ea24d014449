import { describe, expect, test } from 'vitest';
import { NO_TELEMETRY, type Telemetry } from '../../src/domain/telemetry.ts';
import { ago, causes, cordoned, event, factsOf, node, podOf, running, verdicts, workload } from './infrastructure-scene.ts';

const telemetry = (some: Partial<Telemetry>): { telemetry: Telemetry } => ({ telemetry: { ...NO_TELEMETRY, ...some } });
const unit = (name: string, service: string, active = 'inactive', sub = 'dead') => ({ node: name, service, active, sub, since: null, output: '' });
const readiness = (status: string, reason: string, message: string, age = 300) => [{ type: 'Ready', status, reason, message, lastTransitionTime: ago(age) }];
const lease = (name: string, age: number) => ({ kind: 'Lease', metadata: { namespace: 'kube-node-lease', name }, spec: { renewTime: ago(age) } });

describe('a node', () => {
  test('that stopped reporting', () => {
    const lost = node('a', { conditions: readiness('Unknown', 'NodeStatusUnknown', 'Kubelet stopped posting node status.') });
    const objects = [lost, node('b'), lease('a', 300), lease('b', 2)];
    expect(causes(objects)).toEqual(['kubelet-not-reporting on Node a']);
    expect(factsOf('Node', objects)[0]?.doc).toMatchObject({ down: true, lease_s: 300, lease_stale: true, unready_s: 300 });
    expect(factsOf('Node', [lost, lease('a', 300)])[0]?.doc['lease_stale']).toBe(true);
    expect(factsOf('Node', [node('a'), node('b'), lease('a', 300), lease('b', 299)])[0]?.doc['lease_stale']).toBe(false);
  });

  test.each([
    ['container runtime is down', 'container-runtime-down on Node a'],
    ['PLEG is not healthy: pleg was last seen active 5m ago', 'container-runtime-down on Node a'],
    [
      'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
      'cni-not-ready on Node a',
    ],
    ['node is shutting down', 'kubelet-not-ready on Node a'],
  ])('whose kubelet says: %s', (message, expected) => {
    expect(causes([node('a', { conditions: readiness('False', 'KubeletNotReady', message) })])).toEqual([expected]);
  });

  test('whose units do not run: the unit is named, not what follows from it', () => {
    const lost = node('a', { conditions: readiness('Unknown', 'NodeStatusUnknown', 'Kubelet stopped posting node status.') });
    expect(causes([lost], telemetry({ nodeServices: [unit('a', 'kubelet'), unit('a', 'containerd', 'active', 'running')] }))).toEqual([
      'kubelet-down on Node a',
    ]);
    expect(causes([node('a')], telemetry({ nodeServices: [unit('a', 'containerd.service', 'failed', 'failed')] }))).toEqual([
      'container-runtime-down on Node a',
    ]);
    expect(causes([node('a')], telemetry({ nodeServices: [unit('a', 'kube-proxy', 'activating', 'auto-restart')] }))).toEqual(['kube-proxy-down on Node a']);
    expect(causes([node('a')], telemetry({ nodeServices: [unit('a', 'kubelet', 'active', 'running'), unit('a', 'cups')] }))).toEqual([]);
  });

  test('under pressure, without network, or just not ready', () => {
    const condition = (type: string, status = 'True') =>
      node('a', {
        conditions: [
          { type: 'Ready', status: 'True' },
          { type, status },
        ],
      });
    expect(causes([condition('DiskPressure')])).toEqual(['node-disk-pressure on Node a']);
    expect(causes([condition('MemoryPressure')])).toEqual(['node-memory-pressure on Node a']);
    expect(causes([condition('PIDPressure')])).toEqual(['node-pid-pressure on Node a']);
    expect(causes([condition('NetworkUnavailable')])).toEqual(['node-network-unavailable on Node a']);
    expect(causes([condition('DiskPressure', 'False')])).toEqual([]);
    expect(causes([node('a', { conditions: readiness('False', 'KubeletNotReady', 'x', 3) })])).toEqual([]);
  });

  test('that alone does not reach Services', () => {
    const check = (service: string, failing: string[]) => ({
      namespace: 'shop',
      service,
      port: 80,
      reachable: failing.length === 0,
      output: '',
      checks: ['a', 'b', 'c'].map((fromNode) => ({ fromNode, reachable: !failing.includes(fromNode), output: '' })),
    });
    const nodes = [node('a'), node('b'), node('c')];
    expect(causes(nodes, telemetry({ connectivity: [check('x', ['a']), check('y', ['a'])] }))).toEqual(['node-services-unreachable on Node a']);
    expect(causes(nodes, telemetry({ connectivity: [check('x', ['a', 'b', 'c']), check('y', [])] }))).toEqual([]);
    expect(causes(nodes, telemetry({ connectivity: [check('x', ['a']), check('y', ['a'])], nodeServices: [unit('a', 'kube-proxy')] }))).toEqual([
      'kube-proxy-down on Node a',
    ]);
  });

  const broken = { phase: 'Running', conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: ago(400) }] };
  test('on which alone several workloads fail', () => {
    const here = ['x', 'y', 'z'].flatMap((name) => workload(name, { spec: { nodeName: 'a' }, status: broken }));
    const elsewhere = ['p', 'q'].flatMap((name) => workload(name, { spec: { nodeName: 'b' }, status: running }));
    expect(causes([node('a'), node('b'), ...here, ...elsewhere])).toEqual(['node-suspected on Node a']);
    expect(causes([node('a'), ...here])).toEqual([]);
    expect(factsOf('Node', [node('a'), node('b'), ...here, ...elsewhere])[0]?.doc).toMatchObject({
      pods: 3,
      failing_workloads: 3,
      elsewhere_pods: 2,
      elsewhere_failing: 0,
    });
  });

  test('is not suspected where as many fail on the other nodes, though each workload has a healthy pod somewhere', () => {
    const pods = ['x', 'y', 'z'].flatMap((name) => [
      ...workload(name, { suffix: 'aaaaa', spec: { nodeName: 'a' }, status: broken }),
      podOf(name, 'bbbbb', { spec: { nodeName: 'b' }, status: broken }),
      podOf(name, 'ccccc', { spec: { nodeName: 'c' }, status: running }),
    ]);
    expect(causes([node('a'), node('b'), node('c'), ...pods])).toEqual([]);
  });

  test('whose runtime cannot be reached, rebooted, or out of memory', () => {
    const objects = workload('web', { spec: { nodeName: 'a' } });
    const socket = event(
      objects[2] as Parameters<typeof event>[0],
      'FailedCreatePodSandBox',
      'Failed to create pod sandbox: rpc error: code = Unavailable desc = dial unix /run/containerd/containerd.sock: connect: connection refused',
    );
    expect(causes([node('a'), ...objects, socket])).toContain('container-runtime-down on Node a');
    const rebooted = node('a', { conditions: readiness('True', 'KubeletReady', '', 100) });
    const down = workload('web', { spec: { nodeName: 'a' }, status: broken });
    expect(causes([rebooted, ...down, event(rebooted, 'Rebooted', 'Node a has been rebooted, boot id: 1', { lastTimestamp: ago(120) })])).toEqual([
      'node-rebooted on Node a',
    ]);
    expect(verdicts([node('a'), event(node('a'), 'SystemOOM', 'System OOM encountered, victim process: java, pid: 7')])).toEqual([
      'node-out-of-memory on Node a: Node a ran out of memory and the kernel killed processes: victim process: java, pid: 7',
    ]);
  });

  test('that is cordoned is no fault by itself', () => {
    expect(causes([node('a', { spec: cordoned })])).toEqual([]);
  });
});

describe('the control plane', () => {
  const pending = workload('web', { age: 120 });

  test('whose only scheduler does not run', () => {
    const services = telemetry({ nodeServices: [unit('m', 'kube-scheduler')] });
    expect(causes([node('m'), ...pending], services)).toEqual(['kube-scheduler-down on ControlPlane kube-scheduler']);
    expect(factsOf('NodeService', [node('m'), ...pending], services)[0]?.groups?.['waiting_workloads']).toEqual([
      { kind: 'Deployment', namespace: 'shop', name: 'web' },
    ]);
    const another = telemetry({ nodeServices: [unit('m', 'kube-scheduler'), unit('n', 'kube-scheduler', 'active', 'running')] });
    expect(causes([node('m')], another)).toEqual([]);
  });

  test('that says nothing of a pod', () => {
    const schedulerLease = (age: number) => ({ kind: 'Lease', metadata: { namespace: 'kube-system', name: 'kube-scheduler' }, spec: { renewTime: ago(age) } });
    expect(causes([node('m'), ...pending, schedulerLease(600)])).toEqual(['kube-scheduler-down on ControlPlane kube-scheduler']);
    expect(causes([node('m'), ...pending, schedulerLease(1)])).toEqual(['scheduler-silent on ControlPlane kube-scheduler']);
    expect(causes([node('m'), ...workload('web', { age: 12 })])).toEqual([]);
    expect(causes([node('m'), ...workload('web', { age: 120, spec: { schedulerName: 'mine' } })])).toEqual(['scheduler-not-running on Deployment shop/web']);
    expect(causes([node('m'), ...workload('web', { age: 400, spec: { schedulingGates: [{ name: 'queue' }] } })])).toEqual([
      'scheduling-gate-not-removed on Deployment shop/web',
    ]);
  });

  test('with an API that nobody serves', () => {
    const api = (status: string, age = 300) => ({
      kind: 'APIService',
      metadata: { name: 'v1beta1.metrics.k8s.io' },
      spec: { group: 'metrics.k8s.io', service: { namespace: 'kube-system', name: 'metrics-server' } },
      status: { conditions: [{ type: 'Available', status, reason: 'MissingEndpoints', message: 'no addresses', lastTransitionTime: ago(age) }] },
    });
    expect(causes([api('False')])).toEqual(['aggregated-api-unavailable on APIService v1beta1.metrics.k8s.io']);
    expect(causes([api('True')])).toEqual([]);
    expect(causes([api('False', 5)])).toEqual([]);
    expect(factsOf('ApiService', [api('False')])[0]?.doc).toMatchObject({ service: 'kube-system/metrics-server', service_status: 'not-found' });
  });

  test('with a namespace that does not end', () => {
    const namespace = (age: number) => ({
      kind: 'Namespace',
      metadata: { name: 'old', deletionTimestamp: ago(age) },
      spec: { finalizers: ['kubernetes'] },
      status: {
        phase: 'Terminating',
        conditions: [{ type: 'NamespaceDeletionDiscoveryFailure', status: 'True', message: 'metrics.k8s.io/v1beta1: stale GroupVersion discovery' }],
      },
    });
    expect(causes([namespace(600)])).toEqual(['namespace-blocked-by-api on Namespace old']);
    expect(causes([namespace(20)])).toEqual([]);
  });
});

test('a kubelet is compared with the newest, and the pod of its kube-proxy is told apart', () => {
  const at = (name: string, kubeletVersion: string) => node(name, { status: { nodeInfo: { kubeletVersion } } });
  const proxyOn = (name: string, ready: string) => ({
    kind: 'Pod',
    metadata: {
      namespace: 'kube-system',
      name: `kube-proxy-${name}`,
      labels: { 'k8s-app': 'kube-proxy' },
      ownerReferences: [{ kind: 'DaemonSet', name: 'kube-proxy' }],
    },
    spec: { nodeName: name, containers: [{ name: 'kube-proxy' }] },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready, lastTransitionTime: ago(600) }] },
  });
  const nodes = [at('old', 'v1.30.4'), at('young', 'v1.34.0'), at('bare', 'v1.34.0')];
  const [old, young, bare] = factsOf('Node', [...nodes, proxyOn('old', 'False'), proxyOn('young', 'True')]);
  expect(old?.doc).toMatchObject({ kubelet_version: 'v1.30.4', versions_behind: 4, proxy_down: true });
  expect(young?.doc).toMatchObject({ versions_behind: 0, proxy_down: false });
  expect(bare?.doc).toMatchObject({ proxy_down: true });
  expect(factsOf('Node', [node('n1')])[0]?.doc['versions_behind']).toBeNull();
});
