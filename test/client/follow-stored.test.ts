import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { followStored } from '../../src/client/follow-stored.ts';
import type { InvestigationEvent } from '../../src/domain/investigation-event.ts';
import { SqliteRepository } from '../../src/store/sqlite/sqlite-repository.ts';
import { aReport } from '../fixtures/report.ts';

const folder = mkdtempSync(join(tmpdir(), 'follow-'));
const open = (): SqliteRepository => new SqliteRepository({ path: join(folder, 'store.db'), owner: { pid: process.pid, host: 'here' }, now: new Date() });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const all = async (events: AsyncIterable<InvestigationEvent>): Promise<InvestigationEvent[]> => {
  const seen: InvestigationEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
};
const read = (text: string): InvestigationEvent => ({ type: 'read-completed', at: '', text, duration_ms: 1, coverage: null });

test('events that another connection adds come as they are written, the report last', async () => {
  await using writer = open();
  await using reader = open();
  const report = aReport({ incident_id: 'inc-0000000001' });
  await writer.create({ incidentId: report.incident_id, description: 'x', createdAt: '2026-01-31T10:00:00Z' });
  await writer.appendEvents(report.incident_id, [read('pods')]);
  const seen: string[] = [];
  for await (const event of followStored(reader, 'last', new AbortController().signal)) {
    seen.push(event.type === 'read-completed' ? event.text : event.type);
    if (seen.length === 1) await writer.appendEvents(report.incident_id, [read('events'), read('logs')]);
    if (seen.length === 3) await writer.complete(report);
  }
  expect(seen).toEqual(['pods', 'events', 'logs', 'report-completed']);
});

test('a run that failed ends the events; one that goes on ends when nobody follows any more', async () => {
  await using store = open();
  await store.create({ incidentId: 'inc-0000000002', description: 'x', createdAt: '2026-01-31T10:00:00Z' });
  const stop = new AbortController();
  const going = all(followStored(store, 'inc-0000000002', stop.signal));
  stop.abort();
  expect(await going).toEqual([]);
  await store.fail('inc-0000000002', 'broken', '2026-01-31T10:00:01Z');
  expect(await all(followStored(store, 'inc-0000000002', new AbortController().signal))).toEqual([]);
});
