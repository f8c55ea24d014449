import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InvestigationEvent } from '../../src/domain/investigation-event.ts';
import type { InvestigationRequest } from '../../src/domain/investigation-request.ts';
import { openLog } from '../../src/log/open-log.ts';
import { Postman } from '../../src/notify/postman.ts';
import type { Webhook } from '../../src/notify/webhooks.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { SqliteJobs } from '../../src/store/sqlite/sqlite-jobs.ts';
import { SqliteOutbox } from '../../src/store/sqlite/sqlite-outbox.ts';
import { aReport } from '../fixtures/report.ts';
import { type AServer, aServer } from '../server/a-server.ts';

const SECRET = 'a secret of twenty characters';
let receiver: Server;
let url: string;
let got: { headers: IncomingHttpHeaders; body: string }[];
let answers: number[];
let server: AServer;
let clock: { now: number };

beforeEach(async () => {
  [got, answers, clock, server] = [[], [], { now: Date.now() }, aServer({ investigate: justNow })];
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    got.push({ headers: request.headers, body });
    response.writeHead(answers.shift() ?? 204, { location: 'http://127.0.0.1:1/' }).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  receiver.closeAllConnections();
  receiver.close();
});

/** An engine whose reports are of this moment. */
async function* justNow({ incidentId, description }: InvestigationRequest): AsyncGenerator<InvestigationEvent> {
  const scope = { namespaces: ['shop'], objects: [], since: null, until: null };
  yield { type: 'report-completed', report: aReport({ incident_id: incidentId, description, scope, completed_at: new Date().toISOString() }) };
}

function postman(given: Partial<Webhook> = {}): Postman {
  const webhook: Webhook = { name: 'pager', url, format: 'json', secret: SECRET, allow_addresses: ['127.0.0.1'], ...given };
  const log = openLog('test', '0');
  Object.assign(log, { level: 'silent' });
  const { store } = server;
  const queue = new SqliteJobs(store.connection, { host: hostname(), pid: process.pid });
  const options = { outbox: new SqliteOutbox(store.connection), store, queue, redact: createRedactor().text, log };
  return new Postman({ ...options, webhooks: [webhook], now: () => new Date(clock.now) });
}

async function investigated(sent: Readonly<Record<string, string>> = {}): Promise<void> {
  const headers = { host: 'localhost', ...sent };
  await server.app.inject({ method: 'POST', url: '/api/v1/incidents', headers, payload: { description: 'checkout fails', namespace: 'shop' } });
  while ((await server.store.list({ status: 'completed' })).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  clock.now = Date.now() + 1_000;
}

describe('a webhook', () => {
  test('is told once of an incident that ended, signed', async () => {
    await using post = postman();
    await investigated();
    await post.round();
    await post.round();
    expect(got).toHaveLength(1);
    const [{ headers, body } = { headers: {}, body: '' }] = got;
    expect(JSON.parse(body)).toMatchObject({ event: 'incident-ended', incident: { incident_id: 'inc-0000000001', title: 'Insufficient Memory' } });
    const [, seconds = '', seal] = /^t=(\d+),v1=(.*)$/.exec(String(headers['x-sre-orch-signature'])) ?? [];
    expect(seal).toBe(createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex'));
    expect(headers['x-sre-orch-delivery']).toBe('inc-0000000001.pager');
  });

  test('is told which request the incident came from, and stands below it in its trace', async () => {
    await using post = postman();
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    await investigated({ 'x-correlation-id': 'pager-7', traceparent: `00-${traceId}-00f067aa0ba902b7-01`, tracestate: 'vendor=x' });
    await post.round();
    const headers = got[0]?.headers ?? {};
    expect(headers).toMatchObject({ 'x-correlation-id': 'pager-7', 'x-incident-id': 'inc-0000000001', tracestate: 'vendor=x' });
    expect(headers['traceparent']).toMatch(new RegExp(`^00-${traceId}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`));
  });

  test.each([500, 302])('that answers %i is told again, later and later, and given up after half a day', async (status) => {
    await using post = postman();
    await investigated();
    answers = Array.from({ length: 20 }, () => status);
    await post.round();
    await post.round();
    expect(got).toHaveLength(1);
    for (let round = 0; round < 10; round += 1) {
      clock.now += 8 * 3_600_000;
      await post.round();
    }
    expect(got).toHaveLength(7);
    expect(new Set(got.map(({ headers }) => headers['x-sre-orch-delivery'])).size).toBe(1);
  });

  test('that is inside and not named as such is sent nothing, by address or by name', async () => {
    await investigated();
    for (const to of [url, url.replace('127.0.0.1', 'localhost')]) {
      await using post = postman({ name: to.includes('localhost') ? 'b' : 'a', url: to, allow_addresses: [] });
      await post.round();
    }
    expect(got).toEqual([]);
  });

  test('of other namespaces is not told', async () => {
    await using post = postman({ namespaces: ['billing'] });
    await investigated();
    await post.round();
    expect(got).toEqual([]);
  });

  test('that is new is not told of what ended long ago', async () => {
    await using post = postman();
    await investigated();
    clock.now += 2 * 3_600_000;
    await post.round();
    expect(got).toEqual([]);
  });
});
