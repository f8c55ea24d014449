import { describe, expect, test } from 'vitest';
import type { Access, Headers } from '../../../../src/cluster/live/kubeconfig/access.ts';
import { callerOf } from '../../../../src/cluster/live/kubeconfig/caller-of.ts';

const access = (headers: Headers, cert?: string): Access => ({
  server: 'https://cluster.example',
  cluster: null,
  context: null,
  namespace: undefined,
  tls: { rejectUnauthorized: true, ...(cert === undefined ? {} : { cert }) },
  proxyUrl: undefined,
  compress: false,
  headers: async () => headers,
});
const token = (payload: object): string => `Bearer x.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.y`;

describe('who the credentials say that the caller is', () => {
  test.each<[string, Headers, string | undefined]>([
    ['a service account, by its token', { authorization: token({ sub: 'system:serviceaccount:shop:reader' }) }, 'system:serviceaccount:shop:reader'],
    ['the impersonated user', { authorization: token({ sub: 'system:serviceaccount:shop:reader' }), 'impersonate-user': 'jo' }, 'jo'],
    ['nobody, by a token of OIDC, which the server prefixes', { authorization: token({ sub: 'jo' }) }, undefined],
    ['nobody, by an opaque token', { authorization: 'Bearer abc' }, undefined],
    ['nobody, by a token that is no JSON', { authorization: 'Bearer a.b.c' }, undefined],
    ['nobody, without any', {}, undefined],
  ])('%s', async (_, headers, name) => expect(await callerOf(access(headers))).toBe(name));

  test('a certificate that cannot be read says nothing', async () => expect(await callerOf(access({}, 'no certificate'))).toBeUndefined());
});
