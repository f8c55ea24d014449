import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { InvestigationRequest } from '../../src/domain/investigation-request.ts';
import { atOnce, untilStopped } from '../fixtures/engines.ts';
import { type AServer, aServer } from './a-server.ts';

const post = (server: AServer, url: string, payload: object, headers = {}) =>
  server.app.inject({ method: 'POST', url, headers: { host: 'localhost', ...headers }, payload });
const firing = (pod: string, namespace = 'orders') => ({
  status: 'firing',
  labels: { alertname: 'KubePodCrashLooping', namespace, pod },
  annotations: {},
  startsAt: '2026-01-31T10:00:00Z',
  endsAt: '0001-01-01T00:00:00Z',
});

test('the events of the moment are there for an investigation that has to wait', async () => {
  const asked: InvestigationRequest[] = [];
  await using server = aServer({
    atOnce: 1,
    investigate: async function* (request, signal) {
      asked.push(request);
      yield* request.description === 'first' ? untilStopped(request, signal) : atOnce(request, signal);
    },
  });
  await post(server, '/api/v1/incidents', { description: 'first' });
  const { incidents } = (await post(server, '/api/v1/alerts', { version: '4', alerts: [firing('checkout-1')] })).json();
  for (let n = 0; n < 100 && (await server.records.find('moment', incidents)).length === 0; n += 1) await sleep(20);
  await post(server, '/api/v1/incidents/inc-0000000001/cancel', {});
  while (asked.length < 2) await sleep(20);
  expect(asked[1]?.moment?.events.length).toBeGreaterThan(0);
  const again = (await post(server, `/api/v1/incidents/${incidents[0]}/rerun`, {})).json<{ incident_id: string }>();
  await post(server, `/api/v1/incidents/${again.incident_id}/rerun`, {});
  while (asked.length < 4) await sleep(20);
  expect(asked.slice(2).map(({ moment }) => moment)).toEqual([asked[1]?.moment, asked[1]?.moment]);
});

test('a thousand alerts in one message are taken, and so is any other JSON by a mapping', async () => {
  await using server = aServer();
  const storm = { version: '4', alerts: Array.from({ length: 1_000 }, (_, n) => firing(`pod-${n}`)) };
  expect((await post(server, '/api/v1/alerts', storm)).json()).toMatchObject({ opened: [expect.any(String)], known: 0 });
  expect((await post(server, '/api/v1/alerts', storm)).json()).toMatchObject({ opened: [], known: 1_000 });
  const mapping = '/api/v1/alerts/json?name=/title&namespace=/tags/ns&status=/state&resolved=fine&alerts=/items';
  const items = [
    { title: 'Disk full', tags: { ns: 'billing' }, state: 'bad' },
    { title: 'Old news', state: 'fine' },
  ];
  expect((await post(server, mapping, { items })).json()).toMatchObject({ opened: [expect.any(String)], known: 0, resolved: 0 });
  expect((await post(server, mapping, { items: [{ none: 1 }] })).json()).toMatchObject({ code: 'REQUEST_INVALID' });
});

test('who may see one namespace may not tell of another', async () => {
  await using server = aServer({ byKeys: true });
  const authorization = `Bearer ${server.key({ role: 'operator', namespaces: ['orders'] })}`;
  expect((await post(server, '/api/v1/alerts', { version: '4', alerts: [firing('a', 'billing')] }, { authorization })).statusCode).toBe(403);
  expect((await post(server, '/api/v1/alerts', { version: '4', alerts: [firing('a')] }, { authorization })).statusCode).toBe(202);
});

test('what people say of an answer is kept with it', async () => {
  await using server = aServer();
  const { incident_id: id } = (await post(server, '/api/v1/incidents', { description: 'checkout is failing' })).json();
  const said = await post(server, `/api/v1/incidents/${id}/feedback`, { right: false, note: 'it was the proxy, password=hunter2hunter2' });
  expect(said.statusCode).toBe(201);
  const { items } = (await server.app.inject({ url: `/api/v1/incidents/${id}/feedback`, headers: { host: 'localhost' } })).json();
  expect(items).toMatchObject([{ right: false, by: 'local', note: expect.stringMatching(/^it was the proxy/) }]);
  expect(JSON.stringify(items)).not.toContain('hunter2');
});
