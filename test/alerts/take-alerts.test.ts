import { mkdtempSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { IncomingAlert } from '../../src/alerts/alert.ts';
import { type AlertsTaken, takeAlerts } from '../../src/alerts/take-alerts.ts';
import type { InvestigationRequest } from '../../src/domain/investigation-request.ts';
import { coded } from '../../src/errors/coded-error.ts';
import { SqliteRecords } from '../../src/store/sqlite/sqlite-records.ts';
import { SqliteRepository } from '../../src/store/sqlite/sqlite-repository.ts';

const START = Date.parse('2026-01-31T10:00:00.000Z');
const alert = (fingerprint: string, namespace: string | undefined, more: Partial<IncomingAlert> = {}): IncomingAlert => ({
  fingerprint,
  isFiring: true,
  name: 'PodCrashLooping',
  namespace,
  objects: ['pod checkout-1'],
  summary: undefined,
  startedAt: new Date(START).toISOString(),
  endedAt: null,
  ...more,
});
const over = (fingerprint: string, namespace: string) => alert(fingerprint, namespace, { isFiring: false });

/** An intake over a store of its own, with a clock that is set by hand. */
function intake({ gathers = true } = {}) {
  const path = join(mkdtempSync(join(tmpdir(), 'alerts-')), 'incidents.db');
  const { connection } = new SqliteRepository({ path, owner: { host: hostname(), pid: process.pid }, now: new Date() });
  const opened = new Map<string, InvestigationRequest>();
  const state = { minutes: 0, isFull: false, ids: 0 };
  const take = (...alerts: IncomingAlert[]): Promise<AlertsTaken> =>
    takeAlerts(alerts, {
      records: new SqliteRecords(connection),
      now: () => new Date(START + state.minutes * 60_000),
      newIncidentId: () => `inc-${++state.ids}`,
      redact: (text) => text,
      gathers,
      open: async (request) => {
        if (state.isFull) throw coded('QUEUE_FULL', { waiting: 1 });
        if (opened.has(request.incidentId)) return false;
        opened.set(request.incidentId, request);
        return true;
      },
    });
  return { take, opened, state };
}

describe('alerts that come in', () => {
  test('of one namespace are one incident, asked in words that name what they are about', async () => {
    const { take, opened } = intake();
    const taken = await take(alert('a', 'shop'), alert('b', 'shop', { name: 'HighErrorRate', objects: ['deployment checkout'] }), alert('c', 'orders'));
    expect(taken).toMatchObject({ opened: ['inc-1', 'inc-2'], known: 0 });
    expect(opened.get('inc-1')).toEqual({
      incidentId: 'inc-1',
      namespace: 'shop',
      description: 'PodCrashLooping of pod checkout-1, HighErrorRate of deployment checkout in shop',
    });
  });

  test('told again they count, and one that joins within the quarter of an hour opens nothing', async () => {
    const { take, opened, state } = intake();
    await take(alert('a', 'shop'));
    state.minutes = 5;
    expect(await take(alert('a', 'shop'), alert('b', 'shop'))).toEqual({ incidents: ['inc-1'], opened: [], known: 1, resolved: 0 });
    expect(opened.size).toBe(1);
  });

  test('one that still fires after a day opens nothing; another that begins then does', async () => {
    const { take, state } = intake();
    await take(alert('a', 'shop'));
    state.minutes = 24 * 60;
    expect((await take(alert('a', 'shop'))).opened).toEqual([]);
    expect((await take(alert('b', 'shop'))).opened).toHaveLength(1);
  });

  test('over means over: firing again much later is a new incident, a minute later it is the same', async () => {
    const { take, state } = intake();
    await take(alert('a', 'shop'));
    state.minutes = 1;
    expect(await take(over('a', 'shop'))).toMatchObject({ resolved: 1, opened: [] });
    state.minutes = 2;
    expect(await take(alert('a', 'shop'))).toMatchObject({ opened: [], known: 1 });
    state.minutes = 3;
    await take(over('a', 'shop'));
    state.minutes = 60;
    expect((await take(alert('a', 'shop'))).opened).toHaveLength(1);
    expect(await take(over('never-seen', 'shop'))).toEqual({ incidents: [], opened: [], known: 0, resolved: 0 });
  });

  test('a storm of a thousand in fifty namespaces, in one piece or in many, is a handful of incidents', async () => {
    const storm = Array.from({ length: 1_000 }, (_, n) => alert(`storm-${n}`, `team-${n % 50}`));
    const whole = intake();
    await whole.take(...storm);
    expect(whole.opened.size).toBe(6);
    expect([...whole.opened.values()].filter(({ allNamespaces }) => allNamespaces)).toHaveLength(1);
    const pieces = intake();
    for (let n = 0; n < storm.length; n += 20) await pieces.take(...storm.slice(n, n + 20));
    expect(pieces.opened.size).toBe(6);
  });

  test('of who may see some namespaces stay in them, however many there are', async () => {
    const { take, opened } = intake({ gathers: false });
    await take(...Array.from({ length: 8 }, (_, n) => alert(`a-${n}`, `team-${n}`)));
    expect([...opened.values()].map(({ namespace }) => namespace)).toEqual(Array.from({ length: 8 }, (_, n) => `team-${n}`));
  });

  test('are not closed by what another namespace calls by the same fingerprint', async () => {
    const { take } = intake();
    await take(alert('a', 'shop'));
    expect(await take(over('a', 'billing'))).toEqual({ incidents: [], opened: [], known: 0, resolved: 0 });
    expect((await take(alert('a', 'billing'))).opened).toEqual(['inc-2']);
    expect(await take(over('a', 'shop'))).toMatchObject({ incidents: ['inc-1'], resolved: 1 });
  });

  test('refused because the queue is full, they are taken when they are told again', async () => {
    const { take, state } = intake();
    state.isFull = true;
    await expect(take(alert('a', 'shop'))).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    state.isFull = false;
    expect((await take(alert('a', 'shop'))).opened).toEqual(['inc-1']);
  });
});
