import { describe, expect, test } from 'vitest';
import { ago, causes, event, factsOf, node, unschedulable, verdicts } from './infrastructure-scene.ts';

type Fields = Readonly<Record<string, unknown>>;

function claim(spec: Fields = {}, fields: { phase?: string; age?: number; metadata?: Fields; status?: Fields } = {}) {
  return {
    kind: 'PersistentVolumeClaim',
    metadata: { namespace: 'shop', name: 'data', uid: 'c-1', creationTimestamp: ago(fields.age ?? 600), ...fields.metadata },
    spec: { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem', resources: { requests: { storage: '3Gi' } }, ...spec },
    status: { phase: fields.phase ?? 'Pending', ...fields.status },
  };
}

function volume(spec: Fields = {}, fields: { phase?: string; labels?: Fields; name?: string; status?: Fields } = {}) {
  return {
    kind: 'PersistentVolume',
    metadata: { name: fields.name ?? 'pv-1', labels: fields.labels ?? {} },
    spec: { storageClassName: '', capacity: { storage: '3Gi' }, accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem', ...spec },
    status: { phase: fields.phase ?? 'Available', ...fields.status },
  };
}

function storageClass(name: string, fields: Fields = {}, annotations: Fields = {}) {
  return { kind: 'StorageClass', metadata: { name, annotations }, provisioner: 'disk.csi.example', volumeBindingMode: 'Immediate', ...fields };
}

const CONSUMER = unschedulable('db', '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.', {
  spec: { containers: [{ name: 'app' }], volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }] },
});
const STATIC = { storageClassName: '' };

describe('a claim for an existing volume', () => {
  test.each([
    ['it is too small', claim(STATIC), volume({ capacity: { storage: '1Gi' } }), 'volume-capacity-too-small on PersistentVolumeClaim shop/data'],
    [
      'it allows another access mode',
      claim({ ...STATIC, accessModes: ['ReadWriteMany'] }),
      volume(),
      'volume-access-mode-mismatch on PersistentVolumeClaim shop/data',
    ],
    [
      'its labels differ',
      claim({ ...STATIC, selector: { matchLabels: { disk: 'ssd' } } }),
      volume({}, { labels: { disk: 'hdd' } }),
      'volume-selector-mismatch on PersistentVolumeClaim shop/data',
    ],
    ['its class differs', claim(STATIC), volume({ storageClassName: 'slow' }), 'volume-class-mismatch on PersistentVolumeClaim shop/data'],
    ['its mode differs', claim(STATIC), volume({ volumeMode: 'Block' }), 'volume-mode-mismatch on PersistentVolumeClaim shop/data'],
    [
      'another claim has it',
      claim(STATIC),
      volume({ claimRef: { namespace: 'shop', name: 'old' } }, { phase: 'Bound' }),
      'volume-claimed-by-other on PersistentVolumeClaim shop/data',
    ],
    [
      'it is Released',
      claim(STATIC),
      volume({ claimRef: { namespace: 'shop', name: 'data', uid: 'c-0' } }, { phase: 'Released' }),
      'volume-released on PersistentVolume pv-1',
    ],
    ['it has failed', claim(STATIC), volume({}, { phase: 'Failed', status: { message: 'no deleter' } }), 'volume-failed on PersistentVolume pv-1'],
    [
      'two things differ',
      claim(STATIC),
      volume({ capacity: { storage: '1Gi' }, volumeMode: 'Block' }),
      'no-volume-fits-claim on PersistentVolumeClaim shop/data',
    ],
  ])('is not bound: %s', (_, own, other, expected) => {
    expect(causes([own, other, ...CONSUMER])).toEqual([expected]);
  });

  test('prefers a free volume with one fault over one that is taken', () => {
    const taken = volume({ claimRef: { namespace: 'shop', name: 'old' } }, { phase: 'Bound', name: 'pv-0' });
    expect(verdicts([claim(STATIC), taken, volume({ capacity: { storage: '1Gi' } })])).toEqual([
      'volume-capacity-too-small on PersistentVolumeClaim shop/data: The nearest volume pv-1 does not fit the claim data: it offers 1Gi, the claim asks for 3Gi',
    ]);
  });

  test('finds no volume at all, and says nothing of that when volumes could not be read', () => {
    expect(causes([claim(STATIC)])).toEqual(['no-volume-for-claim on PersistentVolumeClaim shop/data']);
    expect(causes([claim(STATIC)], { forbidden: ['PersistentVolume'] })).toEqual([]);
  });

  test('hurts the workload that waits for it', () => {
    const [fact] = factsOf('Claim', [claim(STATIC), ...CONSUMER]);
    expect(fact?.groups?.['consumers']).toEqual([{ kind: 'Deployment', namespace: 'shop', name: 'db' }]);
  });
});

describe('a claim with a class', () => {
  const named = (name: string) => claim({ storageClassName: name });
  const failed = (message: string) => event(named('fast'), 'ProvisioningFailed', message);

  test('that does not exist', () => {
    expect(verdicts([named('fsat'), storageClass('fast')])).toEqual([
      'storage-class-not-found on PersistentVolumeClaim shop/data: The claim data asks for the storage class "fsat", which does not exist (there are: fast)',
    ]);
    expect(factsOf('Claim', [named('fsat'), storageClass('fast')])[0]?.doc['similar_class']).toBe('fast');
  });

  test('that may not be read: only what the controller says counts', () => {
    expect(causes([named('fast')], { forbidden: ['StorageClass'] })).toEqual([]);
    expect(causes([named('fast'), failed('storageclass.storage.k8s.io "fast" not found')], { forbidden: ['StorageClass'] })).toEqual([
      'storage-class-not-found on PersistentVolumeClaim shop/data',
    ]);
  });

  test('by default, or for want of one', () => {
    expect(causes([claim(), storageClass('std')])).toEqual(['no-default-storage-class on PersistentVolumeClaim shop/data']);
    const fallback = storageClass('std', {}, { 'storageclass.kubernetes.io/is-default-class': 'true' });
    expect(causes([claim(), fallback])).toEqual([]);
    expect(factsOf('Claim', [claim(), fallback])[0]?.doc).toMatchObject({ class: 'std', class_from: 'default', dynamic: true });
  });

  test('whose backend refuses, until the claim is bound', () => {
    const refusal = failed('rpc error: code = ResourceExhausted desc = quota exceeded');
    expect(causes([named('fast'), storageClass('fast'), refusal])).toEqual(['claim-not-provisioned on PersistentVolumeClaim shop/data']);
    expect(causes([claim({ storageClassName: 'fast' }, { phase: 'Bound' }), storageClass('fast'), refusal])).toEqual([]);
  });

  test('whose provisioner says nothing', () => {
    const waiting = event(
      named('fast'),
      'ExternalProvisioning',
      "Waiting for a volume to be created either by the external provisioner 'disk.csi.example' or manually by the system administrator.",
    );
    expect(causes([named('fast'), storageClass('fast'), waiting])).toEqual(['provisioner-not-running on StorageClass fast']);
  });

  test('that waits for a consumer by design', () => {
    const objects = [named('fast'), storageClass('fast', { volumeBindingMode: 'WaitForFirstConsumer' })];
    expect(factsOf('Claim', objects)[0]?.doc).toMatchObject({ waits_for_consumer: true, unbound: false });
    expect(causes(objects)).toEqual([]);
  });
});

describe('a volume that only some nodes reach', () => {
  const pinned = (name: string) =>
    volume({ nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [name] }] }] } } });
  const scene = (affinity: object) => [
    node('a'),
    node('b'),
    claim({ volumeName: 'pv-1' }, { phase: 'Bound' }),
    affinity,
    ...unschedulable('db', "0/2 nodes are available: 2 node(s) didn't match PersistentVolume's node affinity.", {
      spec: { containers: [{ name: 'app' }], volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }] },
    }),
  ];

  test('is what keeps the pod from its nodes', () => {
    expect(causes(scene(pinned('b')))).toEqual(['volume-node-conflict on PersistentVolume pv-1']);
  });

  test('is not blamed where it is not known', () => {
    expect(causes(scene(volume()))).toEqual(['volume-node-conflict on Deployment shop/db']);
  });
});

describe('other troubles of a claim', () => {
  test('young, lost, stuck in deletion, not growing', () => {
    expect(causes([claim(STATIC, { age: 3 })])).toEqual([]);
    expect(causes([claim({ volumeName: 'pv-9' }, { phase: 'Lost' })])).toEqual(['claim-lost on PersistentVolumeClaim shop/data']);
    expect(causes([claim({ ...STATIC, volumeName: 'pv-9' })])).toContain('claim-asks-for-missing-volume on PersistentVolumeClaim shop/data');
    const deleting = claim({}, { phase: 'Bound', metadata: { deletionTimestamp: ago(300), finalizers: ['kubernetes.io/pvc-protection'] } });
    expect(causes([deleting, ...CONSUMER])).toContain('claim-deletion-waits-for-pod on PersistentVolumeClaim shop/data');
    const growing = claim({}, { phase: 'Bound', status: { capacity: { storage: '1Gi' }, conditions: [{ type: 'Resizing', status: 'True' }] } });
    expect(causes([growing, event(growing, 'VolumeResizeFailed', 'resize volume "pv-1" failed: quota')])).toEqual([
      'claim-resize-failed on PersistentVolumeClaim shop/data',
    ]);
  });
});
