import { setTimeout as sleep } from 'node:timers/promises';
import type { InjectOptions } from 'fastify';
import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../src/domain/report.ts';
import { errorBodySchema } from '../../src/protocol/error-body.ts';
import { incidentDetailSchema, incidentPageSchema } from '../../src/protocol/incidents.ts';
import { untilStopped } from '../fixtures/engines.ts';
import { type AServer, aServer } from './a-server.ts';

const LOCAL = { host: 'localhost' };
const post = (server: AServer, payload: object, headers = {}) =>
  server.app.inject({ method: 'POST', url: '/api/v1/incidents', headers: { ...LOCAL, ...headers }, payload });
const get = (server: AServer, url: string, headers = {}) => server.app.inject({ method: 'GET', url, headers: { ...LOCAL, ...headers } });
const idOf = (answer: { json: () => unknown }): string => (answer.json() as { incident_id: string }).incident_id;

/** Waits until an incident has ended. */
async function ended(server: AServer, id: string): Promise<void> {
  for (let n = 0; n < 200; n += 1) {
    const found = await server.store.find(id);
    if (found.status === 'found' && !['pending', 'investigating'].includes(found.incident.status)) return;
    await sleep(10);
  }
  throw new Error(`${id} has not ended`);
}

describe('an incident', () => {
  test('is accepted, investigated, listed, and read with its whole report', async () => {
    await using server = aServer();
    const accepted = await post(server, { description: 'checkout is failing', source: 'pager', context: 'since the release, password=hunter2hunter2' });
    expect([accepted.statusCode, accepted.headers['location']]).toEqual([202, '/api/v1/incidents/inc-0000000001']);
    await ended(server, idOf(accepted));
    const one = (await get(server, '/api/v1/incidents/inc-0000000001')).json<unknown>();
    expect(incidentDetailSchema.parse(one)).toMatchObject({ status: 'completed', source: 'pager', confidence_score: 'high' });
    expect(reportSchema.parse(one).root_causes).toHaveLength(1);
    expect(JSON.stringify(one)).not.toContain('hunter2');
    const page = incidentPageSchema.parse((await get(server, '/api/v1/incidents')).json());
    expect(page).toMatchObject({ items: [{ incident_id: 'inc-0000000001', title: 'Insufficient Memory' }], next_cursor: null });
  });

  test('before it is investigated has all the fields, empty', async () => {
    await using server = aServer({ investigate: untilStopped });
    const id = idOf(await post(server, { description: 'checkout is failing' }));
    expect(incidentDetailSchema.parse((await get(server, `/api/v1/incidents/${id}`)).json())).toMatchObject({
      status: 'investigating',
      completed_at: null,
      evidence: [],
      confidence_score: null,
    });
    expect((await get(server, `/api/v1/incidents/${id}/report.md`)).json()).toMatchObject({ code: 'INCIDENT_WITHOUT_REPORT' });
  });

  test('is one where the same request comes twice with the same key, and refused where it is another', async () => {
    await using server = aServer();
    const first = await post(server, { description: 'checkout is failing', idempotency_key: 'a' });
    const second = await post(server, { description: 'checkout is failing' }, { 'idempotency-key': 'a' });
    expect(idOf(second)).toBe(idOf(first));
    const other = await post(server, { description: 'orders is failing', idempotency_key: 'a' });
    expect([other.statusCode, other.json<{ code: string }>().code]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
  });

  test('that waits or runs can be cancelled; one that ended cannot', async () => {
    await using server = aServer({ investigate: untilStopped, atOnce: 1 });
    const [running, waiting] = [idOf(await post(server, { description: 'a' })), idOf(await post(server, { description: 'b' }))];
    const cancel = (id: string) => server.app.inject({ method: 'POST', url: `/api/v1/incidents/${id}/cancel`, headers: LOCAL });
    expect((await cancel(waiting)).json()).toMatchObject({ status: 'cancelled' });
    expect((await cancel(running)).statusCode).toBe(202);
    await ended(server, running);
    const found = await server.store.find(running);
    expect(found).toMatchObject({ incident: { status: 'cancelled' }, report: { status: 'cancelled', verdict: 'root-cause-found' } });
    expect((await cancel(running)).json()).toMatchObject({ code: 'INCIDENT_ENDED' });
  });

  test('asked again is a new one with the same words', async () => {
    await using server = aServer();
    const id = idOf(await post(server, { description: 'checkout is failing', namespace: 'orders' }));
    await ended(server, id);
    const again = await server.app.inject({ method: 'POST', url: `/api/v1/incidents/${id}/rerun`, headers: LOCAL });
    expect(again.statusCode).toBe(202);
    await ended(server, idOf(again));
    expect(await server.store.find(idOf(again))).toMatchObject({ incident: { description: 'checkout is failing', namespaces: ['orders'] } });
  });

  test.each([
    ['md', 'text/markdown', 'Insufficient Memory'],
    ['html', 'text/html', '<!doctype html>'],
  ])('has a report.%s', async (format, type, text) => {
    await using server = aServer();
    const id = idOf(await post(server, { description: '<script>alert(1)</script> is failing' }));
    await ended(server, id);
    const { headers, body } = await get(server, `/api/v1/incidents/${id}/report.${format}`);
    expect(headers['content-type']).toContain(type);
    expect(body).toContain(text);
    expect(body).not.toContain('<script>');
  });

  test('pages of the list follow each other without a gap', async () => {
    await using server = aServer();
    for (let n = 0; n < 5; n += 1) await ended(server, idOf(await post(server, { description: `question ${n}` })));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = incidentPageSchema.parse((await get(server, `/api/v1/incidents?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`)).json());
      seen.push(...page.items.map(({ description }) => description));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual(['question 4', 'question 3', 'question 2', 'question 1', 'question 0']);
  });
});

test('a place in the list is a whole id of an incident that the key may see, and tells of no other', async () => {
  await using server = aServer({ byKeys: true });
  const [all, billing] = [null, ['billing']].map((namespaces) => ({ authorization: `Bearer ${server.key({ namespaces })}` }));
  const id = idOf(await post(server, { description: 'a', namespace: 'shop' }, all));
  await ended(server, id);
  const behind = async (cursor: string, headers = {}) => (await get(server, `/api/v1/incidents?cursor=${cursor}`, headers)).statusCode;
  expect([await behind(id, all), await behind(id.slice(0, -1), all), await behind('last', all)]).toEqual([200, 400, 400]);
  expect([await behind(id, billing), await behind('inc-ffffffffff', billing)]).toEqual([400, 400]);
});

describe('events', () => {
  test('come all, in order, the report and the end last; from any number on, what is left', async () => {
    await using server = aServer();
    const id = idOf(await post(server, { description: 'checkout is failing' }));
    await ended(server, id);
    const messages = async (after: number): Promise<string[]> => {
      const { body } = await get(server, `/api/v1/incidents/${id}/events`, { 'last-event-id': String(after) });
      return [...body.matchAll(/^event: (.*)$/gm)].map(([, type]) => type ?? '');
    };
    const all = ['investigation-started', 'stage-started', 'report-completed', 'incident-closed'];
    expect(await messages(0)).toEqual(all);
    expect(await messages(1)).toEqual(all.slice(1));
    expect(await messages(2)).toEqual(all.slice(2));
    expect(await messages(3)).toEqual(['incident-closed']);
  });

  test('of a run that goes on come as they happen', async () => {
    await using server = aServer({ investigate: untilStopped });
    const id = idOf(await post(server, { description: 'checkout is failing' }));
    const stream = get(server, `/api/v1/incidents/${id}/events`);
    await sleep(300);
    await server.app.inject({ method: 'POST', url: `/api/v1/incidents/${id}/cancel`, headers: LOCAL });
    const { body, headers } = await stream;
    expect(headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect([...body.matchAll(/^id: (\d+)$/gm)].map(([, seq]) => Number(seq))).toEqual([1, 2, 3]);
    expect(body).toContain('event: incident-closed\ndata: {"incident_id":"inc-0000000001","status":"cancelled"');
  });
});

describe('what is wrong is answered as {code, message, details}', () => {
  const incidents = '/api/v1/incidents';
  const json = { 'content-type': 'application/json' };
  test.each<[string, InjectOptions, number, string]>([
    ['an address that is none', { url: '/api/v2' }, 404, 'ROUTE_UNKNOWN'],
    ['an address that cannot be decoded', { url: '/api/v1/incidents/%ff' }, 400, 'REQUEST_INVALID'],
    ['an incident that is not there', { url: `${incidents}/inc-ffffffffff` }, 404, 'INCIDENT_NOT_FOUND'],
    ['a method that is not taken', { url: incidents, method: 'DELETE' }, 405, 'METHOD_NOT_ALLOWED'],
    ['an empty description', { url: incidents, method: 'POST', payload: { description: ' ' } }, 400, 'REQUEST_INVALID'],
    [
      'a window that ends before it begins',
      { url: incidents, method: 'POST', payload: { description: 'x', since: '2026-01-31T10:00:00Z', until: '2026-01-31T09:00:00Z' } },
      400,
      'REQUEST_INVALID',
    ],
    ['no body', { url: incidents, method: 'POST' }, 400, 'REQUEST_INVALID'],
    ['a field that is unknown', { url: incidents, method: 'POST', payload: { description: 'x', colour: 'red' } }, 400, 'REQUEST_INVALID'],
    ['malformed JSON', { url: incidents, method: 'POST', headers: json, payload: '{"description":' }, 400, 'REQUEST_INVALID'],
    ['a body of another type', { url: incidents, method: 'POST', headers: { 'content-type': 'text/plain' }, payload: 'x' }, 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['a body that is too large', { url: incidents, method: 'POST', payload: { description: 'x'.repeat(70_000) } }, 413, 'BODY_TOO_LARGE'],
    ['a limit that is no number', { url: `${incidents}?limit=many` }, 400, 'REQUEST_INVALID'],
    ['a cursor that was not given out', { url: `${incidents}?cursor=inc-ffffffffff` }, 400, 'REQUEST_INVALID'],
    ['another host, where nobody signs in', { url: incidents, headers: { host: 'evil.example' } }, 421, 'HOST_UNKNOWN'],
  ])('%s', async (_what, request, status, code) => {
    await using server = aServer();
    const answer = await server.app.inject({ ...request, headers: { ...LOCAL, ...request.headers } });
    expect([answer.statusCode, errorBodySchema.parse(answer.json()).code]).toEqual([status, code]);
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'content-type': 'application/json; charset=utf-8' });
  });

  test('a queue that is full says when to come again', async () => {
    await using server = aServer({ investigate: untilStopped, atOnce: 1, maxWaiting: 1 });
    await post(server, { description: 'runs' });
    await post(server, { description: 'waits' });
    const refused = await post(server, { description: 'too many' });
    expect([refused.statusCode, refused.headers['retry-after'], refused.json<{ code: string }>().code]).toEqual([429, '5', 'QUEUE_FULL']);
  });

  test('an investigation that throws has failed, with its reason', async () => {
    await using server = aServer({
      // biome-ignore lint/correctness/useYield: it never comes to that
      investigate: async function* () {
        throw new Error('broken');
      },
    });
    const id = idOf(await post(server, { description: 'x' }));
    await ended(server, id);
    expect((await get(server, `/api/v1/incidents/${id}`)).json()).toMatchObject({
      status: 'failed',
      error_message: 'Something went wrong inside sre-orch: broken.',
    });
  });
});

test('the document of the API names every route, what it takes, and how errors look', async () => {
  await using server = aServer();
  const document = (await get(server, '/openapi.json')).json<{
    openapi: string;
    paths: Record<string, Record<string, { responses: object; requestBody?: object }>>;
  }>();
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toContain('/api/v1/incidents/{id}/events');
  expect(document.paths['/api/v1/incidents']?.['post']).toMatchObject({
    operationId: 'postIncidents',
    requestBody: { content: { 'application/json': { schema: { required: ['description'], additionalProperties: false } } } },
    responses: { default: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } } },
  });
});
