import { describe, expect, test } from 'vitest';
import { aServer } from './a-server.ts';

// Who is let in where is the matrix of auth-matrix.process.test.ts.
describe('what is open to everybody', () => {
  test('whether the server lives is told to everybody, what it is made of to who has a key', async () => {
    await using server = aServer({ byKeys: true });
    for (const path of ['/livez', '/readyz', '/health']) expect((await server.app.inject({ url: path })).json()).toEqual({ status: 'ok' });
    const { body } = await server.app.inject({ url: '/health', headers: { authorization: `Bearer ${server.key({ role: 'viewer' })}` } });
    expect(JSON.parse(body)).toMatchObject({ status: 'ok', components: { store: { status: 'ok' }, queue: { status: 'ok' } }, mcp_tools: [] });
  });
});
