import { expect, test } from 'vitest';
import { type LookAt, Surroundings } from '../../src/server/surroundings.ts';
import { aServer } from './a-server.ts';

const never: LookAt = () => new Promise(() => {});

test('parts that work, that fail and that do not answer: told at once, and degraded', async () => {
  await using server = aServer({
    byKeys: true,
    looks: {
      mcp: async () => ({ status: 'ok', detail: '2 tools', tools: ['grafana_query', 'files_read'] }),
      agent: never,
      llm: () => Promise.reject(new Error('x')),
    },
  });
  const authorization = `Bearer ${server.key({ role: 'viewer' })}`;
  const from = performance.now();
  const answer = await server.app.inject({ url: '/health', headers: { authorization } });
  expect(performance.now() - from).toBeLessThan(3_000);
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({
    status: 'degraded',
    components: {
      store: { status: 'ok' },
      queue: { status: 'ok', detail: '0 waiting, 0 under way' },
      mcp: { status: 'ok', detail: '2 tools' },
      agent: { status: 'unknown' },
      llm: { status: 'degraded' },
    },
    mcp_tools: ['grafana_query', 'files_read'],
  });
  expect((await server.app.inject({ url: '/health' })).json()).toEqual({ status: 'degraded' });
});

test('a part is looked at once in half a minute, however often it is asked for', async () => {
  let looks = 0;
  const surroundings = new Surroundings({
    llm: async () => {
      looks += 1;
      return { status: 'ok' };
    },
  });
  expect(await Promise.all([surroundings.now(), surroundings.now()])).toEqual([{ llm: { status: 'ok' } }, { llm: { status: 'ok' } }]);
  await surroundings.now();
  expect(looks).toBe(1);
});

test('whoever watches from outside may ask for the head alone, where everybody may ask', async () => {
  await using server = aServer({ byKeys: true });
  const head = async (url: string): Promise<[number, string]> => {
    const { statusCode, body } = await server.app.inject({ method: 'HEAD', url });
    return [statusCode, body];
  };
  for (const url of ['/livez', '/readyz', '/health']) expect(await head(url)).toEqual([200, '']);
  expect((await head('/metrics'))[0]).toBe(405);
});
