import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Access } from '../../src/auth/access.ts';
import { oidcIdentify } from '../../src/auth/oidc.ts';
import { reviewingIdentify } from '../../src/auth/token-review.ts';
import { ROUTES } from '../../src/server/routes/all.ts';
import { PAGES } from '../../src/server/routes/pages.ts';
import { type IdentityProvider, identityProvider } from '../fixtures/identity-provider.ts';
import { type AServer, aServer } from './a-server.ts';

/** Stands in the words of the one incident there is; whoever may not see it must never read this. */
const MARK = 'zanzibar';
const INCIDENT = 'inc-0000000001';
const PROTECTED = [...ROUTES, ...PAGES]
  .filter(({ needs }) => needs !== 'everybody')
  .map((each) => ({
    ...each,
    name: `${each.method} ${each.path}`,
    url: each.path
      .replace('{id}', INCIDENT)
      .replace('{format}', 'md')
      .replace(/\{\w+\}/g, 'x'),
  }));
const PAYLOADS: Readonly<Record<string, object>> = { feedback: { right: true }, questions: { question: 'why?' }, 'follow-ups': { question: 'why?' } };
/** About all namespaces at once: nothing of them is for who may see some. */
const OF_ALL = ['/metrics'];
const RANKS = { viewer: 0, operator: 1, admin: 2 } as const;

const ACCESS: Access = [
  { from: 'oidc', group: 'sre', role: 'operator' },
  { from: 'oidc', group: 'readers', role: 'viewer' },
  { from: 'oidc', group: 'billing', role: 'admin', namespaces: ['billing'] },
  { from: 'kubernetes', user: 'system:serviceaccount:shop:pager', role: 'operator', namespaces: ['shop'] },
];

let provider: IdentityProvider;
let server: AServer;

beforeAll(async () => {
  provider = await identityProvider();
  const byOidc = oidcIdentify({ issuer: provider.issuer, audience: 'sre-orch', groupsClaim: 'groups', insecureHosts: [] });
  const reviews = { review: async (token: string) => ({ authenticated: token === 'pager-token', username: 'system:serviceaccount:shop:pager', groups: [] }) };
  const byReview = reviewingIdentify(reviews, Date.now);
  server = aServer({
    byKeys: true,
    identify: [byOidc, byReview],
    access: ACCESS,
  });
  const payload = { description: `${MARK} is failing`, namespace: 'shop' };
  await server.app.inject({ method: 'POST', url: '/api/v1/incidents', headers: { authorization: `Bearer ${server.key()}` }, payload });
  const status = async (): Promise<string> => (await ask({ method: 'GET', url: `/api/v1/incidents/${INCIDENT}` }, server.key())).body;
  while (!(await status()).includes('"status":"completed"')) await sleep(10);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

async function ask(
  { method, url }: { method: 'GET' | 'POST' | 'DELETE'; url: string },
  token?: string,
): Promise<{ status: number; code: string; body: string }> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  // A stream of events of a run that has ended ends.
  // What the schema of a route takes, so that what is behind it is reached.
  const payload = PAYLOADS[url.split('/').at(-1) ?? ''] ?? {};
  const { statusCode, body } = await server.app.inject({ method, url, headers, ...(method === 'POST' ? { payload } : {}) });
  return { status: statusCode, code: /^\{"code":"(\w+)"/.exec(body)?.[1] ?? '', body };
}

describe('every protected route', () => {
  test('is in the table', () => expect(PROTECTED.length).toBeGreaterThanOrEqual(7));

  describe.each(PROTECTED)('$name', ({ method, url, needs }) => {
    const strangers: Readonly<Record<string, () => Promise<string | undefined> | string | undefined>> = {
      'no key': () => undefined,
      'a word that is no key': () => 'x',
      'a wrong key': () => `${server.key().slice(0, -4)}AAAA`,
      'a key of an id that nobody has': () => `sreo_000000000000_${'A'.repeat(43)}`,
      'a revoked key': () => {
        const key = server.key();
        server.revoke(key);
        return key;
      },
      'an expired token': () => provider.token({ groups: ['sre'], expires: -120 }),
      'a token for another audience': () => provider.token({ groups: ['sre'], audience: 'another' }),
      'a token of another issuer': () => provider.token({ groups: ['sre'], issuer: 'https://elsewhere.example' }),
      'a token that another key has signed': () => provider.token({ groups: ['sre'], forged: true }),
      'a token without a signature': () => provider.unsigned({ groups: ['sre'] }),
      'a token whose owner is not in the table of access': () => provider.token({ groups: ['strangers'] }),
      'a token of the provider that names a service account': () => provider.token({ sub: 'system:serviceaccount:shop:pager' }),
      'a token that the cluster does not know': () => 'another-token',
    };
    test.each(Object.entries(strangers))('lets in nobody with %s', async (_name, token) => {
      const { status, code, body } = await ask({ method, url }, await token());
      expect([status, code]).toEqual([401, 'UNAUTHENTICATED']);
      expect(body).not.toContain(MARK);
    });

    const holders = [
      ['viewer', 'a key', () => server.key({ role: 'viewer' })],
      ['operator', 'a key', () => server.key({ role: 'operator' })],
      ['admin', 'a key', () => server.key({ role: 'admin' })],
      ['viewer', 'a token', () => provider.token({ groups: ['readers'] })],
      ['operator', 'a token', () => provider.token({ groups: ['x', 'sre'] })],
      ['operator', 'a token of the cluster', () => 'pager-token'],
    ] as const;
    test.each(holders)('to a %s with %s: as its role allows', async (role, what, token) => {
      const { status, code } = await ask({ method, url }, await token());
      const isScoped = OF_ALL.includes(url) && what === 'a token of the cluster';
      if (RANKS[role] < RANKS[needs as keyof typeof RANKS] || isScoped) expect([status, code]).toEqual([403, 'NOT_PERMITTED']);
      else expect([401, 403]).not.toContain(status);
    });

    test.each([
      ['a key', () => server.key({ namespaces: ['billing'] })],
      ['a token', () => provider.token({ groups: ['billing'] })],
    ])('to %s of another namespace: as if the incident were not there', async (_what, token) => {
      const { status, code, body } = await ask({ method, url }, await token());
      expect(body).not.toContain(MARK);
      const nowhere = await ask({ method, url: url.replace(INCIDENT, 'inc-9999999999') }, await token());
      if (url.includes(INCIDENT)) expect([status, code]).toEqual([nowhere.status, nowhere.code]);
      if (url.includes(INCIDENT)) expect(status).toBe(404);
      else if (OF_ALL.includes(url)) expect([status, code]).toEqual([403, 'NOT_PERMITTED']);
      else expect(status).toBeLessThan(500);
    });
  });
});

describe('the other side of the table', () => {
  test('the keys of the provider are asked for once, not for every token', () => expect(provider.asked()).toBe(1));

  test('a namespace of another team can neither be read nor named', async () => {
    const authorization = `Bearer ${await provider.token({ groups: ['billing'] })}`;
    for (const namespace of ['shop', undefined]) {
      const payload = { description: 'x', all_namespaces: namespace === undefined, ...(namespace === undefined ? {} : { namespace }) };
      const { statusCode } = await server.app.inject({ method: 'POST', url: '/api/v1/incidents', headers: { authorization }, payload });
      expect(statusCode).toBe(403);
    }
    const list = await server.app.inject({ url: '/api/v1/incidents?namespace=shop', headers: { authorization } });
    expect(JSON.parse(list.body)).toEqual({ items: [], next_cursor: null });
    expect((await ask({ method: 'GET', url: '/api/v1/incidents/last' }, await provider.token({ groups: ['billing'] }))).status).toBe(404);
  });

  test('a provider that cannot be reached is said to be so, and keys still work', async () => {
    const gone = await identityProvider();
    const token = await gone.token({ groups: ['sre'] });
    await gone[Symbol.asyncDispose]();
    const byGone = oidcIdentify({ issuer: gone.issuer, audience: 'sre-orch', groupsClaim: 'groups', insecureHosts: [] });
    await using alone = aServer({ byKeys: true, identify: [byGone], access: [{ from: 'oidc', group: 'sre', role: 'operator' }] });
    const url = '/api/v1/incidents';
    const answer = await alone.app.inject({ url, headers: { authorization: `Bearer ${token}` } });
    expect([answer.statusCode, answer.json<{ code: string }>().code, answer.headers['retry-after']]).toEqual([503, 'IDENTITY_UNREACHABLE', '5']);
    expect((await alone.app.inject({ url, headers: { authorization: `Bearer ${alone.key()}` } })).statusCode).toBe(200);
  });
});
