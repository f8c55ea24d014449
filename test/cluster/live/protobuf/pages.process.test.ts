import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openLiveReader } from '../../../../src/cluster/live/open-live-reader.ts';
import type { ListOptions } from '../../../../src/cluster/reader.ts';
import { type ClusterFixture, SHOP } from '../../fixture.ts';
import { type FakeOptions, openFakeApiServer } from '../fake-api-server.ts';

const PROTOBUF = readFileSync(join(import.meta.dirname, '../../../fixtures/protobuf/events.pb'));
const PATH = '/api/v1/namespaces/many/events';
const ANY = /application\/vnd\.kubernetes\.protobuf, application\/json/;

const MANY: ClusterFixture = {
  ...SHOP,
  objects: Array.from({ length: 8 }, (_, index) => ({ apiVersion: 'v1', kind: 'Event', metadata: { name: `event-${index}`, namespace: 'many' } })),
};

/** What was asked for in which form, and what came of it. */
async function listed(options: ListOptions, fault?: FakeOptions['fault']) {
  await using server = await openFakeApiServer({ fixture: MANY, ...(fault === undefined ? {} : { fault }) });
  await using reader = await openLiveReader({ kubeconfig: server.kubeconfig, env: {} });
  const lookup = await reader.list('Event', { namespace: 'many', pageSize: 4, ...options }, new AbortController().signal);
  const pages = server.requests.filter(({ path }) => path === PATH).map(({ headers }) => headers.accept ?? '');
  return { pages, listing: lookup.status === 'found' ? lookup.value : undefined };
}

describe('a list that goes on', () => {
  test('is asked for in protobuf from its second page on, where managedFields are not needed', async () => {
    const { pages, listing } = await listed({ withoutManagedFields: true }, ({ path, query }) =>
      path === PATH && query.has('continue') ? { status: 200, body: PROTOBUF } : undefined,
    );
    expect(pages[0]).toBe('application/json');
    expect(pages[1]).toMatch(ANY);
    expect(listing?.items[4]).toMatchObject({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { namespace: 'billing' },
      involvedObject: { kind: expect.any(String) },
    });
  });

  test('is read all the same where JSON comes', async () => {
    const { pages, listing } = await listed({ withoutManagedFields: true });
    expect(pages[1]).toMatch(ANY);
    expect(listing).toMatchObject({ truncated: false, items: { length: 8 } });
  });

  test('is asked for in JSON where managedFields are needed', async () => {
    const { pages } = await listed({});
    expect(new Set(pages)).toEqual(new Set(['application/json']));
  });

  test('is kept as far as it came when a page is garbled', async () => {
    const { listing } = await listed({ withoutManagedFields: true }, ({ path, query }) =>
      path === PATH && query.has('continue') ? { status: 200, body: PROTOBUF.subarray(0, 2000) } : undefined,
    );
    expect(listing).toMatchObject({ truncated: true, items: { length: 4 }, problems: [expect.stringMatching(/broke off after 4 items/)] });
  });
});
