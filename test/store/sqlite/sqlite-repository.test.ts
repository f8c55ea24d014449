import { mkdtempSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SqliteJobs } from '../../../src/store/sqlite/sqlite-jobs.ts';
import { SqliteRepository } from '../../../src/store/sqlite/sqlite-repository.ts';
import { whereOf } from '../../../src/store/sqlite/where-of.ts';

const NOW = new Date('2026-01-31T10:00:00Z');
const ME = { host: hostname(), pid: process.pid };
const incident = { incidentId: 'inc-0000000001', description: 'checkout is failing', createdAt: NOW.toISOString() };

const aPath = (): string => join(mkdtempSync(join(tmpdir(), 'store-')), 'data', 'incidents.db');
const open = (path = aPath(), owner = ME): SqliteRepository => new SqliteRepository({ path, owner, now: NOW });

describe('the store', () => {
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

test('work that a store which failed kept from being ended is begun again by the same process', async () => {
  await using store = open();
  const queue = new SqliteJobs(store.connection, ME);
  const request = { incidentId: incident.incidentId, description: 'x' };
  await queue.enqueue({ ...incident, request, source: null, context: null, idempotencyKey: null, carried: null, maxWaiting: 9 });
  await queue.take();
  expect(await queue.takeOver(NOW.toISOString())).toBe(0);
  await queue.beat([]);
  expect(await queue.takeOver(NOW.toISOString())).toBe(1);
});

test.each([
  "SELECT count(*) FROM incidents WHERE status = 'pending'",
  "SELECT incident_id FROM incidents WHERE status = 'pending' ORDER BY created_at, rowid LIMIT 1",
  "SELECT owner FROM incidents WHERE status = 'investigating' AND request IS NOT NULL",
  `SELECT title FROM incidents ${whereOf({ status: 'completed' }).where} ORDER BY created_at DESC, rowid DESC`,
])('what has ended is not read to find what has not, nor sorted: %s', async (sql) => {
  await using store = open();
  const plan = store.connection.all(`EXPLAIN QUERY PLAN ${sql}`).map(({ detail }) => detail);
  expect(plan).toEqual([expect.stringMatching(/^SEARCH incidents USING (COVERING )?INDEX incidents_by_status \(status=\?\)$/)]);
});
