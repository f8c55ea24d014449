import { describe, expect, test } from 'vitest';
import { ago, causes, event, factsOf, node, replicaSet, running, verdicts, workload } from './infrastructure-scene.ts';

type Fields = Readonly<Record<string, unknown>>;
type About = Parameters<typeof event>[0];

/** A pod bound to node `a` for five minutes, with one event. */
function placed(reason: string, message: string, more: { spec?: Fields; status?: Fields; at?: number } = {}) {
  const scheduled = [{ type: 'PodScheduled', status: 'True', lastTransitionTime: ago(300) }];
  const objects = workload('db', { spec: { nodeName: 'a', containers: [{ name: 'app' }], ...more.spec }, status: { conditions: scheduled, ...more.status } });
  return [node('a'), ...objects, event(objects[2] as About, reason, message, { lastTimestamp: ago(more.at ?? 60) })];
}

const MOUNTS = { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }] };
const CLAIM = {
  kind: 'PersistentVolumeClaim',
  metadata: { namespace: 'shop', name: 'data', creationTimestamp: ago(9000) },
  spec: { volumeName: 'pv-1' },
  status: { phase: 'Bound' },
};

describe('mounts', () => {
  test.each([
    [
      'FailedAttachVolume',
      'Multi-Attach error for volume "pv-1" Volume is already used by pod(s) db-old',
      'volume-attached-elsewhere on PersistentVolumeClaim shop/data',
    ],
    [
      'FailedAttachVolume',
      'AttachVolume.Attach failed for volume "pv-1" : rpc error: code = Internal desc = no such disk',
      'volume-attach-failed on PersistentVolumeClaim shop/data',
    ],
    [
      'FailedMount',
      'MountVolume.MountDevice failed for volume "pv-1" : kubernetes.io/csi: driver name disk.csi.example not found in the list of registered CSI drivers',
      'csi-driver-not-registered on Node a',
    ],
    [
      'FailedMount',
      'MountVolume.SetUp failed for volume "pv-1" : mount failed: exit status 32\nOutput: mount.nfs: access denied by server',
      'nfs-mount-failed on PersistentVolumeClaim shop/data',
    ],
    [
      'FailedMount',
      'MountVolume.SetUp failed for volume "host" : hostPath type check failed: /mnt/x is not a directory',
      'host-path-missing on Deployment shop/db',
    ],
    [
      'FailedMount',
      'MountVolume.SetUp failed for volume "kube-api-access-x" : failed to fetch token: serviceaccounts "db" not found',
      'service-account-not-found on Deployment shop/db',
    ],
  ])('%s: %s', (reason, message, expected) => {
    expect(causes([CLAIM, ...placed(reason, message, { spec: MOUNTS })])).toEqual([expected]);
  });

  test('that only took too long are a symptom: nobody says why', () => {
    const said = 'Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[v]: timed out waiting for the condition';
    const objects = [CLAIM, ...placed('FailedMount', said, { spec: MOUNTS })];
    expect(causes(objects)).toEqual([]);
    expect(verdicts(objects)).toContainEqual(expect.stringContaining('volume-not-mounted on PersistentVolumeClaim shop/data'));
  });

  test('of which the kubelet was only not yet told, or that have succeeded since, are quiet', () => {
    expect(
      causes(placed('FailedMount', 'MountVolume.SetUp failed for volume "c" : failed to sync configmap cache: timed out waiting for the condition')),
    ).toEqual([]);
    const started = { phase: 'Running', containerStatuses: [{ name: 'app', state: { running: { startedAt: ago(30) } } }] };
    expect(causes(placed('FailedMount', 'MountVolume.SetUp failed for volume "v" : hostPath type check failed: x', { status: started }))).toEqual([]);
  });

  test('that the attachment or the place of the volume explains', () => {
    const volume = (spec: Fields = {}) => ({
      kind: 'PersistentVolume',
      metadata: { name: 'pv-1' },
      spec: { claimRef: { namespace: 'shop', name: 'data' }, ...spec },
      status: { phase: 'Bound' },
    });
    const attachment = (status: Fields) => ({
      kind: 'VolumeAttachment',
      metadata: { name: 'va-1' },
      spec: { nodeName: 'a', source: { persistentVolumeName: 'pv-1' } },
      status,
    });
    const pod = workload('db', { spec: { nodeName: 'a', containers: [], ...MOUNTS }, status: running });
    const error = { message: 'rpc error: no such disk', time: ago(60) };
    expect(causes([CLAIM, volume(), attachment({ attached: false, attachError: error }), ...pod])).toEqual([
      'volume-attach-failed on PersistentVolumeClaim shop/data',
    ]);
    expect(causes([CLAIM, volume(), attachment({ attached: false, attachError: error })])).toEqual([]);
    const pinned = {
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['gone'] }] }] } },
    };
    expect(causes([CLAIM, node('a'), volume(pinned), ...pod])).toEqual(['volume-on-missing-node on PersistentVolume pv-1']);
    expect(causes([CLAIM, node('gone'), volume(pinned), ...pod])).toEqual([]);
    expect(factsOf('Volume', [CLAIM, volume(pinned), ...pod], { forbidden: ['Node'] })[0]?.doc['pinned_nodes_missing']).toBe(false);
  });
});

describe('sandboxes', () => {
  const prefix = 'Failed to create pod sandbox: rpc error: code = Unknown desc = ';
  test.each([
    [
      'failed to setup network for sandbox "1": plugin type="host-local" failed (add): no IP addresses available in range set: 10.0.0.1-10.0.0.254',
      'pod-addresses-exhausted on Node a',
    ],
    ['failed to setup network for sandbox "1": cni plugin not initialized', 'cni-not-ready on Node a'],
    ['failed to setup network for sandbox "1": plugin type="calico" failed (add): connection is unauthorized', 'cni-plugin-failed on Node a'],
    ['failed to get sandbox image "registry.k8s.io/pause:3.9": failed to pull image', 'sandbox-image-unavailable on Node a'],
    ['no runtime for "kata" is configured', 'runtime-handler-missing on Deployment shop/db'],
    ['context deadline exceeded', 'container-runtime-slow on Node a'],
  ])('%s', (message, expected) => {
    expect(causes(placed('FailedCreatePodSandBox', `${prefix}${message}`))).toEqual([expected]);
  });

  test('that fail for a reason nobody knows are a symptom', () => {
    const objects = placed('FailedCreatePodSandBox', `${prefix}something new`);
    expect(causes(objects)).toEqual([]);
    expect(verdicts(objects)).toContainEqual(expect.stringContaining('pod-sandbox-failed on Node a'));
  });
});

describe('evictions and endings', () => {
  const evicted = (message: string, replicas: number) => {
    const [deployment, ...rest] = workload('db', { spec: { nodeName: 'a' }, status: { phase: 'Failed', reason: 'Evicted', message } });
    return [node('a'), { ...(deployment as object), status: { replicas, readyReplicas: replicas } }, ...rest];
  };

  test.each([
    ['The node was low on resource: memory. Threshold quantity: 100Mi, available: 40Mi.', 'node-memory-pressure on Node a'],
    ['The node was low on resource: ephemeral-storage.', 'node-disk-pressure on Node a'],
    ['The node was low on resource: pids.', 'node-pid-pressure on Node a'],
    ['Usage of EmptyDir volume "cache" exceeds the limit "100Mi".', 'ephemeral-storage-limit-exceeded on Deployment shop/db'],
    ['Pod ephemeral local storage usage exceeds the total limit of containers 1Gi.', 'ephemeral-storage-limit-exceeded on Deployment shop/db'],
  ])('%s', (message, expected) => {
    expect(causes(evicted(message, 0))).toEqual([expected]);
    expect(causes(evicted(message, 1))).toEqual([]);
  });

  test('a pod that does not end: finalizer, lost node, failing teardown, or simply its grace period', () => {
    const ending = (age: number, metadata: Fields = {}) =>
      workload('db', { spec: { nodeName: 'a' }, status: running, metadata: { deletionTimestamp: ago(age), ...metadata } });
    expect(causes([node('a'), ...ending(600, { finalizers: ['example.com/guard'] })])).toEqual(['finalizer-not-removed on Deployment shop/db']);
    const lost = node('a', { conditions: [{ type: 'Ready', status: 'Unknown', lastTransitionTime: ago(900) }] });
    expect(verdicts([lost, ...ending(600)]).filter((line) => line.includes('pod-stuck-on-lost-node'))).toHaveLength(1);
    const objects = ending(600);
    expect(causes([node('a'), ...objects, event(objects[2] as About, 'FailedKillPod', 'error killing pod: KillPodSandboxError')])).toEqual([
      'pod-teardown-failing on Node a',
    ]);
    expect(causes([node('a'), ...ending(-10, { finalizers: ['example.com/guard'] })])).toEqual([]);
  });

  test('a pod that the kubelet refused', () => {
    const [deployment, ...rest] = workload('db', {
      spec: { nodeName: 'a' },
      status: { phase: 'Failed', reason: 'OutOfcpu', message: 'Node did not have enough resource: cpu' },
    });
    expect(causes([node('a'), { ...(deployment as object), status: {} }, ...rest])).toEqual(['pod-rejected-by-kubelet on Deployment shop/db']);
  });
});

describe('admission', () => {
  const refused = (message: string, present = 0) => {
    const [deployment] = workload('web');
    const set = replicaSet('web', { spec: { replicas: 1, selector: {}, template: { spec: { containers: [] } } }, status: { replicas: present } });
    return [deployment as object, set, event(set, 'FailedCreate', message)];
  };
  const hook = (failurePolicy = 'Fail') => ({
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'policy' },
    webhooks: [
      {
        name: 'p.example.com',
        failurePolicy,
        rules: [{ operations: ['CREATE'], resources: ['pods'] }],
        clientConfig: { service: { namespace: 'policy', name: 'policy' } },
      },
    ],
  });
  const call = (why: string): string =>
    `Error creating: Internal error occurred: failed calling webhook "p.example.com": failed to call webhook: Post "https://policy.policy.svc:443/": ${why}`;

  test.each([
    ['dial tcp 10.0.0.9:443: connect: connection refused', 'webhook-unreachable on ValidatingWebhookConfiguration policy'],
    ['no endpoints available for service "policy"', 'webhook-unreachable on ValidatingWebhookConfiguration policy'],
    ['context deadline exceeded', 'webhook-unreachable on ValidatingWebhookConfiguration policy'],
    [
      'tls: failed to verify certificate: x509: certificate signed by unknown authority',
      'webhook-certificate-rejected on ValidatingWebhookConfiguration policy',
    ],
  ])('a webhook that cannot be asked: %s', (why, expected) => {
    expect(causes([hook(), ...refused(call(why))])).toContain(expected);
    expect(causes([hook(), ...refused(call(why), 1)])).not.toContain(expected);
  });

  test('a webhook without a backend is suspected even before it refuses anything, unless it fails open', () => {
    const guarded = workload('web', { status: running });
    expect(causes([hook(), ...guarded])).toEqual(['webhook-backend-down on ValidatingWebhookConfiguration policy']);
    expect(causes([hook('Ignore'), ...guarded])).toEqual([]);
    expect(causes([hook()])).toEqual([]);
    const slice = {
      kind: 'EndpointSlice',
      metadata: { namespace: 'policy', name: 'policy-1', labels: { 'kubernetes.io/service-name': 'policy' } },
      endpoints: [{ addresses: ['10.1.1.1'], conditions: { ready: true } }],
    };
    const service = { kind: 'Service', metadata: { namespace: 'policy', name: 'policy' }, spec: {} };
    expect(causes([hook(), ...guarded, service, slice])).toEqual([]);
    expect(causes([hook(), ...guarded], { forbidden: ['Service', 'EndpointSlice', 'Endpoints'] })).toEqual([]);
  });

  test('a limit range refuses, and only the one that sets this bound is blamed', () => {
    const range = (name: string, max: string) => ({
      kind: 'LimitRange',
      metadata: { namespace: 'shop', name },
      spec: { limits: [{ type: 'Container', max: { memory: max } }] },
    });
    const message = 'Error creating: pods "web-1" is forbidden: maximum memory usage per Container is 64Mi, but limit is 128Mi';
    expect(verdicts([range('a', '1Gi'), range('b', '64Mi'), ...refused(message)])).toContain(
      'limit-range-maximum on LimitRange shop/b: The LimitRange b allows at most 64Mi memory per Container, and Deployment web asks for 128Mi',
    );
    expect(causes([range('b', '64Mi'), ...refused(message, 1)])).toEqual([]);
  });
});
