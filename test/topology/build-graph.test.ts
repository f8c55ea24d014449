import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../src/domain/kubernetes/object.ts';
import type { Kind } from '../../src/domain/kubernetes/resource-type.ts';
import { objectRef, refLabel } from '../../src/domain/object-ref.ts';
import { buildGraph } from '../../src/topology/build-graph.ts';
import type { Graph } from '../../src/topology/graph.ts';
import { NO_KNOWLEDGE } from '../../src/topology/knowledge/knowledge-graph.ts';
import { inventoryOf } from './inventory-of.ts';
import { container, deployment, env, named, podOf, running, service } from './objects.ts';

const checkout = objectRef('Deployment', 'shop', 'checkout');
const edgesOf = (graph: Graph, kind: string, name: string, namespace?: string): string[] =>
  graph.needs(objectRef(kind, namespace, name)).map(({ type, to, origin }) => `${type} ${refLabel(to)}${origin === 'object' ? '' : ` (${origin})`}`);
const graphOf = (objects: readonly object[], options?: Parameters<typeof inventoryOf>[1], knowledge = NO_KNOWLEDGE): Graph =>
  buildGraph(inventoryOf(objects, options), knowledge);

describe('owners', () => {
  const graph = graphOf(running('shop', 'checkout', {}, ['aaaaa', 'bbbbb']));

  test('a pod and its ReplicaSet belong to the Deployment', () => {
    expect(graph.ownerOf(objectRef('Pod', 'shop', 'checkout-6d4cf56db6-aaaaa'))).toEqual(checkout);
    expect(graph.ownerOf(objectRef('ReplicaSet', 'shop', 'checkout-6d4cf56db6'))).toEqual(checkout);
    expect(graph.podsOf(checkout).map(({ name }) => name)).toEqual(['checkout-6d4cf56db6-aaaaa', 'checkout-6d4cf56db6-bbbbb']);
    expect(graph.podsOf(objectRef('ReplicaSet', 'shop', 'checkout-6d4cf56db6'))).toHaveLength(2);
  });

  test('a pod that is gone is placed by the ReplicaSet in its name, and only by one that exists', () => {
    expect(graph.ownerOf(objectRef('Pod', 'shop', 'checkout-6d4cf56db6-zzzzz'))).toEqual(checkout);
    expect(graph.ownerOf(objectRef('Pod', 'shop', 'other-6d4cf56db6-zzzzz')).kind).toBe('Pod');
  });

  test('without ReplicaSets in the dump, the Deployment is found by the hash in the name', () => {
    const [owner, , pod] = running('shop', 'checkout');
    expect(graphOf([owner, pod] as object[]).ownerOf(objectRef('Pod', 'shop', 'checkout-6d4cf56db6-aaaaa'))).toEqual(checkout);
  });

  test('where neither ReplicaSets nor Deployments may be read, by the label that only Deployments give', () => {
    const [, , pod] = running('shop', 'checkout');
    const labelled = { ...pod, metadata: { ...(pod as KubeObject).metadata, labels: { 'pod-template-hash': '6d4cf56db6' } } };
    const owner = (objects: readonly object[], forbidden: readonly Kind[]) =>
      graphOf(objects, { forbidden }).ownerOf(objectRef('Pod', 'shop', 'checkout-6d4cf56db6-aaaaa'));
    expect(owner([labelled], ['ReplicaSet', 'Deployment'])).toEqual(checkout);
    expect(owner([labelled], ['ReplicaSet']).kind).toBe('ReplicaSet');
    expect(owner([pod as object], ['ReplicaSet', 'Deployment']).kind).toBe('ReplicaSet');
  });

  test("a Job's pods belong to the CronJob; a static pod belongs to itself, not to its Node", () => {
    const job = {
      ...named('Job', 'shop', 'nightly-1'),
      metadata: { namespace: 'shop', name: 'nightly-1', ownerReferences: [{ kind: 'CronJob', name: 'nightly' }] },
    };
    const pod = {
      ...podOf('shop', 'x', 'y', {}),
      metadata: { namespace: 'shop', name: 'nightly-1-abcde', ownerReferences: [{ kind: 'Job', name: 'nightly-1' }] },
    };
    const fixed = {
      ...podOf('kube-system', 'x', 'y', {}),
      metadata: { namespace: 'kube-system', name: 'etcd-n1', ownerReferences: [{ kind: 'Node', name: 'n1' }] },
    };
    const owners = graphOf([job, pod, fixed]);
    expect(owners.ownerOf(objectRef('Pod', 'shop', 'nightly-1-abcde'))).toEqual(objectRef('CronJob', 'shop', 'nightly'));
    expect(owners.ownerOf(objectRef('Pod', 'kube-system', 'etcd-n1')).kind).toBe('Pod');
  });
});

describe('what objects say', () => {
  test('references of the template are edges, whether the object exists or not', () => {
    const spec = {
      containers: [
        container('checkout', {
          envFrom: [{ configMapRef: { name: 'settings' } }],
          env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }],
        }),
      ],
      volumes: [
        { name: 'data', persistentVolumeClaim: { claimName: 'orders' } },
        { name: 'all', projected: { sources: [{ configMap: { name: 'extra' } }] } },
      ],
      serviceAccountName: 'runner',
      imagePullSecrets: [{ name: 'registry' }],
    };
    const graph = graphOf(running('shop', 'checkout', spec));
    expect(edgesOf(graph, 'Deployment', 'checkout', 'shop')).toEqual([
      'runs-as Pod shop/checkout-6d4cf56db6-aaaaa',
      'reads ConfigMap shop/settings',
      'reads Secret shop/db',
      'mounts PersistentVolumeClaim shop/orders',
      'reads ConfigMap shop/extra',
      'uses ServiceAccount shop/runner',
      'reads Secret shop/registry',
    ]);
    expect(graph.needs(checkout).find(({ to }) => to.kind === 'Secret')?.evidence).toEqual({
      source: 'object',
      object: checkout,
      field_path: 'spec.template.spec.containers[name=checkout].env[name=PASSWORD].valueFrom.secretKeyRef',
      excerpt: 'db, key password',
    });
  });

  test('Ingress to Service to workload to pod to Node is one way', () => {
    const ingress = named('Ingress', 'shop', 'web', {
      spec: {
        ingressClassName: 'nginx',
        tls: [{ secretName: 'cert' }],
        rules: [{ http: { paths: [{ path: '/', backend: { service: { name: 'checkout', port: { number: 80 } } } }] } }],
      },
    });
    const graph = graphOf([ingress, service('shop', 'checkout'), ...running('shop', 'checkout')]);
    const way = graph.path(objectRef('Ingress', 'shop', 'web'), objectRef('Node', undefined, 'n1'));
    expect(way?.map(({ type, to }) => `${type} ${to.kind}`)).toEqual(['routes-to Service', 'selects Deployment', 'runs-as Pod', 'runs-on Node']);
    expect(graph.dependents(objectRef('Node', undefined, 'n1')).map(refLabel)).toContain('Ingress shop/web');
    expect(graph.path(objectRef('Node', undefined, 'n1'), objectRef('Ingress', 'shop', 'web'))).toBeUndefined();
  });

  test('a Service selects by the labels of pods and, where nothing runs, of templates', () => {
    const bare = { ...podOf('shop', 'x', 'y', {}), metadata: { namespace: 'shop', name: 'solo', labels: { app: 'solo' } } };
    const graph = graphOf([
      deployment('shop', 'checkout'),
      service('shop', 'checkout'),
      bare,
      service('shop', 'solo'),
      service('shop', 'none', { selector: {} }),
    ]);
    expect(edgesOf(graph, 'Service', 'checkout', 'shop')).toEqual(['selects Deployment shop/checkout']);
    expect(edgesOf(graph, 'Service', 'solo', 'shop')).toEqual(['selects Pod shop/solo']);
    expect(edgesOf(graph, 'Service', 'none', 'shop')).toEqual([]);
  });

  test('claims lead to volumes, classes, and the node that holds a local disk', () => {
    const claim = named('PersistentVolumeClaim', 'shop', 'orders', { spec: { volumeName: 'pv-1' } });
    const volume = named('PersistentVolume', undefined, 'pv-1', {
      spec: {
        storageClassName: 'local',
        nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['n2'] }] }] } },
        nfs: { server: 'files.example.com' },
      },
    });
    const standard = { kind: 'StorageClass', metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } } };
    const graph = graphOf([claim, volume, standard]);
    expect(edgesOf(graph, 'PersistentVolumeClaim', 'orders', 'shop')).toEqual(['binds PersistentVolume pv-1', 'provisioned-by StorageClass standard']);
    expect(edgesOf(graph, 'PersistentVolume', 'pv-1')).toEqual(['provisioned-by StorageClass local', 'runs-on Node n2', 'calls External files.example.com']);
  });

  test('a pod of a StatefulSet mounts its own claim, and so does the set', () => {
    const set = {
      ...deployment('shop', 'db'),
      kind: 'StatefulSet',
      spec: { ...deployment('shop', 'db').spec, volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { storageClassName: 'fast' } }] },
    };
    const pod = {
      ...podOf('shop', 'x', 'y', { spec: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-db-0' } }] } }),
      metadata: { namespace: 'shop', name: 'db-0', ownerReferences: [{ kind: 'StatefulSet', name: 'db', controller: true }] },
    };
    const graph = graphOf([set, pod]);
    expect(edgesOf(graph, 'Pod', 'db-0', 'shop')).toContain('mounts PersistentVolumeClaim shop/data-db-0');
    expect(edgesOf(graph, 'StatefulSet', 'db', 'shop')).toEqual([
      'runs-as Pod shop/db-0',
      'provisioned-by StorageClass fast',
      'mounts PersistentVolumeClaim shop/data-db-0',
    ]);
  });

  test('an ExternalName leads to its host or Service', () => {
    const graph = graphOf([
      service('shop', 'bank', { selector: {}, externalName: 'api.bank.example' }),
      service('shop', 'pg', { selector: {}, externalName: 'postgres.data.svc.cluster.local' }),
    ]);
    expect(edgesOf(graph, 'Service', 'bank', 'shop')).toEqual(['calls External api.bank.example']);
    expect(edgesOf(graph, 'Service', 'pg', 'shop')).toEqual(['calls Service data/postgres']);
  });

  test('quotas, limit ranges, webhooks, policies, autoscalers and budgets hang on what they rule', () => {
    const webhook = (namespaceSelector?: object) => ({
      name: 'pods.example.com',
      rules: [{ resources: ['pods'] }],
      clientConfig: { service: { namespace: 'guard', name: 'guard' } },
      ...(namespaceSelector ? { namespaceSelector } : {}),
    });
    const graph = graphOf([
      deployment('shop', 'checkout'),
      named('ResourceQuota', 'shop', 'small'),
      named('LimitRange', 'shop', 'limits'),
      named('ValidatingWebhookConfiguration', undefined, 'guard', { webhooks: [webhook()] }),
      named('MutatingWebhookConfiguration', undefined, 'other', { webhooks: [webhook({ matchLabels: { inject: 'yes' } })] }),
      named('NetworkPolicy', 'shop', 'deny', { spec: { podSelector: {} } }),
      named('HorizontalPodAutoscaler', 'shop', 'grow', { spec: { scaleTargetRef: { kind: 'Deployment', name: 'checkout' } } }),
      named('APIService', undefined, 'v1beta1.metrics.k8s.io', { spec: { service: { namespace: 'kube-system', name: 'metrics-server' } } }),
      named('PodDisruptionBudget', 'shop', 'keep', { spec: { selector: { matchLabels: { app: 'checkout' } } } }),
    ]);
    expect(edgesOf(graph, 'Deployment', 'checkout', 'shop')).toEqual([
      'admitted-by ResourceQuota shop/small',
      'admitted-by LimitRange shop/limits',
      'admitted-by ValidatingWebhookConfiguration guard',
      'restricted-by NetworkPolicy shop/deny',
    ]);
    expect(edgesOf(graph, 'ValidatingWebhookConfiguration', 'guard')).toEqual(['calls Service guard/guard']);
    expect(edgesOf(graph, 'HorizontalPodAutoscaler', 'grow', 'shop')).toEqual(['scales Deployment shop/checkout', 'uses APIService v1beta1.metrics.k8s.io']);
    expect(edgesOf(graph, 'APIService', 'v1beta1.metrics.k8s.io')).toEqual(['calls Service kube-system/metrics-server']);
    expect(edgesOf(graph, 'PodDisruptionBudget', 'keep', 'shop')).toEqual(['selects Deployment shop/checkout']);
  });

  test('pods with cluster DNS resolve with its Service; those of the host and the DNS itself do not', () => {
    const dns = { ...deployment('kube-system', 'coredns', { dnsPolicy: 'Default' }, { 'k8s-app': 'kube-dns' }) };
    const graph = graphOf([
      dns,
      { ...service('kube-system', 'kube-dns', { selector: { 'k8s-app': 'kube-dns' } }) },
      deployment('shop', 'checkout'),
      deployment('shop', 'agent', { hostNetwork: true }),
      deployment('shop', 'host-agent', { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }),
    ]);
    expect(edgesOf(graph, 'Deployment', 'checkout', 'shop')).toEqual(['resolves-with Service kube-system/kube-dns']);
    expect(edgesOf(graph, 'Deployment', 'agent', 'shop')).toEqual([]);
    expect(edgesOf(graph, 'Deployment', 'host-agent', 'shop')).toEqual(['resolves-with Service kube-system/kube-dns']);
    expect(edgesOf(graph, 'Deployment', 'coredns', 'kube-system')).toEqual([]);
  });
});

describe('who calls whom', () => {
  const backends = [service('shop', 'redis'), service('db', 'postgres', { clusterIP: '10.0.0.7' }), deployment('db', 'postgres')];

  test('by env values, their ConfigMaps, and arguments', () => {
    const spec = {
      containers: [
        container('checkout', {
          env: [
            ...env({ CACHE: 'redis:6379', DATABASE_URL: 'postgres://u:p@postgres.db:5432/orders' }),
            { name: 'S', valueFrom: { configMapKeyRef: { name: 'settings', key: 'STRIPE_URL' } } },
          ],
          args: ['--search-host=search', '--verbose'],
        }),
      ],
    };
    const graph = graphOf([
      ...backends,
      deployment('shop', 'checkout', spec),
      named('ConfigMap', 'shop', 'settings', { data: { STRIPE_URL: 'https://api.stripe.com/v1' } }),
    ]);
    expect(edgesOf(graph, 'Deployment', 'checkout', 'shop')).toEqual([
      'reads ConfigMap shop/settings',
      'calls Service shop/redis (name)',
      'calls Service db/postgres (name)',
      'calls External api.stripe.com (name)',
      'calls Service shop/search (name)',
    ]);
    const call = graph.needs(checkout).find(({ to }) => to.name === 'postgres');
    expect(call?.evidence?.excerpt).toBe('DATABASE_URL=postgres://postgres.db:5432');
  });

  test('by logs: cluster addresses are their Services, pod addresses their workloads', () => {
    const endpoint = (host: string) => ({
      host,
      port: 5432,
      error: 'refused' as const,
      count: 3,
      lastLine: 9,
      example: `dial tcp ${host}:5432: refused`,
      recovered: false,
    });
    const graph = graphOf([...backends, ...running('shop', 'checkout')], {
      logs: [
        {
          namespace: 'shop',
          pod: 'checkout-6d4cf56db6-aaaaa',
          container: 'checkout',
          endpoints: [endpoint('10.0.0.7'), endpoint('203.0.113.9'), endpoint('127.0.0.1')],
        },
      ],
    });
    const calls = graph.needs(checkout).filter(({ type }) => type === 'calls');
    expect(calls.map(({ to }) => refLabel(to))).toEqual(['Service db/postgres', 'External 203.0.113.9']);
    expect(calls[0]?.evidence).toMatchObject({ source: 'log', container: 'checkout', excerpt: 'dial tcp 10.0.0.7:5432: refused' });
  });

  test('by recorded dependencies, from the workload behind the calling Service', () => {
    const graph = graphOf([...backends, service('shop', 'checkout'), deployment('shop', 'checkout')], {
      telemetry: {
        serviceDependencies: [
          { service: 'checkout', upstream: ['web'], downstream: ['redis'] },
          { service: 'redis', upstream: ['checkout'], downstream: [] },
        ],
      },
    });
    expect(edgesOf(graph, 'Deployment', 'checkout', 'shop')).toEqual(['calls Service shop/redis (recorded)']);
  });

  test('by the knowledge graph, even where nothing in the cluster stands for a component', () => {
    const knowledge = {
      ...NO_KNOWLEDGE,
      components: [
        { name: 'checkout', type: 'service' as const },
        { name: 'orders', type: 'database' as const, match: { namespace: 'db', service: 'postgres', workload: 'postgres' } },
        { name: 'bank', type: 'external' as const, match: { host: 'api.bank.example' } },
        { name: 'ghost', type: 'service' as const },
      ],
      relationships: ['orders', 'bank', 'ghost'].map((to) => ({ from: 'checkout', to, type: 'depends_on' as const })),
    };
    const graph = graphOf([...backends, service('shop', 'checkout'), deployment('shop', 'checkout')], {}, knowledge);
    expect(edgesOf(graph, 'Deployment', 'checkout', 'shop')).toEqual([
      'depends-on Deployment db/postgres (knowledge-graph)',
      'depends-on Service db/postgres (knowledge-graph)',
      'depends-on External api.bank.example (knowledge-graph)',
      'depends-on Component ghost (knowledge-graph)',
    ]);
    expect(edgesOf(graph, 'Service', 'checkout', 'shop')).toEqual(['selects Deployment shop/checkout']);
  });
});

describe('walks', () => {
  const graph = graphOf([...running('shop', 'checkout'), service('shop', 'checkout')]);

  test('dependencies and dependents come nearest first and can be limited', () => {
    expect(graph.dependencies(objectRef('Service', 'shop', 'checkout'), 2).map(({ kind }) => kind)).toEqual(['Deployment', 'Pod']);
    expect(
      graph
        .dependents(checkout)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['Pod', 'Service']);
    expect(graph.dependencies(objectRef('Service', 'shop', 'nobody'))).toEqual([]);
  });

  test('the way to itself is empty, to a stranger there is none', () => {
    expect(graph.path(checkout, checkout)).toEqual([]);
    expect(graph.path(checkout, objectRef('Deployment', 'shop', 'nobody'))).toBeUndefined();
    expect(graph.has(checkout)).toBe(true);
    expect(graph.nodes.length).toBeGreaterThan(3);
    expect(graph.edges.every(({ evidence }) => evidence?.excerpt !== '')).toBe(true);
  });
});
