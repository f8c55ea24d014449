import { mkdtempSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SqliteRepository } from '../../../src/store/sqlite/sqlite-repository.ts';
import { aReport } from '../../fixtures/report.ts';

const NOW = new Date('2026-01-31T10:00:00Z');
const ME = { host: hostname(), pid: process.pid };
const incident = { incidentId: 'inc-0000000001', description: 'checkout is failing', createdAt: NOW.toISOString() };

const aPath = (): string => join(mkdtempSync(join(tmpdir(), 'store-')), 'data', 'incidents.db');
const open = (path = aPath(), owner = ME): SqliteRepository => new SqliteRepository({ path, owner, now: NOW });

describe('the store', () => {
  test('gives back what was kept, to another reader at the same time', async () => {
    const path = aPath();
    await using store = open(path);
    await using other = open(path);
    await store.create(incident);
    expect(await other.list({})).toMatchObject([{ incident_id: 'inc-0000000001', status: 'investigating', verdict: null }]);
    await store.appendEvents('inc-0000000001', [{ type: 'stage-started', stage: 'entities', at: NOW.toISOString() }]);
    await store.appendEvents('inc-0000000001', [{ type: 'stage-started', stage: 'evidence', at: NOW.toISOString() }]);
    await store.complete(aReport());
    expect((await other.events('inc-0000000001')).map((event) => event.type === 'stage-started' && event.stage)).toEqual(['entities', 'evidence']);
    expect(await other.find('inc-00000')).toMatchObject({
      status: 'found',
      report: aReport(),
      incident: { title: 'Insufficient Memory', object: 'Deployment shop/checkout' },
    });
  });

  test('finds by id, prefix and `last`, and says when a prefix is not enough', async () => {
    await using store = open();
    await store.create(incident);
    await store.create({ ...incident, incidentId: 'inc-0000000002', createdAt: '2026-01-31T11:00:00Z' });
    expect(await store.find('inc-0000000001')).toMatchObject({ status: 'found' });
    expect(await store.find('0000000002')).toMatchObject({ status: 'found', incident: { incident_id: 'inc-0000000002' } });
    expect(await store.find('last')).toMatchObject({ incident: { incident_id: 'inc-0000000002' } });
    expect(await store.find('inc-0')).toEqual({ status: 'ambiguous', candidates: ['inc-0000000001', 'inc-0000000002'] });
    expect(await store.find('inc-f')).toEqual({ status: 'not-found' });
    expect(await store.find('%')).toEqual({ status: 'not-found' });
  });

  test('lists newest first, by status, namespace and number', async () => {
    await using store = open();
    for (const [n, hour] of [
      ['1', '10'],
      ['2', '12'],
      ['3', '11'],
    ])
      await store.create({ ...incident, incidentId: `inc-000000000${n}`, createdAt: `2026-01-31T${hour}:00:00Z` });
    await store.complete(aReport({ incident_id: 'inc-0000000003' }));
    await store.fail('inc-0000000001', 'no cluster', NOW.toISOString());
    expect((await store.list({})).map((row) => row.incident_id)).toEqual(['inc-0000000002', 'inc-0000000003', 'inc-0000000001']);
    expect(await store.list({ limit: 1 })).toHaveLength(1);
    expect((await store.list({ namespace: 'shop' })).map((row) => row.incident_id)).toEqual(['inc-0000000003']);
    expect(await store.list({ status: 'failed' })).toMatchObject([{ error_message: 'no cluster' }]);
  });

  test('a run whose process is gone is shown as interrupted', async () => {
    const path = aPath();
    await using dead = open(path, { host: hostname(), pid: 2 ** 22 + 1 });
    await dead.create(incident);
    await using store = open(path);
    expect(await store.list({})).toMatchObject([{ status: 'interrupted', error_message: expect.stringContaining('ended before') }]);
    expect(await store.list({ status: 'interrupted' })).toHaveLength(1);
  });

  test('a run on another machine is not called dead', async () => {
    const path = aPath();
    await using elsewhere = open(path, { host: 'another-machine', pid: 2 ** 22 + 1 });
    await elsewhere.create(incident);
    await using store = open(path);
    expect(await store.list({})).toMatchObject([{ status: 'investigating' }]);
  });

  test('a damaged file is kept aside and a new one begun', async () => {
    const path = aPath();
    await open(path)[Symbol.asyncDispose]();
    writeFileSync(path, 'this is no database at all, but longer than a header of one hundred bytes would ever be, or so one hopes');
    await using store = open(path);
    expect(store.notices).toMatchObject([expect.stringContaining('.corrupt-2026-01-31')]);
    await store.create(incident);
    expect(readdirSync(join(path, '..')).filter((name) => name.includes('.corrupt-')).length).toBeGreaterThan(0);
  });

  test('damage deep in the file is found when it is opened', async () => {
    const path = aPath();
    {
      await using store = open(path);
      for (let n = 0; n < 200; n += 1) await store.create({ ...incident, incidentId: `inc-${n}`, description: 'x'.repeat(500) });
    }
    truncateSync(path, 8192);
    await using store = open(path);
    expect(store.notices).toHaveLength(1);
  });

  test('only its owner may read the folder', async () => {
    const path = aPath();
    await open(path)[Symbol.asyncDispose]();
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  });

  test('a folder that cannot be made is named', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'store-')), 'file');
    writeFileSync(file, '');
    expect(() => open(join(file, 'incidents.db'))).toThrow(expect.objectContaining({ code: 'STORE_UNAVAILABLE' }));
  });
});

test('vectors are kept by model and key', async () => {
  const path = aPath();
  await using store = open(path);
  await store.keepVectors(
    'm',
    new Map([
      ['a', [1, 0.5]],
      ['b', [0, -2]],
    ]),
  );
  await store.keepVectors('m', new Map([['a', [3, 4]]]));
  await using other = open(path);
  expect(await other.vectors('m', ['a', 'c'])).toEqual(new Map([['a', [3, 4]]]));
  expect(await other.vectors('another', ['a'])).toEqual(new Map());
});
