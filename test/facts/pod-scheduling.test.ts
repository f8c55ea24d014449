import { describe, expect, test } from 'vitest';
import { ago, causes, cordoned, event, factsOf, node, podOf, requests, running, unschedulable, verdicts, workload } from './infrastructure-scene.ts';

const CONTROL_PLANE = node('master', { labels: { 'kubernetes.io/role': 'master' }, spec: cordoned });
const tail = ' preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.';

describe('a pod that no node takes', () => {
  test('asks for more than any node has', () => {
    const message = `0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu.${tail}`;
    expect(verdicts([CONTROL_PLANE, node('a'), node('b'), ...unschedulable('web', message, { spec: requests({ cpu: '16' }) })])).toEqual([
      'request-exceeds-every-node on Deployment shop/web: Deployment web asks for 16 of cpu, and no node that it may use could offer it even when empty: the largest has 4',
    ]);
  });

  test('finds nodes full', () => {
    const filler = podOf('big', 'zzzzz', { spec: { nodeName: 'a', ...requests({ memory: '7Gi' }) }, status: running });
    const objects = [node('a'), filler, ...unschedulable('web', '0/1 nodes are available: 1 Insufficient memory.', { spec: requests({ memory: '2Gi' }) })];
    expect(causes(objects)).toEqual(['insufficient-cluster-resources on Deployment shop/web']);
    expect(factsOf('Pod', objects).find(({ object }) => object.name.startsWith('web'))?.doc['scheduling']).toMatchObject({
      shortage: { resource: 'memory', requested: '2Gi', largest: '8Gi', best_free: '1Gi', exceeds_every_node: false },
    });
  });

  test('would fit on the node that was cordoned', () => {
    const filler = podOf('big', 'zzzzz', { spec: { nodeName: 'a', ...requests({ cpu: '4' }) }, status: running });
    const message = '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable.';
    expect(causes([node('a'), node('b', { spec: cordoned }), filler, ...unschedulable('web', message, { spec: requests({ cpu: '1' }) })])).toEqual([
      'node-cordoned on Node b',
    ]);
  });

  test('finds every node cordoned: the one cordoned first is blamed, the control plane last', () => {
    const late = node('a', { spec: { unschedulable: true, taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule', timeAdded: ago(60) }] } });
    const early = node('b', {
      spec: { unschedulable: true, taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule', timeAdded: ago(600) }] },
    });
    const objects = [CONTROL_PLANE, late, early, ...unschedulable('web', '0/3 nodes are available: 3 node(s) were unschedulable.')];
    expect(verdicts(objects)).toEqual([
      'node-cordoned on Node b: Nodes that could run Deployment web are cordoned (b, a, master), and no other takes it: 3 × were unschedulable',
    ]);
  });

  test('selects the one node that is cordoned', () => {
    const objects = [node('a', { labels: { disk: 'ssd' }, spec: cordoned }), node('b'), node('c')];
    const message = "0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match Pod's node affinity/selector.";
    expect(causes([...objects, ...unschedulable('web', message, { spec: { nodeSelector: { disk: 'ssd' } } })])).toEqual(['node-cordoned on Node a']);
  });

  test('selects a label that no node carries', () => {
    const message = "0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match Pod's node affinity/selector.";
    const objects = [
      CONTROL_PLANE,
      node('a', { labels: { disk: 'hdd' } }),
      node('b'),
      ...unschedulable('web', message, { spec: { nodeSelector: { disk: 'ssd' } } }),
    ];
    expect(verdicts(objects)).toEqual([
      'node-selector-unmatched on Deployment shop/web: No node meets the nodeSelector of Deployment web: disk=ssd (nodes have disk=hdd)',
    ]);
  });

  test('requires an affinity that no node meets', () => {
    const terms = [{ matchExpressions: [{ key: 'env', operator: 'In', values: ['a', 'b'] }] }];
    const spec = { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } } };
    expect(causes([node('a'), ...unschedulable('web', "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.", { spec })])).toEqual([
      'node-affinity-unmatched on Deployment shop/web',
    ]);
  });

  test('may not run beside its own replicas', () => {
    const message = "0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match pod anti-affinity rules.";
    const placed = podOf('web', 'bbbbb', { spec: { nodeName: 'a' }, status: running });
    expect(causes([CONTROL_PLANE, node('a'), node('b'), placed, ...unschedulable('web', message)])).toEqual([
      'pod-anti-affinity-unsatisfiable on Deployment shop/web',
    ]);
  });

  test('does not tolerate a taint', () => {
    const tainted = node('a', { spec: { taints: [{ key: 'team', value: 'a', effect: 'NoSchedule' }] } });
    const objects = [tainted, ...unschedulable('web', '0/1 nodes are available: 1 node(s) had untolerated taint {team: a}.')];
    expect(causes(objects)).toEqual(['taint-not-tolerated on Deployment shop/web']);
    const earlier = podOf('web', 'bbbbb', { spec: { nodeName: 'a' }, status: running });
    expect(causes([...objects, earlier])).toEqual(['node-tainted on Node a']);
  });

  test('is not meant for nodes that are reserved by a taint', () => {
    const reserved = ['r1', 'r2', 'r3'].map((name) =>
      node(name, { allocatable: { cpu: '64', 'nvidia.com/gpu': '8' }, spec: { taints: [{ key: 'team', value: 'a', effect: 'NoSchedule' }] } }),
    );
    // The scheduler of v1.34 no longer names the taints.
    const anonymous =
      '0/4 nodes are available: 1 Insufficient cpu, 3 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.';
    const pod = unschedulable('web', anonymous, { spec: requests({ cpu: '16' }) });
    expect(causes([node('a'), ...reserved, ...pod])).toEqual(['request-exceeds-every-node on Deployment shop/web']);
    expect(factsOf('Pod', [node('a'), ...reserved, ...pod])[0]?.doc['scheduling']).toMatchObject({
      primary: 'insufficient',
      beside: [],
      summary: '1 × Insufficient cpu, 3 × had untolerated taint {team: a}',
      taint: 'team=a',
      shortage: { largest: '4' },
    });
    expect(causes([...reserved, ...unschedulable('web', '0/3 nodes are available: 3 node(s) had untolerated taint(s).')])).toEqual([
      'taint-not-tolerated on Deployment shop/web',
    ]);
    const gpu = unschedulable('train', anonymous.replace('cpu', 'nvidia.com/gpu'), { spec: requests({ 'nvidia.com/gpu': '1' }) });
    expect(causes([node('a'), ...reserved, ...gpu])).toEqual(['taint-not-tolerated on Deployment shop/train']);
  });

  describe('finds some nodes full and others tainted', () => {
    const filler = podOf('big', 'zzzzz', { spec: { nodeName: 'a', ...requests({ cpu: '4' }) }, status: running });
    const tainted = (effect: string) => node('r', { spec: { taints: [{ key: 'team', value: 'a', effect }] } });
    const message = '0/2 nodes are available: 1 node(s) had untolerated taint {team: a}, 1 Insufficient cpu.';
    const pod = unschedulable('web', message, { spec: requests({ cpu: '1' }) });
    const guest = (spec: object) => podOf('guest', 'ggggg', { spec: { nodeName: 'r', ...spec }, status: running });
    const tolerations = [{ key: 'team', operator: 'Exists' }];

    test.each([
      ['nobody runs there', []],
      ['only those run there who tolerate it', [guest({ tolerations })]],
    ])('which are kept for others, since %s: resources are what it lacks', (_, guests) => {
      expect(verdicts([node('a'), tainted('NoSchedule'), filler, ...guests, ...pod])).toEqual([
        'insufficient-cluster-resources on Deployment shop/web: Deployment web asks for 1 of cpu and no usable node has that much left (1 × Insufficient cpu, 1 × had untolerated taint {team: a})',
      ]);
    });

    test.each([
      ['others run there without tolerating it', tainted('NoSchedule'), [guest({})]],
      ['it drives out whoever does not tolerate it', tainted('NoExecute'), []],
    ])('perhaps only lately, since %s: each node has a reason of its own', (_, other, guests) => {
      expect(causes([node('a'), other, filler, ...guests, ...pod])).toEqual(['no-node-fits on Deployment shop/web']);
    });
  });

  test('meets only the taint of the control plane beside full nodes', () => {
    const filler = podOf('big', 'zzzzz', { spec: { nodeName: 'a', ...requests({ cpu: '4' }) }, status: running });
    const plane = node('m', { spec: { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] } });
    const message = '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s).';
    expect(causes([plane, node('a'), filler, ...unschedulable('web', message, { spec: requests({ cpu: '1' }) })])).toEqual([
      'insufficient-cluster-resources on Deployment shop/web',
    ]);
  });

  test('finds no healthy node, which is a symptom of the nodes', () => {
    const lost = node('a', {
      conditions: [{ type: 'Ready', status: 'Unknown' }],
      spec: { taints: [{ key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule' }] },
    });
    const objects = [lost, ...unschedulable('web', '0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/unreachable: }.')];
    expect(verdicts(objects).filter((line) => line.startsWith('(symptom)'))).toHaveLength(1);
  });

  test('reads the condition when events have expired', () => {
    const conditions = [
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes are available: 1 Insufficient cpu.', lastTransitionTime: ago(90) },
    ];
    expect(causes([node('a'), ...workload('web', { spec: requests({ cpu: '9' }), status: { conditions } })])).toEqual([
      'request-exceeds-every-node on Deployment shop/web',
    ]);
  });

  test('blames nobody for labels when nodes could not be read', () => {
    const message = "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.";
    const objects = unschedulable('web', message, { spec: { nodeSelector: { disk: 'ssd' } } });
    expect(causes(objects, { forbidden: ['Node'] })).toEqual(['node-demand-unmatched on Deployment shop/web']);
  });
});

describe('stays quiet', () => {
  const message = '0/1 nodes are available: 1 Insufficient cpu.';
  const spec = requests({ cpu: '9' });
  test.each([
    ['on a pod that is seconds old', unschedulable('web', message, { spec, age: 5 })],
    ['on a pod that has a node by now', unschedulable('web', message, { spec: { ...spec, nodeName: 'a' } })],
    ['on a finished pod', unschedulable('web', message, { spec: { ...spec, nodeName: 'a' }, status: { phase: 'Succeeded' } })],
    ['on a pod that is being deleted', unschedulable('web', message, { spec, metadata: { deletionTimestamp: ago(1) } })],
    ['on a refusal that tells no reason', unschedulable('web', 'skip schedule deleting pod: shop/web-1', { spec })],
  ])('%s', (_, objects) => {
    expect(causes([node('a'), ...objects])).toEqual([]);
  });

  test('on an older refusal than the newest', () => {
    const objects = unschedulable('web', '0/1 nodes are available: 1 Too many pods.', { spec: requests({ cpu: '1' }) });
    const old = event(objects[2] as Parameters<typeof event>[0], 'FailedScheduling', message, { lastTimestamp: ago(500) });
    expect(causes([node('a'), ...objects, old])).toEqual(['nodes-at-pod-limit on Deployment shop/web']);
  });
});
