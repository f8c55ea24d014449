import { describe, expect, test } from 'vitest';
import { type AServer, aServer } from './a-server.ts';

const INCIDENT = '/api/v1/incidents/inc-0000000001';
const ROUTES = [
  ['GET', '/api/v1/incidents', 'viewer'],
  ['GET', INCIDENT, 'viewer'],
  ['GET', `${INCIDENT}/events`, 'viewer'],
  ['GET', `${INCIDENT}/report.md`, 'viewer'],
  ['GET', `${INCIDENT}/report.html`, 'viewer'],
  ['POST', '/api/v1/incidents', 'operator'],
  ['POST', `${INCIDENT}/cancel`, 'operator'],
  ['POST', `${INCIDENT}/rerun`, 'operator'],
] as const;

/** A server with one ended incident of the namespace shop. */
async function withIncident(): Promise<AServer & { ask: (method: 'GET' | 'POST', url: string, key?: string) => Promise<{ status: number; code: string }> }> {
  const server = aServer({ byKeys: true });
  const ask = async (method: 'GET' | 'POST', url: string, key?: string): Promise<{ status: number; code: string }> => {
    const payload = method === 'POST' && url.endsWith('/incidents') ? { payload: { description: 'x', namespace: 'shop' } } : {};
    const { statusCode, body } = await server.app.inject({ method, url, headers: key === undefined ? {} : { authorization: `Bearer ${key}` }, ...payload });
    return { status: statusCode, code: /^\{"code":"(\w+)"/.exec(body)?.[1] ?? '' };
  };
  await ask('POST', '/api/v1/incidents', server.key());
  const found = async (): Promise<boolean> => (await server.store.list({ status: 'completed' })).length === 1;
  while (!(await found())) await new Promise((resolve) => setTimeout(resolve, 5));
  return Object.assign(server, { ask });
}

describe('who is let in', () => {
  test('nobody without a key, with a wrong one, or with one that was revoked', async () => {
    await using server = await withIncident();
    const revoked = server.key();
    server.revoke(revoked);
    const wrong = `${server.key().slice(0, -4)}AAAA`;
    for (const [method, url] of ROUTES)
      for (const key of [undefined, 'x', wrong, revoked])
        expect(await server.ask(method, url, key), `${method} ${url} ${key}`).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
  });

  test('a viewer reads and starts nothing; an operator does both', async () => {
    await using server = await withIncident();
    const [viewer, operator] = [server.key({ role: 'viewer' }), server.key({ role: 'operator' })];
    for (const [method, url, needs] of ROUTES) {
      const seen = (await server.ask(method, url, viewer)).status;
      expect(seen === 403, `${method} ${url} as viewer: ${seen}`).toBe(needs === 'operator');
      expect([200, 202, 409]).toContain((await server.ask(method, url, operator)).status);
    }
  });

  test('a key for other namespaces neither sees nor starts what is of this one', async () => {
    await using server = await withIncident();
    const other = server.key({ namespaces: ['billing'] });
    for (const [method, url] of ROUTES) {
      const { status, code } = await server.ask(method, url, other);
      if (url.includes('/inc-')) expect([status, code], `${method} ${url}`).toEqual([404, 'INCIDENT_NOT_FOUND']);
      else expect([method, status]).toEqual(method === 'GET' ? ['GET', 200] : ['POST', 403]);
    }
    expect(await server.ask('GET', '/api/v1/incidents/last', other)).toMatchObject({ status: 404 });
    const { body } = await server.app.inject({ url: '/api/v1/incidents', headers: { authorization: `Bearer ${other}` } });
    expect(JSON.parse(body)).toEqual({ items: [], next_cursor: null });
    const own = server.key({ namespaces: ['shop'], role: 'operator' });
    for (const [method, url] of ROUTES) expect([200, 202, 409]).toContain((await server.ask(method, url, own)).status);
  });

  test('whether the server lives is told to everybody, what it is made of to who has a key', async () => {
    await using server = await withIncident();
    for (const path of ['/livez', '/readyz', '/health']) expect((await server.app.inject({ url: path })).json()).toEqual({ status: 'ok' });
    const { body } = await server.app.inject({ url: '/health', headers: { authorization: `Bearer ${server.key({ role: 'viewer' })}` } });
    expect(JSON.parse(body)).toMatchObject({ status: 'ok', components: { store: { status: 'ok' }, queue: { status: 'ok' } }, mcp_tools: [] });
  });
});
