import { describe, expect, test } from 'vitest';
import { RateLimit } from '../../src/http/rate-limit.ts';
import { aServer } from './a-server.ts';

const LIST = '/api/v1/incidents';
const codeOf = (answer: { json: () => unknown }): string => (answer.json() as { code: string }).code;

describe('limits', () => {
  test('a caller that asks too often is told when to come back, and others are not held up', async () => {
    const clock = { now: 0 };
    await using server = aServer({ byKeys: true, limits: { rate: new RateLimit({ perSecond: 0.1, burst: 2 }, () => clock.now) } });
    const [one, other] = [server.key(), server.key()];
    const list = (key: string) => server.app.inject({ url: LIST, headers: { authorization: `Bearer ${key}` } });
    expect([(await list(one)).statusCode, (await list(one)).statusCode]).toEqual([200, 200]);
    const refused = await list(one);
    expect([refused.statusCode, codeOf(refused), refused.headers['retry-after']]).toEqual([429, 'RATE_LIMITED', '10']);
    expect((await list(other)).statusCode).toBe(200);
    clock.now += 10_000;
    expect((await list(one)).statusCode).toBe(200);
  });

  test('an address that sends one unknown token after another is not looked at any more; a key from there is', async () => {
    let asked = 0;
    const identify = [
      async () => {
        asked += 1;
        return undefined;
      },
    ];
    await using server = aServer({ byKeys: true, identify, refusals: 3 });
    const list = (token: string) => server.app.inject({ url: LIST, headers: { authorization: `Bearer ${token}` } });
    const codes: string[] = [];
    for (const n of [1, 2, 3, 4, 5]) codes.push(codeOf(await list(`token-${n}`)));
    expect(codes).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED', 'UNAUTHENTICATED', 'RATE_LIMITED', 'RATE_LIMITED']);
    expect(asked).toBe(3);
    expect((await list(server.key())).statusCode).toBe(200);
  });

  test('more requests at once than the server answers are told to come back', async () => {
    await using server = aServer({ limits: { answering: 0 } });
    const answer = await server.app.inject({ url: LIST, headers: { host: 'localhost' } });
    expect([answer.statusCode, codeOf(answer), answer.headers['retry-after']]).toEqual([503, 'SERVER_BUSY', '5']);
  });

  test('a bucket forgets whom it has not heard of for long', () => {
    const limit = new RateLimit({ perSecond: 1, burst: 1 }, () => 0);
    limit.take('first');
    for (let n = 0; n < 10_000; n += 1) limit.take(`caller ${n}`);
    expect(() => limit.take('first')).not.toThrow();
    expect(() => limit.check('caller 9999')).toThrow('Too many requests');
  });
});

describe('pages of other origins', () => {
  const asked = { host: 'localhost', origin: 'https://sre.example', 'access-control-request-method': 'POST' };

  test('may ask where they are listed', async () => {
    await using server = aServer({ origins: ['https://sre.example'] });
    const preflight = await server.app.inject({ method: 'OPTIONS', url: LIST, headers: asked });
    expect([preflight.statusCode, preflight.headers['access-control-allow-origin'], preflight.headers['access-control-allow-credentials']]).toEqual([
      204,
      'https://sre.example',
      undefined,
    ]);
    expect(preflight.headers['access-control-allow-headers']).toContain('authorization');
    const { headers } = await server.app.inject({ url: LIST, headers: { host: 'localhost', origin: 'https://sre.example' } });
    expect([headers['access-control-allow-origin'], headers['vary']]).toEqual(['https://sre.example', 'Origin']);
  });

  test.each([
    ['another origin', ['https://sre.example'], 'https://sre.example.evil.example'],
    ['none is listed', [], 'https://sre.example'],
    ['a page without an origin', ['https://sre.example'], 'null'],
  ])('may not: %s', async (_why, origins, origin) => {
    await using server = aServer({ origins });
    const answers = [
      await server.app.inject({ method: 'OPTIONS', url: LIST, headers: { ...asked, origin } }),
      await server.app.inject({ url: LIST, headers: { host: 'localhost', origin } }),
    ];
    for (const { headers } of answers) expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(answers[0]?.statusCode).toBe(405);
  });
});
