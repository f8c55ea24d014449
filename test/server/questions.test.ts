import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type AServer, aServer } from './a-server.ts';

const ask = async (server: AServer, id: string, question: string, headers = {}) => {
  const url = `/api/v1/incidents/${id}/questions`;
  const { body, statusCode } = await server.app.inject({ method: 'POST', url, headers: { host: 'localhost', ...headers }, payload: { question } });
  return { statusCode, types: [...body.matchAll(/^event: (.*)$/gm)].map(([, type]) => type), body };
};

async function asked(server: AServer, headers = {}): Promise<string> {
  const payload = { description: 'checkout is failing', namespace: 'orders' };
  const { incident_id: id } = (
    await server.app.inject({ method: 'POST', url: '/api/v1/incidents', headers: { host: 'localhost', ...headers }, payload })
  ).json();
  await server.app.inject({ url: `/api/v1/incidents/${id}/events`, headers: { host: 'localhost', ...headers } });
  return id;
}

test('follow-ups are answered from the report, by reads, and by asking again', async () => {
  await using server = aServer();
  const id = await asked(server);
  const why = await ask(server, id, 'why');
  expect(why.types).toEqual(['answer', 'question-answered']);
  expect(why.body).toContain('Insufficient Memory');
  const logs = await ask(server, id, 'logs of checkout');
  expect(logs.types).toEqual(['doing', 'answer', 'question-answered']);
  const again = await ask(server, id, 'is it fixed?');
  expect(again.types).toEqual(['investigation-started', 'stage-started', 'report-completed', 'answer', 'question-answered']);
  expect(await server.store.list({})).toHaveLength(2);
});

test('what cannot be answered says why; a viewer may ask, and starts nothing', async () => {
  await using server = aServer({ byKeys: true });
  const [operator, viewer] = [server.key(), server.key({ role: 'viewer', namespaces: ['orders'] })].map((key) => ({ authorization: `Bearer ${key}` }));
  const id = await asked(server, operator);
  expect((await ask(server, id, 'why', viewer)).types).toEqual(['answer', 'question-answered']);
  const again = await ask(server, id, 'is it fixed?', viewer);
  expect(again.types).toEqual(['question-failed']);
  expect(again.body).toContain('NOT_PERMITTED');
  expect((await ask(server, id, 'logs of nothing-like-it', operator)).body).toContain('OBJECT_UNKNOWN');
});

const STEP = { type: 'model-stepped' as const, at: '2026-01-31T10:00:00.000Z', text: 'get_object', duration_ms: 5 };
const ANSWER = { narrative: 'It runs v42 [ev-9].', hypotheses: [], evidence: [], gaps: [] };

test('what only a model can answer goes to that of the server, within what the key may see', async () => {
  const asks: { question: string; within: readonly string[] | null; last: string | undefined }[] = [];
  await using server = aServer({
    byKeys: true,
    askOn: async function* ({ question, report: { evidence } }, within) {
      asks.push({ question, within, last: evidence.at(-1)?.id });
      yield STEP;
      return ANSWER;
    },
  });
  const [operator, viewer] = (['operator', 'viewer'] as const).map((role) => ({ authorization: `Bearer ${server.key({ role, namespaces: ['orders'] })}` }));
  const id = await asked(server, operator);
  const url = `/api/v1/incidents/${id}/follow-ups`;
  // What an earlier question had read.
  const object = { kind: 'Pod', namespace: 'orders', name: 'checkout-1' };
  const read = { source: 'object', object, field_path: 'spec', excerpt: 'image: v42', collected_at: '2026-01-31T10:00:00.000Z' };
  const payload = { question: 'which image does checkout run, password=hunter2hunter2?', evidence: [{ ...read, id: 'ev-99' }] };
  const { body, headers } = await server.app.inject({ method: 'POST', url, headers: { ...operator }, payload });
  expect(body).toBe(
    `id: 1\nevent: model-stepped\ndata: ${JSON.stringify(STEP)}\n\nid: 2\nevent: follow-up-answered\ndata: ${JSON.stringify({ answer: ANSWER })}\n\n`,
  );
  expect(asks).toEqual([{ question: expect.not.stringContaining('hunter2'), within: ['orders'], last: 'ev-99' }]);
  // After a cut, by who asked and by nobody else.
  const address = String(headers.location);
  const after = { ...operator, 'last-event-id': '1' };
  expect((await server.app.inject({ url: address, headers: after })).body).toMatch(/^id: 2\nevent: follow-up-answered\n/);
  expect((await server.app.inject({ url: address, headers: { ...viewer } })).statusCode).toBe(404);
  expect((await server.app.inject({ method: 'POST', url, headers: { ...viewer }, payload })).statusCode).toBe(403);
  expect((await ask(server, id, 'which image does checkout run?', operator)).body).toContain('It runs v42 [ev-9].');
});

test('who listens to an answer when the server ends is told so, in the last message', async () => {
  const server = aServer({
    // biome-ignore lint/correctness/useYield: it never comes to that
    investigate: async function* (_request, signal) {
      await sleep(60_000, undefined, { signal });
    },
  });
  const payload = { description: 'checkout is failing', namespace: 'orders', without: ['logs'] };
  const telling = server.app.inject({ method: 'POST', url: '/api/v1/suppositions', headers: { host: 'localhost' }, payload });
  await sleep(100);
  await server[Symbol.asyncDispose]();
  expect((await telling).body).toMatch(/^id: 1\nevent: investigation-failed\ndata: \{"code":"SERVER_CLOSING",/);
});
