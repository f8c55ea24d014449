import type { FastifyInstance } from 'fastify';
import { describe, expect, test } from 'vitest';
import { type AppOptions, buildApp } from '../../src/http/app.ts';
import type { Served } from '../../src/http/route.ts';
import type { Log } from '../../src/log/open-log.ts';
import { logFields, outgoingHeaders } from '../../src/trace/correlation.ts';
import type { FinishedSpan } from '../../src/trace/finished-span.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = `00-${TRACE}-00f067aa0ba902b7-01`;
type Line = Readonly<Record<string, unknown>>;

/** An app whose one route answers what a request of its own would be sent with. */
function anApp(given: Partial<AppOptions<Served>> = {}): { app: FastifyInstance; lines: Line[] } {
  const lines: Line[] = [];
  const write = (about: object, msg: string): void => void lines.push({ ...logFields(), ...about, msg });
  const log = { debug: write, info: write, warn: write, error: write, flush: () => {} } as unknown as Log;
  const handle = (): { status: number; body: object } => ({ status: 200, body: outgoingHeaders() });
  const broken = (): never => {
    throw new Error('hunter2');
  };
  const routes: AppOptions<Served>['routes'] = [
    { method: 'POST', path: '/things/{id}', summary: '', needs: 'everybody', answers: {}, handle },
    { method: 'GET', path: '/broken', summary: '', needs: 'everybody', answers: {}, handle: broken },
    { method: 'GET', path: '/livez', summary: '', needs: 'everybody', answers: {}, handle },
  ];
  return { app: buildApp<Served>({ routes, parts: {}, log, letIn: () => undefined, auditName: () => ({}), ...given }), lines };
}

const post = async (app: FastifyInstance, headers: Readonly<Record<string, string>>, url = '/things/1?q=hunter2') =>
  app.inject({ method: 'POST', url, headers });

describe('a request', () => {
  test('is answered and logged with the id that its caller gave it, in every line', async () => {
    const { app, lines } = anApp();
    const answer = await post(app, { 'x-correlation-id': 'pager:7/a', traceparent: PARENT });
    expect(answer.headers['x-correlation-id']).toBe('pager:7/a');
    expect(lines.map(({ msg }) => msg)).toEqual(['audit', 'request']);
    expect(lines.every((line) => line['correlation_id'] === 'pager:7/a' && line['trace_id'] === TRACE)).toBe(true);
  });

  test.each(['', 'x'.repeat(129), 'two words', '<b>', 'a"b', 'ö'])('that calls itself %j gets another id', async (given) => {
    const { app } = anApp();
    expect((await post(app, { 'x-correlation-id': given })).headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('stands in the trace of its caller, and so does what is asked for it', async () => {
    const { app } = anApp();
    const sent = (await post(app, { traceparent: PARENT, tracestate: 'vendor=x' })).json<Record<string, string>>();
    expect(sent['traceparent']).toMatch(new RegExp(`^00-${TRACE}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`));
    expect(sent['tracestate']).toBe('vendor=x');
  });

  test('with a trace that is none begins one', async () => {
    const { app } = anApp();
    const sent = (await post(app, { traceparent: `00-${TRACE}-0000000000000000-01`, tracestate: 'vendor=x' })).json<Record<string, string>>();
    expect(sent['traceparent']).toMatch(new RegExp(`^00-(?!${TRACE})[0-9a-f]{32}-[0-9a-f]{16}-00$`));
    expect(sent).not.toHaveProperty('tracestate');
  });

  test('says which incident it is for only to who trusts its callers', async () => {
    for (const takesIncidentIds of [true, false]) {
      const { app, lines } = anApp({ takesIncidentIds });
      await post(app, { 'x-incident-id': 'inc-0123456789' });
      expect(lines.map((line) => line['incident_id'] === 'inc-0123456789')).toEqual([false, takesIncidentIds]);
    }
  });
});

describe('where traces are recorded', () => {
  const recording = (samples: boolean) => {
    const spans: FinishedSpan[] = [];
    return { spans, tracing: { recorder: { record: (span: FinishedSpan) => void spans.push(span) }, samples: () => samples } };
  };

  test('a request is a span below its caller’s, and the parent of what it asks for', async () => {
    const { spans, tracing } = recording(true);
    const sent = (await post(anApp({ tracing }).app, { traceparent: PARENT, 'x-correlation-id': 'pager-7' })).json<Record<string, string>>();
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({
      name: 'POST /things/:id',
      kind: 'server',
      parent: { spanId: '00f067aa0ba902b7', isRemote: true },
      attributes: { 'http.request.method': 'POST', 'http.route': '/things/:id', 'url.path': '/things/1', 'http.response.status_code': 200 },
      error: null,
    });
    expect(sent['traceparent']).toBe(`00-${TRACE}-${spans[0]?.trace.spanId}-01`);
    expect(JSON.stringify(spans)).not.toContain('hunter2');
  });

  test('one that breaks says so by its status; one that no route takes says nothing of its path', async () => {
    const { spans, tracing } = recording(true);
    const { app } = anApp({ tracing });
    await app.inject({ method: 'GET', url: '/broken' });
    await app.inject({ method: 'GET', url: '/hunter2' });
    expect(spans.map(({ name, error, attributes }) => [name, error, attributes['http.response.status_code']])).toEqual([
      ['GET /broken', '500', 500],
      ['GET', null, 404],
    ]);
    expect(JSON.stringify(spans)).not.toContain('hunter2');
  });

  test('probes are none, nor is what is not to be recorded; others are told so', async () => {
    const [kept, dropped] = [recording(true), recording(false)];
    await anApp({ tracing: kept.tracing }).app.inject({ method: 'GET', url: '/livez' });
    const sent = (await post(anApp({ tracing: dropped.tracing }).app, { traceparent: PARENT })).json<Record<string, string>>();
    expect([kept.spans, dropped.spans]).toEqual([[], []]);
    expect(sent['traceparent']).toMatch(/-00$/);
  });
});
