import { describe, expect, test } from 'vitest';
import { localClient } from '../../src/client/local.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { InvestigationEvent } from '../../src/domain/investigation-event.ts';
import { type CodedError, coded } from '../../src/errors/coded-error.ts';
import type { FoundIncident, IncidentRepository, NewIncident } from '../../src/store/incident-repository.ts';
import { keptIncident } from '../../src/store/kept-incident.ts';
import { aReport } from '../fixtures/report.ts';

const NOW = new Date('2026-01-31T10:00:00Z');
const report = aReport();
const stage = (name: string): InvestigationEvent => ({ type: 'stage-started', stage: name, at: NOW.toISOString() });
const started: InvestigationEvent = {
  type: 'investigation-started',
  incident_id: report.incident_id,
  description: 'the redacted words',
  created_at: NOW.toISOString(),
  target: report.target,
  engine_version: '0.0.0',
};
const EVENTS: readonly InvestigationEvent[] = [started, stage('entities'), stage('evidence'), { type: 'report-completed', report }];
const request = { incidentId: report.incident_id, description: 'the words themselves' };

/** A store in memory that writes down what it is asked for, and fails where it is told to. */
class MemoryStore implements IncidentRepository {
  readonly calls: string[] = [];
  readonly created: NewIncident[] = [];
  readonly notices = [];
  readonly failsAt: string | undefined;
  found: FoundIncident = { status: 'not-found' };

  constructor(failsAt?: string) {
    this.failsAt = failsAt;
  }

  async create(incident: NewIncident): Promise<void> {
    this.#note('create');
    this.created.push(incident);
  }
  async appendEvents(_: string, events: readonly InvestigationEvent[]): Promise<void> {
    this.#note(`append ${events.length}`);
  }
  async complete(): Promise<void> {
    this.#note('complete');
  }
  async fail(_: string, message: string): Promise<void> {
    this.#note(`fail: ${message}`);
  }
  async cancelAsked(): Promise<boolean> {
    return false;
  }
  async find(): Promise<FoundIncident> {
    return this.found;
  }
  async events(): Promise<readonly InvestigationEvent[]> {
    return [];
  }
  async list(): Promise<[]> {
    return [];
  }
  async [Symbol.asyncDispose](): Promise<void> {}

  #note(call: string): void {
    this.calls.push(call);
    if (this.failsAt !== undefined && call.startsWith(this.failsAt)) throw coded('STORE_FULL', { path: '/full' });
  }
}

async function* play(events: readonly InvestigationEvent[], error?: Error): AsyncGenerator<InvestigationEvent> {
  for (const event of events) yield await Promise.resolve(event);
  if (error !== undefined) throw error;
}

async function run(
  store: IncidentRepository | undefined,
  events = EVENTS,
  error?: Error,
): Promise<{ seen: InvestigationEvent[]; warnings: CodedError[]; thrown: unknown }> {
  const warnings: CodedError[] = [];
  const seen: InvestigationEvent[] = [];
  const client = localClient({ investigate: () => play(events, error), store, now: () => NOW, onStoreError: (warning) => warnings.push(warning) });
  try {
    for await (const event of client.investigate(request, new AbortController().signal)) seen.push(event);
  } catch (thrown) {
    return { seen, warnings, thrown };
  }
  return { seen, warnings, thrown: undefined };
}

describe('an investigation in this process', () => {
  test('is in the store before its first event is handed out, in the words that passed the redactor', async () => {
    const store = new MemoryStore();
    const client = localClient({ investigate: () => play(EVENTS), store, now: () => NOW, onStoreError: () => {} });
    const events = client.investigate(request, new AbortController().signal)[Symbol.asyncIterator]();
    expect((await events.next()).value).toEqual(started);
    expect(store.created).toEqual([{ incidentId: report.incident_id, description: 'the redacted words', createdAt: NOW.toISOString() }]);
  });

  test('keeps its events in batches, and its report last', async () => {
    const store = new MemoryStore();
    expect(await run(store)).toMatchObject({ seen: EVENTS, warnings: [] });
    expect(store.calls).toEqual(['create', 'append 3', 'complete']);
  });

  test.each(['create', 'append', 'complete'])('whose store fails to %s: every event still comes, the failure is told once', async (call) => {
    const store = new MemoryStore(call);
    const { seen, warnings, thrown } = await run(store);
    expect(seen).toEqual(EVENTS);
    expect(warnings.map(({ code }) => code)).toEqual(['STORE_FULL']);
    expect(thrown).toBeUndefined();
    // A store that failed once is not asked again.
    expect(store.calls.at(-1)).toMatch(new RegExp(`^${call}`));
  });

  test('that throws is kept as failed, and the error is passed on', async () => {
    const store = new MemoryStore();
    const { thrown } = await run(store, EVENTS.slice(0, 2), coded('NAMESPACE_UNKNOWN', { name: 'shopp', near: [] }));
    expect(thrown).toMatchObject({ code: 'NAMESPACE_UNKNOWN' });
    expect(store.calls).toContain('fail: There is no namespace shopp.');
  });

  test('goes without a store', async () => {
    expect(await run(undefined)).toMatchObject({ seen: EVENTS, warnings: [], thrown: undefined });
  });
});

describe('what is stored', () => {
  const incident = { incident_id: 'inc-1', status: 'interrupted' } as Incident;
  const ask = (found: FoundIncident): Promise<unknown> => {
    const store = new MemoryStore();
    store.found = found;
    return localClient({ investigate: () => play([]), store, now: () => NOW, onStoreError: () => {} }).report('inc');
  };

  test('is given back as it was kept', async () => {
    expect(await ask(keptIncident(incident, JSON.stringify(report)))).toEqual(report);
  });

  test.each<[FoundIncident, string]>([
    [{ status: 'not-found' }, 'INCIDENT_NOT_FOUND'],
    [{ status: 'ambiguous', candidates: ['inc-1', 'inc-2'] }, 'INCIDENT_AMBIGUOUS'],
    [keptIncident(incident, null), 'INCIDENT_WITHOUT_REPORT'],
  ])('or not: %o', async (found, code) => {
    await expect(ask(found)).rejects.toMatchObject({ code });
  });

  test('nor where it failed, and then it is said why', async () => {
    const failed = { ...incident, status: 'failed' as const, error_message: 'There is no namespace shp; near: shop.' };
    await expect(ask(keptIncident(failed, null))).rejects.toMatchObject({
      message: expect.stringMatching(/it is failed\. There is no namespace shp; near: shop\.$/),
    });
  });

  test('cannot be asked for without a store', async () => {
    const client = localClient({ investigate: () => play([]), store: undefined, now: () => NOW, onStoreError: () => {} });
    await expect(client.incidents({})).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});
