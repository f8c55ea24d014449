import { mkdtempSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { NewJob } from '../../../src/store/job-queue.ts';
import { SqliteJobs } from '../../../src/store/sqlite/sqlite-jobs.ts';
import { SqliteRepository } from '../../../src/store/sqlite/sqlite-repository.ts';
import { aReport } from '../../fixtures/report.ts';

const AT = '2026-01-31T10:00:00.000Z';
const GONE = { host: hostname(), pid: 2 ** 22 + 1 };
const ME = { host: hostname(), pid: process.pid };
const job = (n: number): NewJob => {
  const incidentId = `inc-000000000${n}`;
  return { incidentId, description: 'x', createdAt: AT, request: { incidentId, description: 'x' }, source: null, context: null, idempotencyKey: null };
};

function open(): { store: SqliteRepository; jobsOf: (owner: typeof ME) => SqliteJobs } {
  const store = new SqliteRepository({ path: join(mkdtempSync(join(tmpdir(), 'jobs-')), 'incidents.db'), owner: ME, now: new Date(AT) });
  return { store, jobsOf: (owner) => new SqliteJobs(store.connection, owner) };
}

describe('the queue', () => {
  test('gives out each job once, the oldest first', async () => {
    const { jobsOf } = open();
    const [one, other] = [jobsOf(ME), jobsOf(ME)];
    for (const n of [1, 2, 3]) await one.enqueue(job(n));
    expect([await one.take(), await other.take(), await one.take(), await other.take()].map((taken) => taken?.request.incidentId)).toEqual([
      'inc-0000000001',
      'inc-0000000002',
      'inc-0000000003',
      undefined,
    ]);
  });

  test('work of a process that is gone waits again; what was begun twice has failed with the reason', async () => {
    const { store, jobsOf } = open();
    const [gone, mine] = [jobsOf(GONE), jobsOf(ME)];
    await gone.enqueue(job(1));
    await gone.take();
    expect([await mine.takeOver(AT), await mine.waiting()]).toEqual([1, 1]);
    await gone.take();
    expect([await mine.takeOver(AT), await mine.waiting()]).toEqual([0, 0]);
    expect(await store.find('inc-0000000001')).toMatchObject({
      incident: { status: 'failed', error_message: 'The server ended while it investigated, 2 times.' },
    });
  });

  test('work of a process that goes on is left to it, and what a terminal investigates is nobody’s job', async () => {
    const { store, jobsOf } = open();
    const mine = jobsOf(ME);
    await mine.enqueue(job(1));
    await mine.take();
    await store.create({ incidentId: 'inc-0000000002', description: 'asked on a terminal', createdAt: AT });
    expect([await jobsOf(ME).takeOver(AT), await mine.job('inc-0000000002')]).toEqual([0, undefined]);
  });

  test('what is given back does not count as begun', async () => {
    const { jobsOf } = open();
    const jobs = jobsOf(ME);
    await jobs.enqueue(job(1));
    for (let n = 0; n < 5; n += 1) {
      expect((await jobs.take())?.attempts).toBe(1);
      await jobs.giveBack('inc-0000000001');
    }
  });

  test('an incident gets one report', async () => {
    const { store, jobsOf } = open();
    const jobs = jobsOf(ME);
    await jobs.enqueue(job(1));
    await jobs.take();
    await store.complete(aReport({ completed_at: AT }));
    await store.complete(aReport({ verdict: 'undetermined' }));
    await store.fail('inc-0000000001', 'too late', AT);
    expect(await store.find('inc-0000000001')).toMatchObject({ incident: { status: 'completed', verdict: 'root-cause-found' } });
  });
});
