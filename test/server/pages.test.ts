import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { oidcIdentify } from '../../src/auth/oidc.ts';
import { Sessions } from '../../src/auth/sessions.ts';
import { identityProvider } from '../fixtures/identity-provider.ts';
import { type AServer, aServer } from './a-server.ts';

const HERE = { host: 'sre.example', origin: 'https://sre.example', 'sec-fetch-site': 'same-origin' };
const FORM = { ...HERE, 'content-type': 'application/x-www-form-urlencoded' };

const signIn = (server: AServer, key: string, next = '/', headers: object = FORM) =>
  server.app.inject({ method: 'POST', url: '/sign-in', headers: { ...headers }, payload: new URLSearchParams({ key, next }).toString() });

async function session(server: AServer, key: string): Promise<{ cookie: string; token: string }> {
  const { headers } = await signIn(server, key);
  const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
  const { body } = await server.app.inject({ url: '/', headers: { ...HERE, cookie } });
  return { cookie, token: /name="page-token" content="([\w-]+)"/.exec(body)?.[1] ?? '' };
}

describe('signing in with a key', () => {
  test('gives a cookie that no script reads and no other site sends, and the page that was wanted', async () => {
    await using server = aServer({ byKeys: true });
    const answer = await signIn(server, server.key(), '/incidents/inc-1');
    expect([answer.statusCode, answer.headers['location']]).toEqual([303, '/incidents/inc-1']);
    expect(answer.headers['set-cookie']).toMatch(/^sre_orch_session=[\w.-]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    expect((await signIn(server, server.key(), 'https://evil.example')).headers['location']).toBe('/');
    expect((await signIn(server, server.key(), '//evil.example')).headers['location']).toBe('/');
  });

  test.each(['', 'x', `sreo_000000000000_${'A'.repeat(43)}`])('with %j: the form again, and no cookie', async (key) => {
    await using server = aServer({ byKeys: true });
    const answer = await signIn(server, key, '"><script>alert(1)</script>');
    expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([401, undefined]);
    expect(answer.body).not.toContain('alert(1)');
  });

  test('or with a token that a provider vouches for: until that expires, an hour at most', async () => {
    await using provider = await identityProvider();
    const byOidc = oidcIdentify({ issuer: provider.issuer, audience: 'sre-orch', groupsClaim: 'groups', insecureHosts: [] });
    await using server = aServer({
      byKeys: true,
      identify: [byOidc],
      access: [{ from: 'oidc', group: 'sre', role: 'operator', namespaces: ['shop'] }],
      refusals: 2,
    });
    const answer = await signIn(server, await provider.token({ groups: ['sre'] }));
    const [, cookie = '', seconds] = /^(sre_orch_session=[\w.-]+); Path=\/; Max-Age=(\d+);/.exec(String(answer.headers['set-cookie'])) ?? [];
    expect(Number(seconds)).toBeGreaterThan(0);
    expect(Number(seconds)).toBeLessThanOrEqual(3_600);
    const { body } = await server.app.inject({ url: '/', headers: { ...HERE, cookie } });
    expect(body).toContain(', operator');
    expect((await server.app.inject({ url: '/metrics', headers: { ...HERE, cookie } })).statusCode).toBe(403);
    // Whoever changes what is sealed has no session.
    const forged = cookie.replace(/=t-./, '=t-x');
    expect((await server.app.inject({ url: '/api/v1/incidents', headers: { ...HERE, cookie: forged } })).statusCode).toBe(401);
    for (const groups of [['others'], ['others']]) expect((await signIn(server, await provider.token({ groups }))).statusCode).toBe(401);
    expect((await signIn(server, await provider.token({ groups: ['sre'] }))).statusCode).toBe(429);
  });

  test('from a page of another site is refused, so that nobody is signed in as somebody else', async () => {
    await using server = aServer({ byKeys: true });
    for (const headers of [
      { ...FORM, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { host: HERE.host, 'content-type': FORM['content-type'], origin: 'https://evil.example' },
      { host: HERE.host, 'content-type': FORM['content-type'], origin: 'null' },
      { host: HERE.host, 'content-type': FORM['content-type'], 'sec-fetch-site': 'cross-site' },
    ])
      expect((await signIn(server, server.key(), '/', headers)).json()).toMatchObject({ code: 'REQUEST_FOREIGN' });
  });
});

describe('a session', () => {
  test('reads; what it changes needs the token of a page of ours', async () => {
    await using server = aServer({ byKeys: true });
    const { cookie, token } = await session(server, server.key({ role: 'operator' }));
    const ask = (headers: object) =>
      server.app.inject({ method: 'POST', url: '/api/v1/incidents', headers: { ...HERE, cookie, ...headers }, payload: { description: 'x' } });
    expect((await server.app.inject({ url: '/api/v1/incidents', headers: { ...HERE, cookie } })).statusCode).toBe(200);
    for (const headers of [{}, { 'x-page-token': 'A'.repeat(43) }, { 'x-page-token': token, 'sec-fetch-site': 'cross-site' }])
      expect((await ask(headers)).json()).toMatchObject({ code: 'REQUEST_FOREIGN' });
    expect((await ask({ 'x-page-token': token })).statusCode).toBe(202);
  });

  test('has the role and the namespaces of its key, and ends with it', async () => {
    await using server = aServer({ byKeys: true });
    const key = server.key({ role: 'viewer', namespaces: ['billing'] });
    const { cookie, token } = await session(server, key);
    const post = () => server.app.inject({ method: 'POST', url: '/api/v1/incidents', headers: { ...HERE, cookie, 'x-page-token': token }, payload: {} });
    expect((await post()).json()).toMatchObject({ code: 'NOT_PERMITTED' });
    expect((await server.app.inject({ url: '/', headers: { cookie } })).body).not.toContain('id="ask"');
    server.revoke(key);
    expect((await post()).json()).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await server.app.inject({ url: '/', headers: { cookie } })).body).toContain('type="password"');
  });

  test('that is over, changed, or sealed with another secret is none', async () => {
    await using server = aServer({ byKeys: true });
    const { cookie } = await session(server, server.key());
    const seen = async (value: string): Promise<number> => (await server.app.inject({ url: '/api/v1/incidents', headers: { cookie: value } })).statusCode;
    expect(await seen(`a=b; ${cookie}; c=d`)).toBe(200);
    const [name = '', value = ''] = cookie.split('=');
    const [keyId, until, seal] = value.split('.');
    for (const bad of [`${keyId}.${Number(until) + 1}.${seal}`, `${keyId}.${until}.${'A'.repeat(43)}`, `${keyId}.${until}`, 'x', ''])
      expect(await seen(`${name}=${bad}`)).toBe(401);
    expect(await seen(`x${cookie}`)).toBe(401);
  });

  test('of twelve hours ago has ended', async () => {
    await using server = aServer({ byKeys: true });
    const clock = { now: Date.now() };
    const sessions = new Sessions(server.keys, { secret: 's'.repeat(32), now: () => clock.now });
    const { value } = (await sessions.open(server.key())) ?? { value: '' };
    expect(await sessions.holder(value)).toMatchObject({ role: 'admin' });
    expect(await new Sessions(server.keys, { secret: 't'.repeat(32) }).holder(value)).toBeUndefined();
    clock.now += 12 * 3_600_000;
    expect(await sessions.holder(value)).toBeUndefined();
  });

  test('is forgotten on signing out', async () => {
    await using server = aServer({ byKeys: true });
    const { cookie, token } = await session(server, server.key({ role: 'viewer' }));
    const { statusCode, headers } = await server.app.inject({ method: 'POST', url: '/sign-out', headers: { ...HERE, cookie, 'x-page-token': token } });
    expect([statusCode, String(headers['set-cookie']).slice(0, 40)]).toEqual([204, 'sre_orch_session=; Path=/; Max-Age=0; Ht']);
  });
});

describe('where no key is asked for', () => {
  test('a page of another site can still start nothing', async () => {
    await using server = aServer();
    const post = (url: string, headers: object) => server.app.inject({ method: 'POST', url, headers: { host: 'localhost:8080', ...headers } });
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:9999' },
    ])
      expect((await post('/api/v1/incidents/last/rerun', headers)).json()).toMatchObject({ code: 'REQUEST_FOREIGN' });
    expect((await post('/api/v1/incidents/last/rerun', {})).json()).toMatchObject({ code: 'INCIDENT_NOT_FOUND' });
    const form = await server.app.inject({
      method: 'POST',
      url: '/api/v1/incidents',
      headers: { ...FORM, host: 'localhost', origin: 'http://localhost' },
      payload: 'description=x',
    });
    expect(form.json()).toMatchObject({ code: 'MEDIA_TYPE_UNSUPPORTED' });
  });
});

describe('the pages', () => {
  test('show no markup that was asked, and no incident of another namespace', async () => {
    await using server = aServer({ byKeys: true });
    const authorization = `Bearer ${server.key()}`;
    const payload = { description: '<img src=x onerror=alert(1)> zanzibar', namespace: 'shop' };
    await server.app.inject({ method: 'POST', url: '/api/v1/incidents', headers: { authorization }, payload });
    while ((await server.store.list({ status: 'completed' })).length === 0) await sleep(5);
    for (const url of ['/', '/incidents/inc-0000000001']) {
      const { body, headers } = await server.app.inject({ url, headers: { authorization } });
      expect(body).toContain('&lt;img src=x onerror=alert(1)&gt; zanzibar');
      expect(body).not.toMatch(/<img|style="|<script>/);
      expect(headers['content-security-policy']).not.toContain('unsafe');
      const other = await server.app.inject({ url, headers: { authorization: `Bearer ${server.key({ namespaces: ['billing'] })}` } });
      expect(other.body).not.toContain('zanzibar');
    }
  });

  test('of a list go on where one ends', async () => {
    await using server = aServer();
    for (let n = 0; n < 51; n += 1)
      await server.store.create({
        incidentId: `inc-${String(n).padStart(10, 'a')}`,
        description: `question ${n}.`,
        createdAt: new Date(n * 1000).toISOString(),
      });
    const { body } = await server.app.inject({ url: '/', headers: { host: 'localhost' } });
    const [, older = ''] = /href="(\/\?before=[\w-]+)"/.exec(body) ?? [];
    expect(body).not.toContain('question 0.');
    expect((await server.app.inject({ url: older, headers: { host: 'localhost' } })).body).toContain('question 0.');
  });
});
