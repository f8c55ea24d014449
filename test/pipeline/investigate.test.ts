import { describe, expect, test } from 'vitest';
import type { InvestigationEvent } from '../../src/domain/investigation-event.ts';
import type { InvestigationRequest } from '../../src/domain/investigation-request.ts';
import { type Report, reportSchema } from '../../src/domain/report.ts';
import { coded } from '../../src/errors/coded-error.ts';
import { investigate, STAGES } from '../../src/pipeline/investigate.ts';
import type { Dependencies } from '../../src/pipeline/run.ts';
import type { Stage } from '../../src/pipeline/stage.ts';
import { dependencies, memoryReader } from './memory-reader.ts';

const request: InvestigationRequest = { incidentId: 'inc-1', description: 'checkout is failing', namespace: 'shop' };
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };

interface Asked {
  readonly deps?: Dependencies;
  readonly request?: InvestigationRequest;
  readonly signal?: AbortSignal;
  readonly stages?: readonly Stage[];
}

async function eventsOf({ deps = dependencies(memoryReader([namespace])), request: asked = request, signal, stages }: Asked): Promise<InvestigationEvent[]> {
  const events: InvestigationEvent[] = [];
  for await (const event of investigate(asked, deps, signal ?? new AbortController().signal, stages)) events.push(event);
  return events;
}

async function reportOf(asked: Asked): Promise<Report> {
  const last = (await eventsOf(asked)).at(-1);
  if (last?.type !== 'report-completed') throw new Error(`the last event is ${last?.type}`);
  return reportSchema.parse(last.report);
}

/** The real stages, one of them replaced. */
const withStage = (name: string, run: Stage['run']): Stage[] => STAGES.map((stage) => (stage.name === name ? { name, run } : stage));
const throwing = (error: unknown): Stage['run'] =>
  async function* () {
    yield* [];
    throw error;
  };

describe('a run', () => {
  test('begins with its id, ends with its report, and tells each stage once in between', async () => {
    const events = await eventsOf({});
    expect(events[0]).toMatchObject({ type: 'investigation-started', incident_id: 'inc-1' });
    expect(events.at(-1)?.type).toBe('report-completed');
    expect(events.flatMap((event) => (event.type === 'stage-completed' ? [event.stage] : []))).toEqual(STAGES.map(({ name }) => name));
  });

  test('over a namespace in which nothing is, says that nothing is wrong there', async () => {
    const asked = await reportOf({ request: { ...request, description: 'is anything wrong?' } });
    expect(asked).toMatchObject({ status: 'completed', verdict: 'no-fault-found', root_causes: [], gaps: [], error_message: null });
  });

  test('asked about what is not there, does not call it healthy', async () => {
    expect(await reportOf({})).toMatchObject({ verdict: 'undetermined', extracted_entities: { unresolved: [{ word: 'checkout', near: [], asked: true }] } });
  });

  test('asked of a namespace that does not exist, says so instead of reporting', async () => {
    const deps = dependencies(memoryReader([namespace]));
    await expect(eventsOf({ deps, request: { ...request, namespace: 'shopp' } })).rejects.toMatchObject({
      code: 'NAMESPACE_UNKNOWN',
      details: { name: 'shopp', near: ['shop'] },
    });
  });

  test('asked of a namespace that a dump does not hold, says what it holds', async () => {
    const deps = dependencies(memoryReader([], { namespaces: ['shop'] }));
    await expect(eventsOf({ deps, request: { ...request, namespace: 'billing' } })).rejects.toMatchObject({
      code: 'NAMESPACE_NOT_COLLECTED',
      details: { name: 'billing', held: ['shop'] },
    });
  });
});

describe('a stage that fails', () => {
  test.each(STAGES.map(({ name }) => name))('%s: costs a gap, not the report', async (name) => {
    const events = await eventsOf({ stages: withStage(name, throwing(new TypeError('x is undefined'))) });
    const last = events.at(-1);
    if (last?.type !== 'report-completed') throw new Error('no report');
    expect(events.filter(({ type }) => type === 'stage-failed')).toHaveLength(1);
    expect(last.report.gaps).toContainEqual(
      expect.objectContaining({ what: `stage ${name}`, why: 'failed', detail: expect.stringContaining('x is undefined') }),
    );
    expect(reportSchema.safeParse(last.report).error).toBeUndefined();
    expect(last.report.verdict).toBe('undetermined');
  });

  test('by what only the person can mend: is said at once', async () => {
    await expect(eventsOf({ stages: withStage('evidence', throwing(coded('DESCRIPTION_EMPTY', {}))) })).rejects.toMatchObject({ code: 'DESCRIPTION_EMPTY' });
  });

  test('what it had told before stays in the report', async () => {
    const stages = withStage('follow-up', async function* () {
      yield { type: 'gap-found', gap: { what: 'logs of pod shop/a', why: 'forbidden', needs: 'get pods/log in shop' } };
      throw new Error('and then it broke');
    });
    expect((await reportOf({ stages })).gaps.map(({ what }) => what)).toEqual(['logs of pod shop/a', 'stage follow-up']);
  });
});

describe('a run that is stopped', () => {
  test('before it begins: undetermined, with what was not seen', async () => {
    const report = await reportOf({ signal: AbortSignal.abort() });
    expect(report).toMatchObject({ verdict: 'undetermined', root_causes: [], error_message: 'It was stopped before everything was read.' });
    expect(report.gaps[0]).toMatchObject({ why: 'timed-out', needs: 'a longer --timeout' });
    expect(report.gaps.every(({ why }) => why === 'timed-out')).toBe(true);
  });

  test('in the middle: keeps what was read, and never says that nothing is wrong', async () => {
    const stop = new AbortController();
    const reader = memoryReader([namespace]);
    const cut = memoryReader([namespace], {
      list: (kind, options, signal) => {
        if (kind === 'Service') stop.abort();
        return reader.list(kind, options, signal);
      },
    });
    const report = await reportOf({ deps: dependencies(cut), signal: stop.signal });
    expect(report.verdict).toBe('undetermined');
    expect(report.coverage.find(({ kind }) => kind === 'pods')).toMatchObject({ state: 'found' });
    expect(report.gaps.length).toBeGreaterThan(0);
  });

  test('a failure that came of stopping is not called a failure', async () => {
    const stop = new AbortController();
    const stages = withStage('follow-up', async function* () {
      yield* [];
      stop.abort();
      throw new Error('This operation was aborted');
    });
    const report = await reportOf({ stages, signal: stop.signal });
    expect(report.gaps.map(({ why }) => why)).not.toContain('failed');
  });
});

test('where everything is forbidden, it is undetermined and each permission is named', async () => {
  const forbidden = memoryReader([], {
    list: async (kind, { namespace: place }) => ({ status: 'forbidden', needs: `list ${kind}${place === undefined ? '' : ` in ${place}`}` }),
    get: async () => ({ status: 'forbidden', needs: 'get' }),
  });
  const report = await reportOf({ deps: dependencies(forbidden) });
  expect(report).toMatchObject({ verdict: 'undetermined', root_causes: [], confidence_score: null });
  expect(report.gaps).toContainEqual(expect.objectContaining({ what: 'pods in shop', why: 'forbidden', needs: 'list Pod in shop' }));
});

test('a secret in the description is gone from every event', async () => {
  const events = await eventsOf({ request: { ...request, description: 'login fails with password=Tr0ub4dor-and-3' } });
  expect(JSON.stringify(events)).not.toContain('Tr0ub4dor');
});
