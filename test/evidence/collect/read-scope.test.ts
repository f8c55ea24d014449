import { describe, expect, test } from 'vitest';
import { concurrently } from '../../../src/evidence/collect/concurrently.ts';
import type { ReadEvent } from '../../../src/evidence/collect/read-event.ts';
import { readScope } from '../../../src/evidence/collect/read-scope.ts';
import { InventoryBuilder } from '../../../src/evidence/inventory.ts';
import { type MemoryCluster, MemoryReader } from './memory-reader.ts';
import { AS_OF, object, pod, RUNNING } from './objects.ts';

async function read(cluster: MemoryCluster, namespaces: readonly string[], signal = new AbortController().signal) {
  const reader = new MemoryReader(cluster);
  const builder = new InventoryBuilder();
  const events: ReadEvent[] = [];
  for await (const event of readScope({ reader, builder, now: () => new Date(AS_OF) }, namespaces, signal)) events.push(event);
  return { reader, events, inventory: builder.build(AS_OF) };
}
const texts = (events: readonly ReadEvent[]) => events.flatMap((event) => (event.type === 'read-completed' ? [event.text] : []));
const gaps = (events: readonly ReadEvent[]) => events.flatMap((event) => (event.type === 'gap-found' ? [`${event.gap.what}: ${event.gap.why}`] : []));

const SHOP = [
  pod('a', { app: RUNNING }),
  object('Service', 'shop', 'a'),
  object('Pod', 'other', 'b', { spec: { containers: [] } }),
  object('Event', 'default', 'e1', { involvedObject: { kind: 'Node', name: 'n1' }, reason: 'NodeNotReady' }),
  object('Event', 'default', 'e2', { involvedObject: { kind: 'Pod', name: 'x', namespace: 'default' } }),
  object('Lease', 'kube-node-lease', 'n1'),
  object('Node', undefined, 'n1'),
];

describe('one namespace', () => {
  test('is read with what concerns it in the whole cluster, five at once, and says so', async () => {
    const { reader, events, inventory } = await read({ objects: SHOP }, ['shop']);
    expect(texts(events)).toContain('pods in shop: 1');
    expect(texts(events)).toContain('nodes: 1');
    expect(texts(events).find((text) => text.startsWith('events of nodes'))).not.toContain('cut');
    expect(inventory.lookup('Pod', 'shop', 'zzz').status).toBe('not-found');
    expect(inventory.lookup('Pod', 'other', 'b').status).toBe('not-collected');
    expect(inventory.lookup('Lease', 'kube-node-lease', 'n1').status).toBe('found');
    expect(inventory.list('Event').map(({ metadata }) => metadata.name)).toEqual(['e1']);
    expect(inventory.covers('Event', 'default')).toBe(false);
    expect(gaps(events)).toEqual([]);
    expect(reader.mostAtOnce).toBe(5);
    expect(reader.requests).toBeLessThanOrEqual(28);
    expect(reader.asked.filter((asked) => /Secret|Endpoints |StorageClass|IngressClass/.test(asked))).toEqual([]);
  });

  test('with claims, Ingresses and classes is read for what these need', async () => {
    const objects = [
      ...SHOP,
      object('PersistentVolumeClaim', 'shop', 'data'),
      object('Ingress', 'shop', 'web'),
      object('Deployment', 'shop', 'd', { spec: { template: { spec: { containers: [], priorityClassName: 'high', runtimeClassName: 'kata' } } } }),
    ];
    const { reader } = await read({ objects }, ['shop']);
    for (const kind of ['PersistentVolume', 'StorageClass', 'VolumeAttachment', 'CSIDriver', 'IngressClass', 'PriorityClass', 'RuntimeClass'])
      expect(reader.asked).toContain(`list ${kind} *`);
  });

  test('of a dump is read for older kinds and for the names of Secrets', async () => {
    const { reader, inventory } = await read({ objects: [...SHOP, object('Secret', 'shop', 's', { data: { k: 'value' } })], reader: 'snapshot' }, ['shop']);
    expect(reader.asked).toContain('list Endpoints shop');
    expect(reader.asked).toContain('list StorageClass *');
    expect(inventory.lookup('Secret', 'shop', 's')).toMatchObject({ status: 'found', value: { data: { k: '' } } });
  });
});

test('all namespaces are one list a kind', async () => {
  const { reader, inventory } = await read({ objects: SHOP }, []);
  expect(inventory.lookup('Pod', 'other', 'b').status).toBe('found');
  expect(inventory.list('Event')).toHaveLength(2);
  expect(new Set(reader.asked).size).toBe(reader.asked.length);
  expect(reader.requests).toBeLessThanOrEqual(28);
});

test('revisions of sets are read when one of the namespace is not well', async () => {
  const set = (readyReplicas: number) => object('StatefulSet', 'shop', 'db', { spec: { replicas: 1 }, status: { readyReplicas } });
  const asked = async (ready: number) => (await read({ objects: [...SHOP, set(ready)] }, ['shop'])).reader.asked;
  expect(await asked(0)).toContain('list ControllerRevision shop');
  expect(await asked(1)).not.toContain('list ControllerRevision shop');
});

test('a second namespace is read for less', async () => {
  const { reader } = await read({ objects: SHOP }, ['shop', 'other']);
  expect(reader.asked).toContain('list Pod other');
  expect(reader.asked).not.toContain('list LimitRange other');
  expect(reader.requests).toBeLessThanOrEqual(40);
});

describe('what cannot be read', () => {
  test('a refusal, a missing file and a failure are gaps; the rest is read', async () => {
    const { events, inventory } = await read(
      {
        objects: SHOP,
        intercept: ({ kind }) => {
          if (kind === 'Node') return { status: 'forbidden', needs: 'list nodes' };
          if (kind === 'LimitRange' || kind === 'Deployment') return { status: 'not-collected', needs: `${kind}.json` };
          if (kind === 'Service') throw new Error('socket hang up');
          return undefined;
        },
      },
      ['shop'],
    );
    expect(gaps(events).sort()).toEqual(['deployments in shop: not-collected', 'nodes: forbidden', 'services in shop: failed']);
    expect(texts(events)).toContain('nodes: forbidden');
    expect(inventory.lookup('Service', 'shop', 'a')).toMatchObject({ status: 'not-collected', reason: 'socket hang up' });
    expect(inventory.lookup('Pod', 'shop', 'a').status).toBe('found');
    expect(inventory.gaps).toHaveLength(3);
  });

  test('when every list fails, the first error is thrown', async () => {
    const broken = read(
      {
        intercept: () => {
          throw new Error('connection refused');
        },
      },
      ['shop'],
    );
    await expect(broken).rejects.toThrow('connection refused');
  });

  test('after an abort what was read stays, and what was not is said', async () => {
    const controller = new AbortController();
    let answered = 0;
    const { events, inventory, reader } = await read(
      {
        objects: SHOP,
        intercept: () => {
          answered += 1;
          if (answered === 8) controller.abort();
          return undefined;
        },
      },
      ['shop'],
      controller.signal,
    );
    expect(inventory.lookup('Pod', 'shop', 'a').status).toBe('found');
    expect(reader.requests).toBeLessThan(16);
    expect(gaps(events).some((gap) => gap.endsWith('timed-out'))).toBe(true);
    expect(gaps(events).join()).toMatch(/ and \d+ more kinds: timed-out/);
  });
});

test('tasks run in their order, so many at once, and each result comes as it ends', async () => {
  const ends: (() => void)[] = [];
  const begun: number[] = [];
  const tasks = [0, 1, 2].map((number) => () => {
    begun.push(number);
    return new Promise<number>((resolve) => {
      ends[number] = () => resolve(number);
    });
  });
  const results = concurrently(tasks, 2, new AbortController().signal);
  const first = results.next();
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  ends[1]?.();
  expect((await first).value).toBe(1);
  expect(begun).toEqual([0, 1, 2]);
  ends[2]?.();
  expect((await results.next()).value).toBe(2);
  ends[0]?.();
  expect((await results.next()).value).toBe(0);
  expect((await results.next()).done).toBe(true);
});

describe('add-ons', () => {
  const api = (group: string, version = 'v1') => object('APIService', undefined, `${version}.${group}`, { spec: { group, version } });
  const ADD_ONS = /HTTPRoute|Gateway|Snapshot|Certificate|Issuer|Challenge|ExternalSecret|SealedSecret/;
  const addOnsAsked = ({ asked }: MemoryReader) => asked.filter((one) => ADD_ONS.test(one));
  const certificate = (ready: string) => object('Certificate', 'shop', 'web', { status: { conditions: [{ type: 'Ready', status: ready }] } });
  const certManager = [api('cert-manager.io'), api('acme.cert-manager.io')];

  test('cost no request where the API server does not serve them, or could not be asked', async () => {
    expect(addOnsAsked((await read({ objects: [...SHOP, certificate('False')] }, ['shop'])).reader)).toEqual([]);
    const intercept: MemoryCluster['intercept'] = ({ kind }) => (kind === 'APIService' ? { status: 'forbidden', needs: 'list apiservices' } : undefined);
    expect(addOnsAsked((await read({ objects: [...SHOP, ...certManager], intercept }, ['shop'])).reader)).toEqual([]);
  });

  test('are read in the version that is served, of the first namespace', async () => {
    const { reader, inventory } = await read(
      { objects: [...SHOP, api('external-secrets.io', 'v1beta1'), api('gateway.networking.k8s.io'), api('gateway.networking.k8s.io', 'v1beta1')] },
      ['shop', 'other'],
    );
    expect(addOnsAsked(reader).sort()).toEqual(['list ExternalSecret shop', 'list Gateway shop', 'list HTTPRoute shop']);
    expect(reader.versions).toEqual({ ExternalSecret: 'v1beta1', Gateway: 'v1', HTTPRoute: 'v1' });
    expect(inventory.covers('HTTPRoute', 'shop')).toBe(true);
  });

  test('issuers and challenges are read when a certificate is not ready, snapshots when a claim is restored from one', async () => {
    expect(addOnsAsked((await read({ objects: [...SHOP, ...certManager, certificate('True')] }, ['shop'])).reader)).toEqual(['list Certificate shop']);
    const claim = object('PersistentVolumeClaim', 'shop', 'data', { spec: { dataSource: { kind: 'VolumeSnapshot', name: 'nightly' } } });
    const { reader } = await read({ objects: [...SHOP, ...certManager, api('snapshot.storage.k8s.io'), certificate('False'), claim] }, ['shop']);
    expect(addOnsAsked(reader).sort()).toEqual([
      'list Certificate shop',
      'list Challenge shop',
      'list ClusterIssuer *',
      'list Issuer shop',
      'list VolumeSnapshot shop',
    ]);
    expect(reader.requests).toBeLessThanOrEqual(40);
  });

  test('that may not be read are a gap, and those that are gone are none', async () => {
    const intercept: MemoryCluster['intercept'] = ({ kind }) => {
      if (kind === 'Certificate') return { status: 'forbidden', needs: 'list certificates in shop' };
      return kind === 'ExternalSecret' ? { status: 'not-found', readAt: AS_OF } : undefined;
    };
    const { events, inventory } = await read({ objects: [...SHOP, ...certManager, api('external-secrets.io')], intercept }, ['shop']);
    expect(gaps(events)).toEqual(['certificates in shop: forbidden']);
    expect(inventory.lookup('Certificate', 'shop', 'web').status).toBe('forbidden');
    expect(inventory.coverage.map(({ kind }) => kind)).not.toContain('externalsecrets');
  });

  test('of a dump are read where it holds them, and not missed where it does not', async () => {
    const intercept: MemoryCluster['intercept'] = ({ kind }) =>
      ADD_ONS.test(kind) && kind !== 'Certificate' ? { status: 'not-collected', needs: 'a file' } : undefined;
    const { inventory, events } = await read({ objects: [...SHOP, certificate('False')], reader: 'snapshot', intercept }, ['shop']);
    expect(inventory.list('Certificate')).toHaveLength(1);
    expect(gaps(events)).toEqual([]);
    expect(inventory.coverage.map(({ kind }) => kind)).not.toContain('gateways');
  });
});
