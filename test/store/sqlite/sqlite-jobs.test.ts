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
  test('gives out each job once, the oldest first', () => {
    const { jobsOf } = open();
    const [one, other] = [jobsOf(ME), jobsOf(ME)];
    for (const n of [1, 2, 3]) one.enqueue(job(n));
    expect([one.take(), other.take(), one.take(), other.take()].map((taken) => taken?.request.incidentId)).toEqual([
      'inc-0000000001',
      'inc-0000000002',
      'inc-0000000003',
      undefined,
    ]);
  });

  test('work of a process that is gone waits again; what was begun twice has failed with the reason', () => {
    const { store, jobsOf } = open();
    const [gone, mine] = [jobsOf(GONE), jobsOf(ME)];
    gone.enqueue(job(1));
    gone.take();
    expect([mine.takeOver(AT), mine.waiting()]).toEqual([1, 1]);
    gone.take();
    expect([mine.takeOver(AT), mine.waiting()]).toEqual([0, 0]);
    expect(store.find('inc-0000000001')).toMatchObject({ incident: { status: 'failed', error_message: 'The server ended while it investigated, 2 times.' } });
  });

  test('work of a process that goes on is left to it, and what a terminal investigates is nobody’s job', () => {
    const { store, jobsOf } = open();
    const mine = jobsOf(ME);
    mine.enqueue(job(1));
    mine.take();
    store.create({ incidentId: 'inc-0000000002', description: 'asked on a terminal', createdAt: AT });
    expect([jobsOf(ME).takeOver(AT), mine.job('inc-0000000002')]).toEqual([0, undefined]);
  });

  test('what is given back does not count as begun', () => {
    const { jobsOf } = open();
    const jobs = jobsOf(ME);
    jobs.enqueue(job(1));
    for (let n = 0; n < 5; n += 1) {
      expect(jobs.take()?.attempts).toBe(1);
      jobs.giveBack('inc-0000000001');
    }
  });

  test('an incident gets one report', () => {
    const { store, jobsOf } = open();
    const jobs = jobsOf(ME);
    jobs.enqueue(job(1));
    jobs.take();
    store.complete(aReport({ completed_at: AT }));
    store.complete(aReport({ verdict: 'undetermined' }));
    store.fail('inc-0000000001', 'too late', AT);
    expect(store.find('inc-0000000001')).toMatchObject({ incident: { status: 'completed', verdict: 'root-cause-found' } });
  });
});
