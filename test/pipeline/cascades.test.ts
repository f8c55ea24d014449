import { describe, expect, test } from 'vitest';
import { ago } from '../facts/infrastructure-scene.ts';
import { claim, crashed, endpoints, event, ingress, node, notReady, parts, pulling, service, workload } from './cascade-objects.ts';
import { affectedBy, chainIn, reportOf, rootsIn } from './incident-scene.ts';

describe('O01 a dependency', () => {
  const web = workload('web', { env: { CART_ADDR: 'cart:8080' }, ...notReady });
  const cart = [...workload('cart', { ...pulling('registry.example/cart:2') }), service('cart', 8080), endpoints('cart', 0, 1)];
  const logs = { 'web-6d4cf56db6-aaaaa': 'ERROR dial tcp: connect cart:8080: connection refused\n'.repeat(5) };

  test('that does not serve is the root, and who calls it is a victim', async () => {
    const report = await reportOf([...web, service('web', 80), endpoints('web', 0, 1), ingress('web'), ...cart], { logs, description: 'web is failing' });
    expect(rootsIn(report)).toEqual(['image-not-found on Deployment shop/cart']);
    expect(chainIn(report)).toEqual(
      expect.arrayContaining(['Deployment shop/cart > Deployment shop/web', 'Deployment shop/web > Service shop/web', 'Service shop/web > Ingress shop/web']),
    );
  });
});

describe('O02 settings that several read', () => {
  const written = (seconds: number) => ({
    kind: 'ConfigMap',
    metadata: {
      namespace: 'shop',
      name: 'settings',
      creationTimestamp: ago(30 * 86_400),
      managedFields: [{ manager: 'kubectl', operation: 'Update', time: ago(seconds), changed: [{ field: 'data.LEVEL', from: 'info', to: 'loud' }] }],
    },
    data: { LEVEL: 'loud' },
  });
  const failing = ['a', 'b'].flatMap((name) => workload(name, { config: 'settings', ...crashed('invalid level') }));
  const logs = Object.fromEntries(['a', 'b'].map((name) => [`${name}-6d4cf56db6-aaaaa --previous`, 'fatal: invalid level loud\n']));

  test('and that were changed just before they failed are the one root', async () => {
    const report = await reportOf([written(1000), ...failing], { logs });
    expect(rootsIn(report)).toEqual(['shared-configuration-changed on ConfigMap shop/settings']);
    expect(affectedBy(report)).toEqual(expect.arrayContaining(['Deployment shop/a', 'Deployment shop/b']));
  });

  test('are none where the change came after, or long before', async () => {
    for (const objects of [
      [written(60), ...failing],
      [written(20 * 86_400), ...failing],
    ]) {
      expect(rootsIn(await reportOf(objects, { logs })).filter((root) => root.includes('ConfigMap'))).toEqual([]);
    }
  });
});

describe('O03 a node', () => {
  test('on which alone several workloads fail is the suspect', async () => {
    const failing = ['a', 'b', 'c'].flatMap((name) => workload(name, { nodeName: 'n1', ...notReady }));
    const well = ['a', 'b', 'c', 'd', 'e'].flatMap((name) => workload(name, { nodeName: 'n2', suffix: 'bbbbb' }));
    const report = await reportOf([node('n1'), node('n2'), ...failing, ...well]);
    expect(rootsIn(report)[0]).toBe('node-suspected on Node n1');
    expect(affectedBy(report)).toEqual(expect.arrayContaining(['Deployment shop/a', 'Deployment shop/b', 'Deployment shop/c']));
  });
});

describe('O04 the cluster DNS', () => {
  test('that is down is the root of what cannot be resolved in two namespaces', async () => {
    const dns = [
      ...workload('coredns', { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' }, ...crashed('plugin/forward: Corefile:9 - Error during parsing') }),
      { ...service('kube-dns', 53, { 'k8s-app': 'kube-dns' }, 'kube-system') },
      endpoints('kube-dns', 0, 1, 'kube-system'),
    ];
    const callers = ['shop', 'billing'].flatMap((namespace) => [
      ...workload('web', { namespace, env: { DB: 'db:5432' }, ...notReady }),
      ...workload('db', { namespace }),
      service('db', 5432, { app: 'db' }, namespace),
      endpoints('db', 1, 0, namespace),
    ]);
    const logs = {
      'web-6d4cf56db6-aaaaa': 'ERROR dial tcp: lookup db on 10.96.0.10:53: server misbehaving\n'.repeat(5),
      'coredns-6d4cf56db6-aaaaa': '/etc/coredns/Corefile:9 - Error during parsing: Unknown directive "forwrd"\n',
      'coredns-6d4cf56db6-aaaaa --previous': '/etc/coredns/Corefile:9 - Error during parsing: Unknown directive "forwrd"\n',
    };
    const report = await reportOf([...dns, ...callers], { logs, namespace: undefined });
    expect(rootsIn(report)).toEqual(['dns-configuration-invalid on Deployment kube-system/coredns']);
    expect(affectedBy(report)).toEqual(expect.arrayContaining(['Deployment shop/web', 'Deployment billing/web']));
  });
});

describe('O05 a webhook', () => {
  test('that does not answer is one root with victims in every namespace', async () => {
    const said =
      'Error creating: Internal error occurred: failed calling webhook "pods.policy.example": failed to call webhook: Post "https://policy.tools.svc:443/": no endpoints available for service "policy"';
    const refused = ['shop', 'billing', 'search'].flatMap((namespace) => {
      const { deployment, set } = parts('web', { namespace, pods: 0, ready: false });
      return [deployment, set, event(set, 'FailedCreate', said)];
    });
    const webhook = {
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'policy' },
      webhooks: [
        {
          name: 'pods.policy.example',
          failurePolicy: 'Fail',
          clientConfig: { service: { namespace: 'tools', name: 'policy' } },
          rules: [{ resources: ['pods'], operations: ['CREATE'] }],
        },
      ],
    };
    const policy = [
      ...workload('policy', { namespace: 'tools', ...pulling('registry.example/policy:9') }),
      service('policy', 443, { app: 'policy' }, 'tools'),
      endpoints('policy', 0, 1, 'tools'),
    ];
    const report = await reportOf([...refused, webhook, ...policy], { namespace: undefined });
    expect(rootsIn(report)).toEqual(['image-not-found on Deployment tools/policy']);
    expect(affectedBy(report)).toEqual(expect.arrayContaining(['Deployment shop/web', 'Deployment billing/web', 'Deployment search/web']));
  });
});

describe('O06 a mesh', () => {
  test('whose control plane is down is not the fault of the workloads in it', async () => {
    const meshed = (name: string) => {
      const { deployment, set, pod } = parts(name, notReady);
      const state = { ready: false, started: true, restartCount: 0, state: { running: { startedAt: ago(3000) } } };
      const statuses = [
        { ...state, name, ready: true },
        { ...state, name: 'istio-proxy' },
      ];
      const { spec, status } = pod as unknown as { spec: { containers: object[] }; status: object };
      const sidecar = { ...spec, containers: [...spec.containers, { name: 'istio-proxy', image: 'proxyv2' }] };
      return [deployment, set, { ...pod, spec: sidecar, status: { ...status, containerStatuses: statuses } }, service(name, 80), endpoints(name, 0, 1)];
    };
    const istiod = [
      ...workload('istiod', { namespace: 'istio-system', ...pulling('registry.example/pilot:9') }),
      service('istiod', 15012, { app: 'istiod' }, 'istio-system'),
      endpoints('istiod', 0, 1, 'istio-system'),
    ];
    const said =
      'warn xdsproxy failed to connect to upstream istiod.istio-system.svc:15012: dial tcp istiod.istio-system.svc:15012: connect: connection refused\n';
    const logs = Object.fromEntries(['web', 'cart'].map((name) => [`${name}-6d4cf56db6-aaaaa/istio-proxy`, said.repeat(5)]));
    const report = await reportOf([...meshed('web'), ...meshed('cart'), ...istiod], { logs, namespace: undefined });
    expect(rootsIn(report)).toEqual(['image-not-found on Deployment istio-system/istiod']);
    expect(affectedBy(report)).toEqual(expect.arrayContaining(['Deployment shop/web', 'Deployment shop/cart']));
  });
});

describe('O07 a registry', () => {
  test('that nobody can reach is one root, not one for each image', async () => {
    const pull = (name: string) => workload(name, pulling(`registry.example/${name}:1`, 'dial tcp 10.9.9.9:443: i/o timeout'));
    const report = await reportOf(['a', 'b', 'c'].flatMap(pull));
    expect(rootsIn(report)).toEqual(['registry-unreachable on External registry.example']);
    expect(affectedBy(report)).toEqual(expect.arrayContaining(['Deployment shop/a', 'Deployment shop/b', 'Deployment shop/c']));
  });
});

describe('O08 a storage driver', () => {
  test('that does not run keeps all claims of its class waiting', async () => {
    const storageClass = { kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'disk.example.com' };
    const claims = ['a', 'b'].flatMap((name) => [
      ...claim(name, 'fast'),
      event(
        claim(name, 'fast')[0] as object,
        'ExternalProvisioning',
        "Waiting for a volume to be created either by the external provisioner 'disk.example.com' or manually",
        'Normal',
      ),
    ]);
    const report = await reportOf([storageClass, ...claims]);
    expect(new Set(rootsIn(report).map((root) => root.split(' on ')[0]))).toEqual(new Set(['provisioner-not-running']));
  });
});

describe('O09 a new revision', () => {
  test('is named where it came just before, and one of its fields leads to the fault', async () => {
    const { deployment, set, pod } = parts('web', pulling('registry.example/web:2'));
    const of = (name: string, revision: string, image: string, age: number) => ({
      ...set,
      metadata: { ...set.metadata, name, uid: name, annotations: { 'deployment.kubernetes.io/revision': revision }, creationTimestamp: ago(age) },
      spec: { replicas: 1, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } } },
    });
    const sets = [of('web-5b9c7d8f6c', '1', 'registry.example/web:1', 86_400), of('web-6d4cf56db6', '2', 'registry.example/web:2', 1000)];
    const fresh = { ...pod, metadata: { ...pod.metadata, creationTimestamp: ago(999) } };
    const [root] = (await reportOf([deployment, ...sets, fresh])).root_causes;
    expect(root?.change).toMatchObject({ from: 'registry.example/web:1', to: 'registry.example/web:2', revision: 2, previous_revision: 1 });
    const unchanged = [of('web-5b9c7d8f6c', '1', 'registry.example/web:2', 86_400), of('web-6d4cf56db6', '2', 'registry.example/web:2', 1000)];
    expect((await reportOf([deployment, ...unchanged, fresh])).root_causes[0]?.change).toBeNull();
  });
});

describe('O10 a node that is lost', () => {
  test('is the root of evictions, of pods that fit nowhere else, and of a Service without endpoints', async () => {
    const lost = node('n1', {
      type: 'Ready',
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
      lastTransitionTime: ago(900),
    });
    const { deployment, set } = parts('web', { pods: 0, ready: false });
    const evicted = parts('web', { nodeName: 'n1', deletion: ago(500), ...notReady }).pod;
    const pending = parts('web', { suffix: 'bbbbb', phase: 'Pending', nodeName: null, created: 400, request: '3', ...notReady }).pod;
    const refused = event(
      pending,
      'FailedScheduling',
      '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {node.kubernetes.io/unreachable: }. preemption: 0/2 nodes are available',
    );
    const tainted = { ...lost, spec: { taints: [{ key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' }] } };
    const full = workload('other', { nodeName: 'n2', request: '3' });
    const report = await reportOf([tainted, node('n2'), deployment, set, evicted, pending, refused, ...full, service('web', 80), endpoints('web', 0, 1)], {
      description: 'web does not answer',
    });
    expect(rootsIn(report)).toEqual(['kubelet-not-reporting on Node n1']);
    expect(affectedBy(report)).toEqual(expect.arrayContaining(['Deployment shop/web', 'Service shop/web']));
  });
});

describe('O11 a database without space', () => {
  test('is the one root of what its callers, their Service and the Ingress suffer', async () => {
    const db = [
      ...workload('db', crashed('could not write to file "pg_wal/xlogtemp.29": No space left on device')),
      service('db', 5432),
      endpoints('db', 0, 1),
    ];
    const app = [
      ...workload('app', { env: { DATABASE_URL: 'postgres://db:5432/orders' }, ...notReady }),
      service('app', 80),
      endpoints('app', 0, 1),
      ingress('app'),
    ];
    const logs = {
      'db-6d4cf56db6-aaaaa --previous': 'PANIC:  could not write to file "pg_wal/xlogtemp.29": No space left on device\n',
      'app-6d4cf56db6-aaaaa': 'ERROR could not connect to server: Connection refused: host "db" port 5432: connect ECONNREFUSED db:5432\n'.repeat(5),
    };
    const report = await reportOf([...db, ...app], { logs, description: 'app answers 503' });
    expect(rootsIn(report)).toEqual(['disk-full on Deployment shop/db']);
    expect(affectedBy(report)).toEqual(expect.arrayContaining(['Service shop/db', 'Deployment shop/app', 'Service shop/app', 'Ingress shop/app']));
  });
});

describe('O12 a workload that may not grow', () => {
  test('is overloaded: the probes that it cannot answer in time are not at fault', async () => {
    const { deployment, set, pod } = parts('web', { ready: false, limits: { cpu: '50m' }, probed: true });
    const timeouts = event(
      pod,
      'Unhealthy',
      'Readiness probe failed: Get "http://10.1.0.9:8080/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    );
    const autoscaler = {
      kind: 'HorizontalPodAutoscaler',
      metadata: { namespace: 'shop', name: 'web', creationTimestamp: ago(86_400) },
      spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas: 1, maxReplicas: 1 },
      status: {
        currentReplicas: 1,
        desiredReplicas: 1,
        conditions: [
          { type: 'AbleToScale', status: 'True', reason: 'ReadyForNewScale', lastTransitionTime: ago(86_400) },
          { type: 'ScalingActive', status: 'True', reason: 'ValidMetricFound', lastTransitionTime: ago(86_400) },
          {
            type: 'ScalingLimited',
            status: 'True',
            reason: 'TooManyReplicas',
            message: 'the desired replica count is more than the maximum',
            lastTransitionTime: ago(1000),
          },
        ],
      },
    };
    const report = await reportOf([deployment, set, pod, timeouts, autoscaler]);
    expect(rootsIn(report)).toEqual(['autoscaler-at-maximum on HorizontalPodAutoscaler shop/web']);
    expect(affectedBy(report)).toContain('Deployment shop/web');
    expect(rootsIn(await reportOf([deployment, set, pod, timeouts]))).toEqual(['cpu-limit-starves-probe on Deployment shop/web']);
  });
});

describe('O13 a quota', () => {
  test('that lets only some pods of a new revision in is the root of the rollout that does not end', async () => {
    const conditions = [
      { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'has timed out progressing', lastTransitionTime: ago(300) },
      { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'exceeded quota', lastTransitionTime: ago(900) },
      { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', lastTransitionTime: ago(86_400) },
    ];
    const { deployment, set, pod } = parts('web', { replicas: 3, conditions });
    const quota = {
      kind: 'ResourceQuota',
      metadata: { namespace: 'shop', name: 'team' },
      spec: { hard: { pods: '3' } },
      status: { hard: { pods: '3' }, used: { pods: '3' } },
    };
    const refused = event(
      set,
      'FailedCreate',
      'Error creating: pods "web-1" is forbidden: exceeded quota: team, requested: pods=1, used: pods=3, limited: pods=3',
    );
    const report = await reportOf([deployment, set, pod, quota, refused]);
    expect(rootsIn(report)).toEqual(['quota-exceeded-pods on ResourceQuota shop/team']);
    expect(affectedBy(report)).toContain('Deployment shop/web');
  });
});

describe('O14 an expired certificate', () => {
  test('is the root where a webhook that shows it keeps pods from being created', async () => {
    const certificate = {
      kind: 'Certificate',
      metadata: { namespace: 'tools', name: 'policy', generation: 1, creationTimestamp: ago(90 * 86_400) },
      spec: { secretName: 'policy-tls', dnsNames: ['policy.tools.svc'], issuerRef: { kind: 'ClusterIssuer', name: 'inside' } },
      status: {
        notAfter: ago(3600),
        conditions: [{ type: 'Ready', status: 'False', reason: 'Expired', message: 'Certificate expired', lastTransitionTime: ago(3600) }],
      },
    };
    const issuer = { kind: 'ClusterIssuer', metadata: { name: 'inside' }, status: { conditions: [{ type: 'Ready', status: 'True' }] } };
    const said =
      'Error creating: Internal error occurred: failed calling webhook "pods.policy.example": failed to call webhook: Post "https://policy.tools.svc:443/": tls: failed to verify certificate: x509: certificate has expired or is not yet valid';
    const { deployment, set } = parts('web', { pods: 0, ready: false });
    const webhook = {
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'policy' },
      webhooks: [
        {
          name: 'pods.policy.example',
          failurePolicy: 'Fail',
          clientConfig: { service: { namespace: 'tools', name: 'policy' } },
          rules: [{ resources: ['pods'], operations: ['CREATE'] }],
        },
      ],
    };
    const policy = [
      ...workload('policy', { namespace: 'tools', secret: 'policy-tls' }),
      service('policy', 443, { app: 'policy' }, 'tools'),
      endpoints('policy', 1, 0, 'tools'),
    ];
    const api = { kind: 'APIService', metadata: { name: 'v1.cert-manager.io' }, spec: { group: 'cert-manager.io', version: 'v1' } };
    const report = await reportOf([certificate, issuer, api, deployment, set, event(set, 'FailedCreate', said), webhook, ...policy], { namespace: undefined });
    expect(rootsIn(report)).toEqual(['certificate-expired on Certificate tools/policy']);
    expect(affectedBy(report)).toContain('Deployment shop/web');
  });
});

describe('O15 a migration that failed', () => {
  test('is the root where the application misses its tables', async () => {
    const job = {
      kind: 'Job',
      metadata: { namespace: 'shop', name: 'orders-migrate', uid: 'j', creationTimestamp: ago(1200) },
      spec: { backoffLimit: 0, template: { spec: { containers: [{ name: 'migrate', env: [{ name: 'DATABASE_URL', value: 'postgres://db:5432/orders' }] }] } } },
      status: { failed: 1, conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', lastTransitionTime: ago(1000) }] },
    };
    const failed = {
      kind: 'Pod',
      metadata: {
        namespace: 'shop',
        name: 'orders-migrate-x2v8k',
        creationTimestamp: ago(1200),
        ownerReferences: [{ kind: 'Job', name: 'orders-migrate', controller: true }],
      },
      spec: { nodeName: 'n1', restartPolicy: 'Never', containers: [{ name: 'migrate', env: [{ name: 'DATABASE_URL', value: 'postgres://db:5432/orders' }] }] },
      status: {
        phase: 'Failed',
        containerStatuses: [
          {
            name: 'migrate',
            ready: false,
            restartCount: 0,
            state: { terminated: { exitCode: 1, reason: 'Error', startedAt: ago(1100), finishedAt: ago(1050) } },
          },
        ],
      },
    };
    const app = [
      ...workload('orders', { env: { DATABASE_URL: 'postgres://db:5432/orders' }, ...crashed('relation "orders" does not exist') }),
      ...workload('db'),
      service('db', 5432),
      endpoints('db', 1),
    ];
    const logs = {
      'orders-migrate-x2v8k': 'Dirty database version 7. Fix and force version.\n',
      'orders-6d4cf56db6-aaaaa --previous': 'ERROR: relation "orders" does not exist at character 15\n',
    };
    const report = await reportOf([job, failed, ...app], { logs });
    expect(rootsIn(report)).toEqual(['database-migration-failed on Job shop/orders-migrate']);
    expect(affectedBy(report)).toContain('Deployment shop/orders');
  });
});

describe('O16 what is over', () => {
  test('is no root cause', async () => {
    const { deployment, set, pod } = parts('web');
    const old = event(pod, 'Unhealthy', 'Readiness probe failed: connection refused', 'Warning', 3000);
    const report = await reportOf([deployment, set, pod, old, service('web', 80), endpoints('web', 1)]);
    expect(rootsIn(report)).toEqual([]);
  });
});

describe('O17 two faults', () => {
  test('without a way between them are two roots', async () => {
    const report = await reportOf([
      ...workload('cart', pulling('registry.example/cart:2')),
      ...workload('billing', crashed('x', { reason: 'OOMKilled', exitCode: 137 }, { limits: { memory: '64Mi' } })),
    ]);
    expect(new Set(rootsIn(report))).toEqual(
      new Set(['image-not-found on Deployment shop/cart', 'container-memory-limit-exceeded on Deployment shop/billing']),
    );
  });
});
