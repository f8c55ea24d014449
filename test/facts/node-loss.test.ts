import { describe, expect, test } from 'vitest';
import { addOn } from './add-ons.ts';
import { ago, causes, event, factsOf, node, podOf, requests, unschedulable, verdicts } from './infrastructure-scene.ts';

const gpu = (capacity: string, allocatable: string) => {
  const made = node('n1', { allocatable: { 'example.com/gpu': allocatable } });
  return { ...made, status: { ...made.status, capacity: { ...made.status.allocatable, 'example.com/gpu': capacity } } };
};
const taint = (key: string, value?: string) => ({ taints: [{ key, effect: 'NoSchedule', ...(value === undefined ? {} : { value }) }] });
const docOf = (object: object) => factsOf('Node', [object])[0]?.doc;

describe('a node that its infrastructure takes away', () => {
  test.each([
    ['ToBeDeletedByClusterAutoscaler', '1767268800', 'ToBeDeletedByClusterAutoscaler:NoSchedule'],
    ['karpenter.sh/disrupted', undefined, 'karpenter.sh/disrupted:NoSchedule'],
    ['aws-node-termination-handler/spot-itn', 'soon', 'aws-node-termination-handler/spot-itn=soon:NoSchedule'],
    ['DeletionCandidateOfClusterAutoscaler', undefined, null],
    ['dedicated', 'gpu', null],
  ])('by taint %s', (key, value, leaving) => {
    expect(docOf(node('n1', { spec: taint(key, value) }))).toMatchObject({ leaving });
  });

  test('is to blame when it goes down with it, and only observed while nothing suffers', () => {
    const conditions = [
      { type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.', lastTransitionTime: ago(300) },
    ];
    expect(causes([node('n1', { spec: taint('karpenter.sh/disrupted'), conditions })])).toEqual(['node-removed-by-infrastructure on Node n1']);
    expect(causes([node('n1', { spec: taint('karpenter.sh/disrupted') })])).toEqual([]);
  });
});

describe('devices', () => {
  test('that a node has and does not offer are lost', () => {
    expect(docOf(gpu('4', '0'))).toMatchObject({ lost_devices: 'example.com/gpu (0 of 4)' });
    expect(docOf(gpu('4', '2'))).toMatchObject({ lost_devices: null });
    expect(docOf(gpu('0', '0'))).toMatchObject({ lost_devices: null });
  });

  test('the node is to blame for a pod that asks for them, not the pod', () => {
    const pending = unschedulable('train', '0/1 nodes are available: 1 Insufficient example.com/gpu.', { spec: requests({ 'example.com/gpu': '1' }) });
    expect(new Set(causes([gpu('4', '0'), ...pending]))).toEqual(new Set(['node-devices-lost on Node n1']));
    expect(causes([node('n1'), ...pending])).toEqual(['request-exceeds-every-node on Deployment shop/train']);
  });
});

test('a pod that went with its node blames the node', () => {
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'DeletionByPodGC',
    message: 'PodGC: node no longer exists',
    lastTransitionTime: ago(60),
  };
  const lost = podOf('web', 'a', {
    spec: { nodeName: 'n9' },
    status: { phase: 'Failed', conditions: [condition] },
    metadata: { deletionTimestamp: ago(30), finalizers: ['x'] },
  });
  expect(causes([lost])).toContain('node-removed-by-infrastructure on Node n9');
});

describe('a claim that is restored from a snapshot', () => {
  const claim = {
    kind: 'PersistentVolumeClaim',
    metadata: { namespace: 'shop', name: 'restored', uid: 'uid-restored', creationTimestamp: ago(600) },
    spec: { storageClassName: 'disk', dataSource: { kind: 'VolumeSnapshot', name: 'nightly' } },
    status: { phase: 'Pending' },
  };
  const disk = { kind: 'StorageClass', metadata: { name: 'disk' }, provisioner: 'disk.csi.example' };

  test('that does not exist, as far as that could be read', () => {
    expect(causes([claim, disk])).toContain('claim-snapshot-not-found on PersistentVolumeClaim shop/restored');
    expect(verdicts([claim, disk], { forbidden: ['VolumeSnapshot'] }).filter((line) => line.includes('snapshot'))).toEqual([]);
  });

  test('that is not ready', () => {
    const refused = event(
      claim,
      'ProvisioningFailed',
      'error getting handle for DataSource Type VolumeSnapshot by Name nightly: snapshot nightly is not Ready',
    );
    const snapshot = addOn('VolumeSnapshot', 'nightly', { status: { readyToUse: false, error: { message: 'rpc error: code = Internal' } } });
    expect(causes([claim, disk, refused, snapshot])).toEqual([
      'claim-snapshot-unusable on PersistentVolumeClaim shop/restored',
      'volume-snapshot-failed on VolumeSnapshot shop/nightly',
    ]);
  });
});
