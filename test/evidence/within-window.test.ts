import { expect, test } from 'vitest';
import type { KubeEvent } from '../../src/domain/kubernetes/event.ts';
import { inventoryOf } from '../../src/evidence/inventory-of.ts';
import { withinWindow } from '../../src/evidence/within-window.ts';

const pod = { kind: 'Pod', metadata: { name: 'checkout-1', namespace: 'shop', uid: 'u1' } };
const event = (name: string, first: string | null, last: string | null): KubeEvent => ({
  kind: 'Event',
  metadata: { name, namespace: 'shop' },
  firstTimestamp: first,
  lastTimestamp: last,
  involvedObject: { kind: 'Pod', namespace: 'shop', name: 'checkout-1', uid: 'u1' },
});
const inventory = inventoryOf(
  [
    pod,
    event('over', '2026-01-31T08:00:00Z', '2026-01-31T08:10:00Z'),
    event('during', '2026-01-31T08:00:00Z', '2026-01-31T10:30:00Z'),
    event('later', '2026-01-31T11:30:00Z', '2026-01-31T11:40:00Z'),
    event('timeless', null, null),
  ],
  { asOf: '2026-01-31T12:00:00Z' },
);
const names = (events: readonly KubeEvent[]): string[] => events.map(({ metadata }) => metadata.name).sort();

test('events that were over before the window or began after it are left out', () => {
  const within = withinWindow(inventory, { since: '2026-01-31T10:00:00Z', until: '2026-01-31T11:00:00Z' });
  expect(names(within.eventsOf(pod))).toEqual(['during', 'timeless']);
  expect(names(within.list('Event', 'shop'))).toEqual(['during', 'timeless']);
  expect(within.list('Pod', 'shop')).toHaveLength(1);
  expect(within.lookup('Pod', 'shop', 'checkout-1').status).toBe('found');
});

test('ages are measured against the end of the window, never against a time after the reading', () => {
  expect(withinWindow(inventory, { since: null, until: '2026-01-31T11:00:00Z' }).asOf).toBe('2026-01-31T11:00:00.000Z');
  expect(withinWindow(inventory, { since: null, until: '2026-02-01T00:00:00Z' }).asOf).toBe('2026-01-31T12:00:00Z');
});

test('no window changes nothing', () => expect(withinWindow(inventory, { since: null, until: null })).toBe(inventory));
