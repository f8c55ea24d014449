import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sqliteParts } from '../../../../src/store/sqlite/sqlite-parts.ts';
import { SqliteRepository } from '../../../../src/store/sqlite/sqlite-repository.ts';
import { StoreWriter } from '../../../../src/store/sqlite/writer/store-writer.ts';

const OWNER = { host: hostname(), pid: process.pid };
const THREAD = new URL('../../../../src/store-thread.ts', import.meta.url);
const incident = (n: number) => ({ incidentId: `inc-${n}`, description: 'x', createdAt: '2026-01-31T10:00:00.000Z' });

function opened(entry: URL) {
  const folder = mkdtempSync(join(tmpdir(), 'store-writer-'));
  const path = join(folder, 'incidents.db');
  const here = new SqliteRepository({ path, owner: OWNER, now: new Date() });
  const writer = new StoreWriter(entry, { path, owner: OWNER });
  return {
    here,
    ...writer.writing(sqliteParts(here, OWNER)),
    async [Symbol.asyncDispose]() {
      await writer[Symbol.asyncDispose]();
      await here[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
}

test('while something is written that waits for its turn, others are read', async () => {
  await using store = opened(THREAD);
  await store.incidents.create(incident(1));
  store.here.connection.run('BEGIN IMMEDIATE');
  const writing = store.incidents.create(incident(2));
  expect(await store.incidents.list({})).toHaveLength(1);
  store.here.connection.run('COMMIT');
  await writing;
  expect(await store.incidents.list({})).toHaveLength(2);
});

test('what is asked for at once is done in its order, and what is refused says why', async () => {
  await using store = opened(THREAD);
  const job = { request: { incidentId: '', description: 'x' }, source: null, context: null, idempotencyKey: null, carried: null, maxWaiting: 2 };
  const answers = await Promise.allSettled([1, 2, 3].map((n) => store.queue.enqueue({ ...incident(n), ...job })));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect(answers[2]).toMatchObject({ reason: { code: 'QUEUE_FULL', details: { waiting: 2 } } });
  await expect(store.incidents.create(incident(1))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
});

test('a thread that ends fails what it was asked, and the next call has another', async () => {
  const dying = `
    const { parentPort } = await import('node:worker_threads');
    parentPort.on('message', ({ id, args }) => (args[0].incidentId === 'inc-1' ? process.exit(1) : parentPort.postMessage({ id, value: 'done' })));`;
  const writer = new StoreWriter(new URL(`data:text/javascript,${encodeURIComponent(dying)}`), { path: 'incidents.db', owner: OWNER });
  await using here = new SqliteRepository({ path: ':memory:', owner: OWNER, now: new Date() });
  const { incidents } = writer.writing(sqliteParts(here, OWNER));
  await expect(incidents.create(incident(1))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  expect(await incidents.create(incident(2))).toBe('done');
});
