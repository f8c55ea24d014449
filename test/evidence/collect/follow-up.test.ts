import { describe, expect, test } from 'vitest';
import { followUp, followUpTargets } from '../../../src/evidence/collect/follow-up.ts';
import type { ReadEvent } from '../../../src/evidence/collect/read-event.ts';
import { readScope } from '../../../src/evidence/collect/read-scope.ts';
import { InventoryBuilder } from '../../../src/evidence/inventory.ts';
import { type MemoryCluster, MemoryReader } from './memory-reader.ts';
import { AS_OF, CRASHING, object, pod, RUNNING } from './objects.ts';

const SCOPE = { namespaces: ['shop'], objects: [], since: null, until: null };
const NAMESPACES = ['shop', 'data', 'kube-system', 'mesh'].map((name) => object('Namespace', undefined, name));

async function investigate(cluster: MemoryCluster, options: { scope?: typeof SCOPE; requests?: number; abort?: boolean } = {}) {
  const { scope = SCOPE, requests = 0, abort = false } = options;
  const reader = new MemoryReader(cluster);
  const builder = new InventoryBuilder();
  const controller = new AbortController();
  const reading = { reader, builder, now: () => new Date(AS_OF), redact: (text: string) => text.replaceAll('hunter2', '***') };
  for await (const _ of readScope(reading, scope.namespaces, controller.signal));
  reader.requests += requests;
  reader.asked.length = 0;
  const targets = followUpTargets(builder.build(AS_OF), scope, reader);
  if (abort) controller.abort();
  const events: ReadEvent[] = [];
  for await (const event of followUp(reading, targets, controller.signal)) events.push(event);
  return { reader, events, targets, inventory: builder.build(AS_OF) };
}
const texts = (events: readonly ReadEvent[]) => events.flatMap((event) => (event.type === 'read-completed' ? [event.text] : []));
const gaps = (events: readonly ReadEvent[]) => events.flatMap((event) => (event.type === 'gap-found' ? [`${event.gap.what}: ${event.gap.why}`] : []));

describe('logs', () => {
  test('of failing containers are read, mined and redacted', async () => {
    const { events, inventory } = await investigate({
      objects: [pod('a', { app: CRASHING })],
      logs: { 'shop/a/app/previous': 'up\nERROR login with hunter2 failed\n' },
    });
    expect(texts(events)).toEqual(['previous log of shop/a app: 2 lines']);
    expect(inventory.logsOf('shop', 'a', 'app')).toMatchObject([{ previous: true, lines: 2, deepestCause: 'ERROR login with *** failed' }]);
  });

  test('of a crashed container whose previous run is gone are those of the present one', async () => {
    const { reader, inventory } = await investigate({ objects: [pod('a', { app: CRASHING })], logs: { 'shop/a/app': 'x\n' } });
    expect(reader.asked).toEqual(['logs shop/a/app/previous', 'logs shop/a/app']);
    expect(inventory.logsOf('shop', 'a', 'app')).toMatchObject([{ previous: false }]);
  });

  test('that are refused or fail are gaps; a previous run that is not kept is none', async () => {
    const restarted = { ...CRASHING, ready: true, state: RUNNING.state ?? {} };
    const objects = [pod('a', { app: CRASHING }), pod('b', { app: CRASHING }), pod('c', { app: restarted })];
    let asked = 0;
    const { events, inventory } = await investigate({
      objects,
      logs: { 'shop/c/app': 'x' },
      intercept: ({ verb }) => {
        if (verb !== 'logs') return undefined;
        asked += 1;
        if (asked === 1) return { status: 'forbidden', needs: 'get pods/log in shop' };
        if (asked === 2) throw new Error('reset');
        return undefined;
      },
    });
    expect(gaps(events).sort()).toEqual(['log of shop/a app: forbidden', 'log of shop/b app: failed']);
    expect(inventory.logsOf('shop', 'c', 'app')).toHaveLength(1);
  });

  test('that hold an answer of the API server instead are none', async () => {
    const { inventory, events } = await investigate({
      objects: [pod('a', { app: CRASHING }), pod('b', { app: CRASHING })],
      logs: {
        'shop/a/app/previous': 'Error from server (BadRequest): container "app" in pod "a" is waiting to start: ContainerCreating\n',
        'shop/b/app/previous':
          'Error: Error from server: Get "https://n1:10250/containerLogs/shop/b/app": dial tcp 10.0.0.9:10250: connect: connection refused\n',
      },
    });
    expect([...inventory.logsOf('shop', 'a', 'app'), ...inventory.logsOf('shop', 'b', 'app')]).toEqual([]);
    expect(gaps(events)).toEqual(['log of shop/b app: not-collected']);
    expect(inventory.gaps[0]?.detail).toContain('10.0.0.9:10250');
  });

  test('of what looks well are missed once, not container by container', async () => {
    const objects = ['a', 'b', 'c'].map((name) => pod(name, { app: RUNNING, side: RUNNING }));
    const { events } = await investigate({ objects, logs: { 'shop/a/app': 'started' }, reader: 'snapshot' });
    expect(gaps(events)).toEqual(['logs of 5 containers in which nothing looks wrong: not-collected']);
  });

  test('keep to what is left of sixty requests', async () => {
    const objects = Array.from({ length: 16 }, (_, index) => pod(`p${index}`, { app: CRASHING }));
    const { reader } = await investigate({ objects }, { requests: 25 });
    expect(reader.requests).toBeLessThanOrEqual(60);
    expect(reader.asked.length).toBeGreaterThan(2);
  });

  test('are not read after an abort', async () => {
    expect((await investigate({ objects: [pod('a', { app: CRASHING })] }, { abort: true })).reader.asked).toEqual([]);
  });
});

describe('namespaces of dependencies', () => {
  const worker = (value: string) =>
    object('Deployment', 'shop', 'worker', {
      spec: { template: { spec: { containers: [{ name: 'app', image: 'x', env: [{ name: 'DB', value }] }] } } },
      status: { replicas: 1, readyReplicas: 1 },
    });

  test('are found in configuration, and what fails there is looked at', async () => {
    const db = pod('db-0', { db: CRASHING }, { namespace: 'data' });
    const { targets, inventory, events } = await investigate({
      objects: [...NAMESPACES, worker('postgres://db.data.svc:5432/x'), db],
      logs: { 'data/db-0/db/previous': 'FATAL: disk full' },
    });
    expect(targets.namespaces).toEqual([{ namespace: 'data', reason: 'configuration names a host there' }]);
    expect(inventory.lookup('Service', 'data', 'db').status).toBe('not-found');
    expect(texts(events)).toContain('pods in data: 1');
    expect(inventory.logsOf('data', 'db-0', 'db')[0]?.deepestCause).toBe('FATAL: disk full');
  });

  test.each([
    ['a short name', 'db.data:5432', ['data']],
    ['a host of the internet', 'api.example.com', []],
    ['a namespace that does not exist', 'db.elsewhere.svc', []],
    ['its own', 'db.shop.svc', []],
  ])('by %s', async (_, value, expected) => {
    const { targets } = await investigate({ objects: [...NAMESPACES, worker(value)] });
    expect(targets.namespaces.map(({ namespace }) => namespace)).toEqual(expected);
  });

  test('are found in logs: the system namespace when names do not resolve, that of a refused host', async () => {
    const log = 'dial tcp: lookup redis on 10.96.0.10:53: no such host\ndial tcp cache.data.svc.cluster.local:6379: connect: connection refused\n';
    const { reader, inventory } = await investigate({ objects: [...NAMESPACES, pod('a', { app: CRASHING })], logs: { 'shop/a/app/previous': log } });
    expect(inventory.covers('Pod', 'kube-system')).toBe(true);
    expect(inventory.covers('Pod', 'data')).toBe(true);
    expect(reader.requests).toBeLessThanOrEqual(60);
  });

  test('are found by the address of a Service that nothing read so far has', async () => {
    const service = object('Service', 'mesh', 'control', { spec: { clusterIP: '10.96.7.7' } });
    const refused = (host: string) => ({ 'shop/a/app/previous': `dial tcp ${host}:15012: connect: connection refused\n` });
    const objects = [...NAMESPACES, pod('a', { app: CRASHING }), service];
    const strange = await investigate({ objects, logs: refused('10.96.7.7') });
    expect(strange.inventory.covers('Pod', 'mesh')).toBe(true);
    const own = object('Service', 'shop', 'own', { spec: { clusterIP: '10.96.1.1' } });
    const known = await investigate({ objects: [...objects, own], logs: refused('10.96.1.1') });
    expect(known.reader.asked.filter((asked) => asked.includes('Service'))).toEqual([]);
  });

  test('are found in the condition that a refused ReplicaSet keeps', async () => {
    const message = 'failed calling webhook "x": Post "https://injector.mesh.svc:443/inject": no endpoints available';
    const refused = object('ReplicaSet', 'shop', 'web-1', {
      spec: { replicas: 0 },
      status: { conditions: [{ type: 'ReplicaFailure', status: 'True', message }] },
    });
    const { targets } = await investigate({ objects: [...NAMESPACES, refused] });
    expect(targets.namespaces.map(({ namespace }) => namespace)).toEqual(['mesh']);
  });

  test('are found in events of webhooks, API services that are down, ConfigMaps and external names', async () => {
    const objects = [
      ...NAMESPACES,
      object('Event', 'shop', 'e', { message: 'Internal error occurred: failed calling webhook "x": Post "https://injector.mesh.svc:443/inject": refused' }),
      object('APIService', undefined, 'v1beta1.metrics.k8s.io', {
        spec: { service: { name: 'm', namespace: 'kube-system' } },
        status: { conditions: [{ type: 'Available', status: 'False' }] },
      }),
      object('Service', 'shop', 'alias', { spec: { externalName: 'db.data.svc.cluster.local' } }),
      object('ConfigMap', 'shop', 'c', { data: { url: 'http://db.data/' } }),
    ];
    const { targets } = await investigate({ objects });
    expect(targets.namespaces.map(({ namespace }) => namespace).sort()).toEqual(['data', 'kube-system', 'mesh']);
  });

  test('are not sought when all namespaces were read', async () => {
    const { targets } = await investigate({ objects: [...NAMESPACES, worker('db.data.svc')] }, { scope: { ...SCOPE, namespaces: [] } });
    expect(targets.namespaces).toEqual([]);
  });
});

test('what a failing pod refers to is read one by one where lists are refused, but no Secret', async () => {
  const spec = {
    nodeName: 'n1',
    volumes: [
      { name: 'd', persistentVolumeClaim: { claimName: 'data' } },
      { name: 'c', configMap: { name: 'files' } },
      { name: 's', secret: { secretName: 'tls' } },
    ],
    containers: [
      {
        name: 'app',
        envFrom: [{ configMapRef: { name: 'gone' } }, { secretRef: { name: 'creds' } }],
        env: [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'keys', key: 'x' } } }],
      },
    ],
  };
  const refused = new Set(['ConfigMap', 'PersistentVolumeClaim', 'Node']);
  const { reader, inventory, events } = await investigate({
    objects: [
      pod('a', { app: { ready: false, state: { waiting: { reason: 'CreateContainerConfigError' } } } }, { spec }),
      object('ConfigMap', 'shop', 'files'),
      object('Node', undefined, 'n1'),
    ],
    intercept: ({ verb, kind }) => {
      if (verb === 'get' && kind === 'PersistentVolumeClaim') throw new Error('reset');
      return verb === 'list' && refused.has(kind) ? { status: 'forbidden', needs: `list ${kind}` } : undefined;
    },
  });
  expect(reader.asked.sort()).toEqual([
    'get ConfigMap shop/files',
    'get ConfigMap shop/gone',
    'get ConfigMap shop/keys',
    'get Node /n1',
    'get PersistentVolumeClaim shop/data',
  ]);
  expect(inventory.lookup('ConfigMap', 'shop', 'gone').status).toBe('not-found');
  expect(inventory.lookup('ConfigMap', 'shop', 'files').status).toBe('found');
  expect(inventory.lookup('Node', undefined, 'n1').status).toBe('found');
  expect(gaps(events)).toEqual(['PersistentVolumeClaim shop/data: failed']);
});

describe('Secrets', () => {
  const env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }];
  const spec = { containers: [{ name: 'app', env }], volumes: [{ name: 'v', secret: { secretName: 'files' } }], imagePullSecrets: [{ name: 'login' }] };
  const failing = { ...pod('a', { app: CRASHING }), spec };
  const ingress = { ...object('Ingress', 'shop', 'web'), spec: { tls: [{ secretName: 'web-tls' }] } };
  const asked = async (secretKeys: boolean): Promise<string[]> => {
    const { reader } = await investigate({ objects: [failing, ingress], secretKeys });
    return reader.asked.filter((text) => text.startsWith('get Secret'));
  };

  test('that what fails refers to are asked for by name, where somebody opted in to it', async () => {
    expect(await asked(true)).toEqual(['web-tls', 'login', 'db', 'files'].map((name) => `get Secret shop/${name}`));
    expect(await asked(false)).toEqual([]);
  });
});
