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
