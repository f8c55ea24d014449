import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/domain/kubernetes/object.ts';
import type { Kind } from '../../../src/domain/kubernetes/resource-type.ts';
import { projectionOf, REPEATABLE } from '../../../src/evidence/collect/projections.ts';
import { CRASHING, object, pod, RUNNING } from './objects.ts';

// biome-ignore lint/suspicious/noExplicitAny: projected objects are looked into at will
const projected = (source: KubeObject): any => projectionOf(source.kind as Kind)(structuredClone(source));

describe('metadata', () => {
  const meta = {
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', 'deployment.kubernetes.io/revision': '3' },
    managedFields: [{ manager: 'kubectl', operation: 'Update', time: '2026-03-01T11:00:00Z', fieldsV1: { 'f:spec': {} } }],
    resourceVersion: '12',
    uid: 'u',
  };

  test('keeps who changed an object when, not which fields, and few annotations', () => {
    const { metadata } = projected(object('Deployment', 'shop', 'web', { metadata: { name: 'web', namespace: 'shop', ...meta } }));
    expect(metadata).toEqual({
      name: 'web',
      namespace: 'shop',
      uid: 'u',
      annotations: { 'deployment.kubernetes.io/revision': '3' },
      managedFields: [{ manager: 'kubectl', operation: 'Update', time: '2026-03-01T11:00:00Z' }],
    });
  });

  test('of pods has no changes', () => {
    expect(projected({ ...pod('a', { app: RUNNING }), metadata: { name: 'a', ...meta } }).metadata).toEqual({
      name: 'a',
      uid: 'u',
      annotations: { 'deployment.kubernetes.io/revision': '3' },
    });
  });
});

describe('a pod', () => {
  const spec = {
    containers: [
      {
        name: 'app',
        image: 'example/app:1',
        command: ['run'],
        env: [
          { name: 'A', value: 'x'.repeat(2_000) },
          { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
        ],
        volumeMounts: [{ name: 'kube-api-access-x', mountPath: '/var/run' }],
        terminationMessagePath: '/dev/termination-log',
      },
    ],
    volumes: [
      { name: 'kube-api-access-x', projected: {} },
      { name: 'data', emptyDir: {} },
    ],
    tolerations: [
      { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
      { key: 'gpu', operator: 'Exists' },
    ],
  };

  test('in good health and owned keeps what its controller does not say', () => {
    const kept = projected(pod('a', { app: RUNNING }, { owner: ['ReplicaSet', 'rs'], spec }));
    expect(kept.spec.containers[0]).toEqual({
      name: 'app',
      image: 'example/app:1',
      env: [{ name: 'B', valueFrom: spec.containers[0]?.env[1]?.valueFrom }],
      volumeMounts: [],
    });
    expect(kept.spec.volumes).toEqual([{ name: 'data', emptyDir: {} }]);
    expect(kept.spec.tolerations).toEqual([{ key: 'gpu', operator: 'Exists' }]);
    expect(kept.status.containerStatuses).toHaveLength(1);
  });

  test('in trouble keeps its command, literal values in bounds, and its token volume', () => {
    const kept = projected(pod('a', { app: CRASHING }, { owner: ['ReplicaSet', 'rs'], spec }));
    expect(kept.spec.containers[0].command).toEqual(['run']);
    expect(kept.spec.containers[0].env[0].value).toHaveLength(500);
    expect(kept.spec.volumes).toHaveLength(2);
    expect(kept.status.containerStatuses[0].lastState.terminated.exitCode).toBe(1);
  });

  test('without a spec passes through', () => {
    expect(projected(object('Pod', 'shop', 'odd')).metadata.name).toBe('odd');
  });
});

test('old ReplicaSets without pods lose their template, the newest three and those with pods keep it', () => {
  const project = projectionOf('ReplicaSet');
  const set = (revision: number, replicas: number): KubeObject =>
    object('ReplicaSet', 'shop', `web-${revision}`, {
      metadata: {
        name: `web-${revision}`,
        namespace: 'shop',
        annotations: { 'deployment.kubernetes.io/revision': String(revision) },
        ownerReferences: [{ kind: 'Deployment', name: 'web', uid: 'd', controller: true }],
      },
      spec: { replicas, template: { spec: { containers: [{ name: 'app', image: `app:${revision}` }] } } },
    });
  // biome-ignore lint/suspicious/noExplicitAny: projected objects are looked into at will
  const kept = [set(2, 0), set(9, 3), set(10, 0), set(1, 1), set(3, 0), set(4, 0)].map((it) => project(it) as any);
  expect(kept.map(({ metadata, spec }) => [metadata.name, spec.template !== undefined])).toEqual([
    ['web-2', false],
    ['web-9', true],
    ['web-10', true],
    ['web-1', true],
    ['web-3', false],
    ['web-4', true],
  ]);
});

test('a ControllerRevision keeps what a template needs to be compared', () => {
  const container = { name: 'a', image: 'b', terminationMessagePath: '/x' };
  const data = { spec: { template: { $patch: 'replace', spec: { containers: [container], dnsPolicy: 'ClusterFirst' } } } };
  expect(projected(object('ControllerRevision', 'shop', 'db-1', { data, revision: 3 }))).toMatchObject({
    revision: 3,
    data: { spec: { template: { spec: { containers: [{ name: 'a', image: 'b' }] } } } },
  });
  expect(projected(object('ControllerRevision', 'shop', 'odd')).kind).toBe('ControllerRevision');
});

test('a CronJob keeps its template', () => {
  const spec = { schedule: '* * * * *', jobTemplate: { spec: { template: { spec: { containers: [{ name: 'a', image: 'b', stdin: true }] } } } } };
  expect(projected(object('CronJob', 'shop', 'c', { spec })).spec.jobTemplate.spec.template.spec.containers).toEqual([{ name: 'a', image: 'b' }]);
  expect(projected(object('Job', 'shop', 'odd')).kind).toBe('Job');
});

describe('configuration', () => {
  test('keeps all keys, short values, lines that name hosts, and nothing secret', () => {
    const long = `${'filler = 1\n'.repeat(300)}upstream = http://api:8080\n`;
    const { data } = projected(
      object('ConfigMap', 'shop', 'c', {
        data: { DB_HOST: 'db', DB_PASSWORD: 'hunter2', 'app.conf': long, jwt: `eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.c` },
        binaryData: { blob: 'AAAA' },
      }),
    );
    expect(data).toEqual({ blob: '', DB_HOST: 'db', DB_PASSWORD: '', 'app.conf': 'upstream = http://api:8080', jwt: '' });
  });

  test('of a Secret keeps type and keys, never a value', () => {
    expect(projected(object('Secret', 'shop', 's', { type: 'Opaque', data: { password: 'aHVudGVyMg==' } }))).toEqual({
      kind: 'Secret',
      metadata: { name: 's', namespace: 'shop' },
      type: 'Opaque',
      data: { password: '' },
    });
  });
});

test('nodes lose their images, webhooks and API services their bundles, events what is not about the event', () => {
  expect(projected(object('Node', undefined, 'n', { status: { images: [{}], capacity: { cpu: '4' } } })).status).toEqual({ capacity: { cpu: '4' } });
  expect(projected(object('APIService', undefined, 'a', { spec: { caBundle: 'x', group: 'g' } })).spec).toEqual({ group: 'g' });
  const webhooks = [{ name: 'w', clientConfig: { caBundle: 'x', service: { name: 's', namespace: 'n' } } }];
  expect(projected(object('ValidatingWebhookConfiguration', undefined, 'w', { webhooks })).webhooks).toEqual([
    { name: 'w', clientConfig: { service: { name: 's', namespace: 'n' } } },
  ]);
  const event = projected(
    object('Event', 'shop', 'e', { message: 'm'.repeat(9_000), reason: 'R', related: {}, involvedObject: { kind: 'Pod', name: 'p', resourceVersion: '1' } }),
  );
  expect(event.message).toHaveLength(4_000);
  expect(event).not.toHaveProperty('related');
  expect(event.involvedObject).toEqual({ kind: 'Pod', name: 'p' });
});

describe('what an agent kept before stays as it is', () => {
  const meta = { namespace: 'shop', uid: 'u', labels: { app: 'a' }, annotations: { 'kubernetes.io/config.hash': 'h', other: 'x' }, resourceVersion: '1' };
  const spec = {
    nodeName: 'n',
    hostNetwork: true,
    initContainers: [{ name: 'init', image: 'a:1', args: ['x'], terminationMessagePath: '/x' }],
    containers: [
      {
        name: 'app',
        image: 'a:1',
        command: ['run'],
        env: [
          { name: 'A', value: 'x'.repeat(900) },
          { name: 'B', valueFrom: {} },
        ],
      },
    ],
    volumes: [{ name: 'kube-api-access-x', projected: {} }, { name: 'data' }],
    tolerations: [
      { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute' },
      { key: 'gpu', operator: 'Exists' },
    ],
  };
  const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'a', uid: 'r', controller: true }];
  const cases: readonly (readonly [string, KubeObject])[] = [
    ['a healthy pod', { ...pod('a', { app: RUNNING }), metadata: { name: 'a', ...meta, ownerReferences }, spec } as KubeObject],
    ['a failing pod', { ...pod('a', { app: CRASHING }), metadata: { name: 'a', ...meta }, spec } as KubeObject],
    [
      'an event',
      object('Event', 'shop', 'e', {
        metadata: { name: 'e', ...meta },
        involvedObject: { kind: 'Pod', namespace: 'shop', name: 'a', uid: 'u', fieldPath: 'spec', resourceVersion: '1' },
        reason: 'Failed',
        message: 'm'.repeat(9_000),
        count: 3,
        eventTime: null,
        source: { component: 'kubelet' },
        action: 'Binding',
      }),
    ],
  ];

  test.each(cases)('%s', (_, source) => {
    const once = projected(source);
    expect(projected(once)).toEqual(once);
    expect(once).not.toEqual(source);
  });

  test('every kind that is repeatable is shown above', () => {
    expect(new Set(cases.map(([, { kind }]) => kind))).toEqual(REPEATABLE);
  });
});
