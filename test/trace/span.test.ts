import { describe, expect, test } from 'vitest';
import { coded } from '../../src/errors/coded-error.ts';
import { correlated, correlatedEach, currentCorrelation, logFields, outgoingHeaders, resumed } from '../../src/trace/correlation.ts';
import type { FinishedSpan } from '../../src/trace/finished-span.ts';
import { traced } from '../../src/trace/span.ts';

const CARRIED = { correlationId: 'pager-7', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, tracestate: 'vendor=x' };

describe('what is done for an incident', () => {
  test('is logged and sent on with its ids, each request as a span of its own', async () => {
    await correlated(resumed(CARRIED, 'inc-1', undefined), async () => {
      await Promise.resolve();
      expect(logFields()).toEqual({ correlation_id: 'pager-7', trace_id: 'a'.repeat(32), incident_id: 'inc-1' });
      const [first, second] = [outgoingHeaders(), outgoingHeaders()];
      expect(first).toMatchObject({ 'x-correlation-id': 'pager-7', 'x-incident-id': 'inc-1', tracestate: 'vendor=x' });
      expect(first['traceparent']).toMatch(/^00-a{32}-(?!b{16})[0-9a-f]{16}-01$/);
      expect(second['traceparent']).not.toBe(first['traceparent']);
    });
    expect([logFields(), outgoingHeaders()]).toEqual([{}, {}]);
  });

  test('is known by its own id where nothing was carried', () => {
    expect(resumed(null, 'inc-1', undefined)).toMatchObject({ correlationId: 'inc-1', trace: { sampled: false } });
    expect(resumed({ ...CARRIED, traceparent: 'damaged' }, 'inc-1', undefined).trace.traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  test('is known by its ids also where somebody else asks for the next item', async () => {
    async function* ids(): AsyncGenerator<string | undefined> {
      yield currentCorrelation()?.correlationId;
      await Promise.resolve();
      yield currentCorrelation()?.correlationId;
    }
    const seen: (string | undefined)[] = [];
    for await (const id of correlatedEach(resumed(CARRIED, undefined, undefined), ids())) seen.push(id);
    expect(seen).toEqual(['pager-7', 'pager-7']);
  });
});

describe('a span', () => {
  test('stands below the one in which it began, and is what requests name as their parent', async () => {
    const spans: FinishedSpan[] = [];
    let sent = '';
    await correlated(resumed(CARRIED, 'inc-1', { record: (span) => spans.push(span) }), () =>
      traced('outer', { attributes: { a: 1 } }, async (outer) => {
        await traced('inner', { kind: 'client' }, async () => {
          sent = outgoingHeaders()['traceparent'] ?? '';
        });
        outer.set({ b: 2 });
      }),
    );
    const [inner, outer] = spans;
    expect(outer).toMatchObject({ name: 'outer', kind: 'internal', parent: { spanId: 'b'.repeat(16) }, attributes: { a: 1, b: 2 }, error: null });
    expect(inner).toMatchObject({ name: 'inner', kind: 'client', parent: { spanId: outer?.trace.spanId, isRemote: false } });
    expect(sent).toBe(`00-${'a'.repeat(32)}-${inner?.trace.spanId}-01`);
    expect(outer?.endedAt).toBeGreaterThanOrEqual(outer?.startedAt ?? Number.POSITIVE_INFINITY);
  });

  test('of what fails has the code of that, and none of its words', async () => {
    const spans: FinishedSpan[] = [];
    const correlation = resumed(CARRIED, 'inc-1', { record: (span) => spans.push(span) });
    for (const error of [coded('CLUSTER_UNKNOWN', { name: 'hunter2', known: [] }), Object.assign(new Error('hunter2'), { code: 'it is hunter2' })])
      await expect(correlated(correlation, () => traced('work', {}, () => Promise.reject(error)))).rejects.toBe(error);
    expect(spans.map(({ error }) => error)).toEqual(['CLUSTER_UNKNOWN', 'Error']);
    expect(JSON.stringify(spans)).not.toContain('hunter2');
  });

  test('is none where the trace is not recorded', async () => {
    const spans: FinishedSpan[] = [];
    const unsampled = resumed({ ...CARRIED, traceparent: CARRIED.traceparent.replace(/01$/, '00') }, 'inc-1', { record: (span) => spans.push(span) });
    expect(await correlated(unsampled, () => traced('work', {}, async () => 42))).toBe(42);
    expect(spans).toEqual([]);
  });
});
