import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLiveReader } from '../../../src/cluster/live/open-live-reader.ts';
import type { ClusterReader } from '../../../src/cluster/reader.ts';
import { SHOP } from '../fixture.ts';
import { type Authority, type Certificate, ownAuthority } from './certificates.ts';
import { failure, openFakeApiServer } from './fake-api-server.ts';
import { type OidcOptions, type OidcServer, openOidcServer } from './oidc-server.ts';

const { signal } = new AbortController();
let folder: string;
let authority: Authority;
let certificate: Certificate;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oidc-'));
  authority = await ownAuthority(folder);
  certificate = await authority.issue('provider', 'IP:127.0.0.1');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Stage extends AsyncDisposable {
  readonly provider: OidcServer;
  /** The tokens that the API server was shown. */
  shown(): (string | undefined)[];
  readonly kubeconfig: string;
  open(): Promise<ClusterReader>;
}

interface Scene {
  /** Seconds that the id token in the kubeconfig still lives; null: there is none. */
  readonly lives: number | null;
  /** Of the client; undefined: it has none. */
  readonly secret?: string | undefined;
  readonly provider?: Partial<OidcOptions>;
  readonly config?: Readonly<Record<string, string | undefined>>;
  /** Whether the API server takes a token; all, unless told. */
  readonly accepts?: (token: string | undefined, nth: number) => boolean;
}

async function stage({ lives, provider: options, config, accepts = () => true, ...rest }: Scene): Promise<Stage> {
  const secret = 'secret' in rest ? rest.secret : 's3cret';
  const provider = await openOidcServer({ certificate, clientId: 'kubernetes', ...(secret === undefined ? {} : { clientSecret: secret }), ...options });
  const settings = {
    'idp-issuer-url': provider.issuer,
    'client-id': 'kubernetes',
    'client-secret': secret,
    'refresh-token': 'refresh-0',
    'idp-certificate-authority-data': Buffer.from(authority.cert).toString('base64'),
    ...(lives === null ? {} : { 'id-token': provider.idToken(lives) }),
    ...config,
  };
  let nth = 0;
  const server = await openFakeApiServer({
    fixture: SHOP,
    user: { 'auth-provider': { name: 'oidc', config: settings } },
    fault: ({ headers }) => {
      nth += 1;
      return accepts(headers.authorization, nth) ? undefined : failure(401, 'Unauthorized', 'Unauthorized');
    },
  });
  return {
    provider,
    shown: () => server.requests.map(({ headers }) => headers.authorization),
    kubeconfig: server.kubeconfig,
    open: () => openLiveReader({ kubeconfig: server.kubeconfig, env: {} }),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
    },
  };
}

describe('an id token of OpenID Connect', () => {
  test('that is valid is sent as it is', async () => {
    await using at = await stage({ lives: 600 });
    await using _ = await at.open();
    expect(at.provider.grants).toEqual([]);
    expect(at.shown()[0]).toMatch(/^Bearer eyJ/);
  });

  test.each([
    ['has expired', -60],
    ['is about to expire', 5],
    ['is not there', null],
  ])('that %s is refreshed once, for the whole run, and the kubeconfig is not written', async (_, lives) => {
    await using at = await stage({ lives });
    const before = await readFile(at.kubeconfig, 'utf8');
    await using reader = await at.open();
    await Promise.all(['shop', 'vault', 'other'].map((namespace) => reader.list('Pod', { namespace }, signal)));
    expect(at.provider.grants).toMatchObject([{ grant_type: 'refresh_token', refresh_token: 'refresh-0', client_id: 'kubernetes', client_secret: 's3cret' }]);
    expect(new Set(at.shown()).size).toBe(1);
    expect(await readFile(at.kubeconfig, 'utf8')).toBe(before);
  });

  test.each([
    ['that the provider does not repeat is used again', undefined, ['refresh-0', 'refresh-0', 'refresh-0', 'refresh-0']],
    ['that the provider replaces gives way to the new one', (grant: number) => `refresh-${grant}`, ['refresh-0', 'refresh-1', 'refresh-2', 'refresh-3']],
  ])('a refresh token %s', async (_, refreshToken, used) => {
    // Its tokens live too short: a new one is had when connecting and for each request.
    await using at = await stage({ lives: -60, provider: { lives: 5, ...(refreshToken ? { refreshToken } : {}) } });
    await using reader = await at.open();
    await reader.list('Pod', { namespace: 'shop' }, signal);
    await reader.list('Node', {}, signal);
    expect(at.provider.grants.map(({ refresh_token }) => refresh_token)).toEqual(used);
  });

  test('that the API server refuses is refreshed, with the newest refresh token', async () => {
    let refused = '';
    const accepts = (token: string | undefined, nth: number): boolean => {
      if (nth === 2) refused = token ?? '';
      return nth === 1 || token !== refused;
    };
    await using at = await stage({ lives: -60, provider: { refreshToken: (grant) => `refresh-${grant}` }, accepts });
    await using reader = await at.open();
    expect((await reader.list('Pod', { namespace: 'shop' }, signal)).status).toBe('found');
    expect(at.provider.grants.map(({ refresh_token }) => refresh_token)).toEqual(['refresh-0', 'refresh-1']);
  });

  test('is asked for with the secret of the client in the body where the provider wants it there, or without one', async () => {
    await using posted = await stage({ lives: -60, provider: { authMethods: ['client_secret_post'] } });
    await using _ = await posted.open();
    expect(posted.provider.grants).toHaveLength(1);
    await using free = await stage({ lives: -60, secret: undefined, provider: { authMethods: ['none'] } });
    await using __ = await free.open();
    expect(free.provider.grants).toHaveLength(1);
  });

  test.each<[string, Partial<Scene>, RegExp]>([
    [
      'the refresh token has expired',
      { provider: { refusal: { error: 'invalid_grant', error_description: 'Session not active' } } },
      /Session not active.*sign in again/,
    ],
    ['there is no refresh token', { config: { 'refresh-token': undefined } }, /without refresh-token in the kubeconfig/],
    ['the provider is not there', { config: { 'idp-issuer-url': 'https://127.0.0.1:4' } }, /cannot be asked.*connection refused/],
    ['its certificate is not trusted', { config: { 'idp-certificate-authority-data': undefined } }, /cannot be asked.*certificate/],
    ['its address is none', { config: { 'idp-issuer-url': 'nowhere' } }, /cannot be asked/],
    ['the client is not known', { config: { 'client-secret': 'wrong' } }, /invalid_client/],
  ])('that cannot be had is CREDENTIALS_UNAVAILABLE: %s', async (_, scene, message) => {
    await using at = await stage({ lives: -60, ...scene });
    const error = await at.open().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CREDENTIALS_UNAVAILABLE', message: expect.stringMatching(message) });
    expect(`${error}`).not.toMatch(/refresh-0|s3cret|eyJ/);
  });
});
