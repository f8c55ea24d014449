import { expect, test } from 'vitest';
import { blindReader } from '../../src/cluster/blind-reader.ts';
import type { ClusterReader } from '../../src/cluster/reader.ts';
import type { Kind } from '../../src/domain/kubernetes/resource-type.ts';
import { memoryReader } from '../pipeline/memory-reader.ts';
import { noisyReader } from './readers/noisy-reader.ts';
import { retoldReader } from './readers/retold-reader.ts';
import { unionReader } from './readers/union-reader.ts';
import { withoutEvidence } from './readers/without-evidence.ts';

const { signal } = new AbortController();
const AT = '2026-01-31T09:50:00Z';
const pod = (namespace: string, name: string) =>
  ({
    kind: 'Pod',
    metadata: { namespace, name, creationTimestamp: AT },
    status: { podIP: '10.2.0.9', containerStatuses: [{ name: 'app', lastState: { terminated: { reason: 'OOMKilled' } }, ready: true }] },
  }) as const;
const event = (namespace: string, reason: string) => ({ kind: 'Event', metadata: { namespace, name: reason }, reason, message: 'of a test' }) as const;
const shop = (): ClusterReader =>
  memoryReader([pod('shop-0a1b2c', 'orders'), event('shop-0a1b2c', 'OOMKilling'), event('shop-0a1b2c', 'Pulled')], {
    defaultNamespace: 'shop-0a1b2c',
    namespaces: ['shop-0a1b2c'],
    logs: async () => ({ status: 'found', value: { text: 'starting\nout of memory\n', truncated: false }, readAt: AT }),
  });
const names = async (reader: ClusterReader, kind: Kind, namespace?: string): Promise<string[]> => {
  const lookup = await reader.list(kind, namespace === undefined ? {} : { namespace }, signal);
  return lookup.status === 'found' ? lookup.value.items.map(({ metadata }) => metadata.name) : [lookup.status];
};
const log = async (reader: ClusterReader, namespace: string): Promise<string> => {
  const lookup = await reader.logs({ namespace, pod: 'orders', container: 'app', previous: false }, signal);
  return lookup.status === 'found' ? lookup.value.text : lookup.status;
};

test('deleted evidence is gone, and a deleted object is not said to be absent', async () => {
  const decisive = [{ event: 'oomkill' }, { log: 'out of memory' }, { field: 'Pod status.containerStatuses.lastState' }, { object: 'Secret/orders-*' }];
  const reader = withoutEvidence(shop(), decisive);
  expect(await names(reader, 'Event')).toEqual(['Pulled']);
  expect(await log(reader, 'shop-0a1b2c')).toBe('starting\n');
  expect(await reader.get('Pod', 'shop-0a1b2c', 'orders', signal)).toMatchObject({ value: { status: { containerStatuses: [{ name: 'app', ready: true }] } } });
  expect(JSON.stringify(await reader.list('Pod', {}, signal))).not.toContain('OOMKilled');
  expect((await reader.get('Secret', 'shop-0a1b2c', 'orders-db', signal)).status).toBe('not-collected');
  expect((await reader.get('Secret', 'shop-0a1b2c', 'web', signal)).status).toBe('not-found');
});

test('a blind reader is refused what it may not see, and remembers it', async () => {
  const reader = blindReader(shop(), ['Event', 'logs']);
  expect([await names(reader, 'Event', 'shop-0a1b2c'), await log(reader, 'shop-0a1b2c'), await names(reader, 'Pod')]).toEqual([
    ['forbidden'],
    'forbidden',
    ['orders'],
  ]);
  expect([...reader.refused]).toEqual(['list events in shop-0a1b2c', 'get pods/log in shop-0a1b2c']);
});

test('noise is 500 observations, the same for the same seed, and hides nothing', async () => {
  const [first, again] = await Promise.all([noisyReader(shop(), 'shop-0a1b2c', 'seed'), noisyReader(shop(), 'shop-0a1b2c', 'seed')]);
  const events = await names(first, 'Event');
  const failing = await names(first, 'Pod');
  const lines = (await log(first, 'shop-0a1b2c')).split('\n').length - 'starting\nout of memory\n'.split('\n').length;
  expect(events.length - 2 + (failing.length - 1) + lines).toBe(500);
  expect(events).toEqual(expect.arrayContaining(['OOMKilling', 'Pulled']));
  expect(await names(first, 'Pod', 'shop-0a1b2c')).toEqual(['orders']);
  expect(await names(again, 'Event')).toEqual(events);
});

test('a recording told anew has other times, addresses and another namespace', async () => {
  const asOf = '2026-01-31T11:00:00.000Z';
  const reader = await retoldReader(shop(), { asOf, namespace: 'shop-999999' });
  expect(await reader.get('Pod', 'shop-999999', 'orders', signal)).toMatchObject({
    value: { metadata: { namespace: 'shop-999999', creationTimestamp: '2026-01-31T10:50:00Z' }, status: { podIP: '10.9.0.9' } },
  });
  expect([reader.asOf, reader.namespaces]).toEqual([asOf, ['shop-999999']]);
});

test('a union shows what either holds, and each object once', async () => {
  const other = memoryReader([pod('billing', 'web'), pod('shop-0a1b2c', 'orders')], { namespaces: ['billing', 'shop-0a1b2c'] });
  const union = unionReader(shop(), other);
  expect(await names(union, 'Pod')).toEqual(['orders', 'web']);
  expect(await names(union, 'Pod', 'billing')).toEqual(['web']);
  expect((await union.get('Pod', 'billing', 'web', signal)).status).toBe('found');
  expect((await union.get('Pod', 'billing', 'nobody', signal)).status).toBe('not-found');
});
