import { describe, expect, test } from 'vitest';
import { proxyFor } from '../../../../src/cluster/live/kubeconfig/proxy-for.ts';

const PROXY = 'http://proxy.example:3128';

describe('the proxy of the environment', () => {
  test.each<[string, string, Record<string, string>, string | undefined]>([
    ['none', 'https://api.example', {}, undefined],
    ['HTTPS_PROXY', 'https://api.example', { HTTPS_PROXY: PROXY }, PROXY],
    ['its lower-case spelling', 'https://api.example', { https_proxy: PROXY }, PROXY],
    ['an empty one beside it', 'https://api.example', { HTTPS_PROXY: '', https_proxy: PROXY }, PROXY],
    ['HTTP_PROXY for http', 'http://api.example', { HTTP_PROXY: PROXY }, PROXY],
    ['not HTTP_PROXY for https', 'https://api.example', { HTTP_PROXY: PROXY }, undefined],
    ['without a scheme', 'https://api.example', { HTTPS_PROXY: 'proxy.example:3128' }, PROXY],
    ['never for this machine', 'https://127.0.0.1:6443', { HTTPS_PROXY: PROXY }, undefined],
    ['never for localhost', 'https://localhost:6443', { HTTPS_PROXY: PROXY }, undefined],
    ['never for ::1', 'https://[::1]:6443', { HTTPS_PROXY: PROXY }, undefined],
  ])('%s', (_, server, env, proxy) => {
    expect(proxyFor(server, env)).toBe(proxy);
  });

  test.each<[string, string, boolean]>([
    ['*', 'https://api.example', true],
    ['api.example', 'https://api.example', true],
    ['example', 'https://api.example', true],
    ['.example', 'https://api.example', true],
    ['.api.example', 'https://api.example', false],
    ['ample', 'https://api.example', false],
    [' other , API.example ', 'https://api.example', true],
    ['api.example:6443', 'https://api.example:6443', true],
    ['api.example:6443', 'https://api.example', false],
    ['api.example:443', 'https://api.example', true],
    ['10.0.0.0/8', 'https://10.1.2.3', true],
    ['10.0.0.0/8', 'https://11.1.2.3', false],
    ['10.0.0.0/99', 'https://10.1.2.3', false],
    ['fd00::/8', 'https://[fd12::1]:6443', true],
    ['fd00::/8', 'https://10.1.2.3', false],
    ['10.1.2.3', 'https://10.1.2.3', true],
    ['fd12::1', 'https://[fd12::1]', true],
    ['', 'https://api.example', false],
  ])('NO_PROXY %j excepts %s: %s', (noProxy, server, excepted) => {
    expect(proxyFor(server, { HTTPS_PROXY: PROXY, NO_PROXY: noProxy })).toBe(excepted ? undefined : PROXY);
  });
});
