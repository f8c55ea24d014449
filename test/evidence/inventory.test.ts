import { describe, expect, test } from 'vitest';
import type { Listing } from '../../src/cluster/reader.ts';
import type { KubeEvent } from '../../src/domain/kubernetes/event.ts';
import type { KubeObject } from '../../src/domain/kubernetes/object.ts';
import type { Lookup } from '../../src/domain/lookup.ts';
import { InventoryBuilder } from '../../src/evidence/inventory.ts';
import { inventoryOf } from '../../src/evidence/inventory-of.ts';

const AT = '2026-05-01T10:00:00Z';
const object = (kind: string, namespace: string | undefined, name: string, uid?: string): KubeObject => ({
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...(uid === undefined ? {} : { uid }) },
});
const listing = (items: KubeObject[], extra: Partial<Listing> = {}): Lookup<Listing> => ({
  status: 'found',
  readAt: AT,
  value: { items, truncated: false, bytes: 0, problems: [], ...extra },
});
const event = (name: string, involvedObject: KubeEvent['involvedObject'], lastTimestamp: string): KubeEvent => ({
  kind: 'Event',
  metadata: { name, namespace: involvedObject?.namespace ?? 'default' },
  ...(involvedObject === undefined ? {} : { involvedObject }),
  lastTimestamp,
});

describe('lookup', () => {
  test('says not-found only where the list was complete', () => {
    const builder = new InventoryBuilder();
    builder.add('ConfigMap', 'shop', listing([object('ConfigMap', 'shop', 'app')]));
    builder.add('Pod', 'shop', listing([object('Pod', 'shop', 'a')], { truncated: true }));
    builder.add('Service', 'shop', listing([], { problems: ['services.json: ends in the middle'] }));
    const inventory = builder.build(AT);
    expect(inventory.lookup('ConfigMap', 'shop', 'app').status).toBe('found');
    expect(inventory.lookup('ConfigMap', 'shop', 'gone')).toEqual({ status: 'not-found', readAt: AT });
    expect(inventory.lookup('ConfigMap', 'other', 'app')).toMatchObject({ status: 'not-collected', needs: 'list configmaps in other' });
    expect(inventory.lookup('Pod', 'shop', 'a').status).toBe('found');
    expect(inventory.lookup('Pod', 'shop', 'b')).toMatchObject({ status: 'not-collected', needs: 'a higher limit, or a narrower scope' });
    expect(inventory.lookup('Service', 'shop', 'web')).toMatchObject({ status: 'not-collected', reason: 'services.json: ends in the middle' });
    expect(inventory.gaps.map(({ what, why }) => `${what}: ${why}`)).toEqual(['pods in shop: truncated', 'services in shop: unreadable']);
  });

  test('keeps what a refusal and a missing file would need', () => {
    const builder = new InventoryBuilder();
    builder.add('Secret', 'shop', { status: 'forbidden', needs: 'list secrets in shop' });
    builder.add('Ingress', 'shop', { status: 'not-collected', needs: 'shop/ingresses.json in the dump' });
    builder.add('CSIDriver', undefined, { status: 'not-collected', needs: 'csidrivers.json in the dump' }, { minor: true });
    const inventory = builder.build(AT);
    expect(inventory.lookup('Secret', 'shop', 'db')).toEqual({ status: 'forbidden', needs: 'list secrets in shop' });
    expect(inventory.lookup('Ingress', 'shop', 'web')).toMatchObject({ status: 'not-collected', needs: 'shop/ingresses.json in the dump' });
    expect(inventory.lookup('CSIDriver', undefined, 'd').status).toBe('not-collected');
    expect(inventory.gaps.map(({ what }) => what)).toEqual(['secrets in shop', 'ingresses in shop']);
    expect(inventory.coverage).toContainEqual({ kind: 'csidrivers', namespace: null, state: 'not-collected', items: 0 });
  });

  test('a damaged file of a kind on which little depends is a gap all the same', () => {
    const builder = new InventoryBuilder();
    const damaged = { status: 'not-collected', needs: 'a complete csidrivers.json', reason: 'csidrivers.json: it is not valid JSON' } as const;
    expect(builder.add('CSIDriver', undefined, damaged, { minor: true }).gap).toMatchObject({ what: 'csidrivers', detail: damaged.reason });
    expect(builder.add('CSIDriver', undefined, damaged, { told: true }).gap).toBeUndefined();
    expect(builder.build(AT).gaps).toHaveLength(1);
  });

  test('a list of all namespaces answers for each, and a list that ended in 404 proves that there are none', () => {
    const builder = new InventoryBuilder();
    builder.add('Pod', undefined, listing([object('Pod', 'shop', 'a')]));
    builder.add('Ingress', 'shop', { status: 'not-found', readAt: AT });
    const inventory = builder.build(AT);
    expect(inventory.lookup('Pod', 'elsewhere', 'a').status).toBe('not-found');
    expect(inventory.covers('Pod', 'shop')).toBe(true);
    expect(inventory.covers('Ingress', 'shop')).toBe(true);
    expect(inventory.covers('Ingress')).toBe(false);
    expect(inventory.lookup('Ingress', 'shop', 'web').status).toBe('not-found');
  });

  test('a direct read answers where the list could not', () => {
    const builder = new InventoryBuilder();
    builder.add('ConfigMap', 'shop', { status: 'forbidden', needs: 'list configmaps in shop' });
    builder.addObject('ConfigMap', 'shop', 'gone', { status: 'not-found', readAt: AT });
    builder.addObject('ConfigMap', 'shop', 'here', { status: 'found', readAt: AT, value: object('ConfigMap', 'shop', 'here') });
    builder.addObject('ConfigMap', 'shop', 'hidden', { status: 'forbidden', needs: 'get configmaps in shop' });
    const inventory = builder.build(AT);
    expect(inventory.lookup('ConfigMap', 'shop', 'gone').status).toBe('not-found');
    expect(inventory.lookup('ConfigMap', 'shop', 'here')).toMatchObject({ status: 'found', readAt: AT });
    expect(inventory.lookup('ConfigMap', 'shop', 'hidden')).toEqual({ status: 'forbidden', needs: 'get configmaps in shop' });
    expect(inventory.lookup('ConfigMap', 'shop', 'unasked')).toEqual({ status: 'forbidden', needs: 'list configmaps in shop' });
  });

  test('a list with a selector proves no absence, and a better list is not undone by a worse', () => {
    const builder = new InventoryBuilder();
    builder.add('Event', 'default', listing([object('Event', 'default', 'e1')]), { partial: true });
    builder.add('Node', undefined, listing([object('Node', undefined, 'n1')]));
    builder.add('Node', undefined, { status: 'forbidden', needs: 'list nodes' });
    const inventory = builder.build(AT);
    expect(inventory.covers('Event', 'default')).toBe(false);
    expect(inventory.list('Event')).toHaveLength(1);
    expect(inventory.lookup('Node', undefined, 'n2').status).toBe('not-found');
  });
});

describe('what was built', () => {
  test('does not change when the builder goes on', () => {
    const builder = new InventoryBuilder();
    builder.add('Pod', 'shop', listing([object('Pod', 'shop', 'a')]));
    const first = builder.build(AT);
    builder.add('Pod', 'pay', listing([object('Pod', 'pay', 'b')]));
    expect(first.list('Pod')).toHaveLength(1);
    expect(first.namespaces).toEqual(['shop']);
    expect(builder.build(AT).list('Pod', 'pay')).toHaveLength(1);
    expect(builder.build(AT).namespaces).toEqual(['pay', 'shop']);
  });

  test('holds the later of two readings of one object, and each log once', () => {
    const builder = new InventoryBuilder();
    builder.add('Node', undefined, listing([object('Node', undefined, 'n1', 'old')]));
    builder.add('Node', undefined, listing([object('Node', undefined, 'n1', 'new')]));
    const log = { namespace: 'shop', pod: 'a', container: 'app', lines: 1, bytes: 1, truncated: false, readAt: AT };
    const mined = { fatal: null, deepestCause: null, causes: [], templates: [], endpoints: [], tail: [], errors: [] };
    builder.addLogs({ ...log, ...mined, previous: false });
    builder.addLogs({ ...log, ...mined, previous: true });
    builder.addLogs({ ...log, ...mined, previous: true, lines: 2 });
    const inventory = builder.build(AT);
    expect(inventory.list('Node').map(({ metadata }) => metadata.uid)).toEqual(['new']);
    expect(inventory.logsOf('shop', 'a', 'app').map(({ previous, lines }) => [previous, lines])).toEqual([
      [false, 1],
      [true, 2],
    ]);
    expect(inventory.logsOf('shop', 'b', 'app')).toEqual([]);
  });
});

describe('events of an object', () => {
  const pod = object('Pod', 'shop', 'web-0', 'uid-2');
  const about = (uid?: string) => ({ kind: 'Pod', namespace: 'shop', name: 'web-0', ...(uid === undefined ? {} : { uid }) });

  test('are those of its uid or without one, newest first; not those of a predecessor of the same name', () => {
    const inventory = inventoryOf([
      pod,
      event('e1', about('uid-2'), '2026-01-01T11:00:00Z'),
      event('e2', about('uid-1'), '2026-01-01T11:30:00Z'),
      event('e3', about(), '2026-01-01T11:45:00Z'),
      event('e4', { ...about('uid-2'), namespace: 'pay' }, '2026-01-01T11:50:00Z'),
    ]);
    expect(inventory.eventsOf(pod).map(({ metadata }) => metadata.name)).toEqual(['e3', 'e1']);
    expect(inventory.eventsOf(object('Pod', 'shop', 'web-0'))).toHaveLength(3);
  });

  test('of a node are found under its name as uid, those of a static pod under the hash of its file', () => {
    const node = object('Node', undefined, 'n1', 'real-uid');
    const mirror: KubeObject = {
      kind: 'Pod',
      metadata: { name: 'etcd-n1', namespace: 'kube-system', uid: 'm', annotations: { 'kubernetes.io/config.hash': 'h' } },
    };
    const inventory = inventoryOf([
      node,
      mirror,
      event('e1', { kind: 'Node', name: 'n1', uid: 'n1' }, AT),
      event('e2', { kind: 'Pod', namespace: 'kube-system', name: 'etcd-n1', uid: 'h' }, AT),
    ]);
    expect(inventory.eventsOf(node)).toHaveLength(1);
    expect(inventory.eventsOf(mirror)).toHaveLength(1);
  });
});

test('an inventory of literals covers every kind, but for those that are taken out', () => {
  const inventory = inventoryOf([object('ConfigMap', 'shop', 'app')], { notCollected: ['Service'], forbidden: ['ConfigMap'] });
  expect(inventory.lookup('Pod', 'shop', 'a').status).toBe('not-found');
  expect(inventory.lookup('Service', 'shop', 'a').status).toBe('not-collected');
  expect(inventory.lookup('ConfigMap', 'shop', 'app').status).toBe('found');
  expect(inventory.lookup('ConfigMap', 'shop', 'b')).toEqual({ status: 'forbidden', needs: 'list configmaps' });
});
