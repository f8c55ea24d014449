import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findAccess } from '../../../../src/cluster/live/kubeconfig/find-access.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: object | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

interface Entry {
  readonly name: string;
  readonly server?: string;
  readonly user?: object;
}

function config(entry: Entry): object {
  const { name } = entry;
  const { server = `https://${name}.example`, user = { token: `${name}-token` } } = entry;
  return {
    'current-context': name,
    clusters: [{ name, cluster: { server } }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name, namespace: `${name}-ns` } }],
  };
}

describe('a context', () => {
  test('gives server, namespace and credentials', async () => {
    const access = await findAccess({ kubeconfig: await file('config', config({ name: 'prod', server: 'https://prod.example/' })), env: {} });
    expect(access).toMatchObject({ server: 'https://prod.example', cluster: 'prod', context: 'prod', namespace: 'prod-ns', compress: true });
    expect(await access.headers()).toEqual({ authorization: 'Bearer prod-token' });
  });

  test('that is unknown is named with those that are near', async () => {
    const opening = findAccess({ kubeconfig: await file('config', config({ name: 'production' })), context: 'prodution', env: {} });
    await expect(opening).rejects.toMatchObject({ code: 'CONTEXT_UNKNOWN', details: { near: ['production'] } });
  });

  test('that is like none is named with those there are', async () => {
    const opening = findAccess({ kubeconfig: await file('config', config({ name: 'production' })), context: 'zzz', env: {} });
    await expect(opening).rejects.toMatchObject({ code: 'CONTEXT_UNKNOWN', details: { near: ['production'] } });
  });

  const broken: [string, object, RegExp][] = [
    ['names no cluster', { contexts: [{ name: 'a', context: {} }] }, /names no cluster/],
    ['names a cluster that is not there', { contexts: [{ name: 'a', context: { cluster: 'b' } }] }, /names the cluster b, which is not in it/],
    [
      'names a user that is not there',
      { clusters: [{ name: 'b', cluster: { server: 'https://b' } }], contexts: [{ name: 'a', context: { cluster: 'b', user: 'c' } }] },
      /names the user c, which is not in it/,
    ],
    [
      'has a server that is no address',
      { clusters: [{ name: 'b', cluster: { server: 'b.example:6443' } }], contexts: [{ name: 'a', context: { cluster: 'b' } }] },
      /no valid server address/,
    ],
    ['has no contexts', {}, /it has no contexts/],
    ['has groups without a user to impersonate', config({ name: 'a', user: { 'as-groups': ['sre'] } }), /user a sets as-groups without as/],
    ['has keys that are none', config({ name: 'a', user: { 'client-certificate-data': 'bm9uZQ==', 'client-key-data': 'bm9uZQ==' } }), /cannot be used/],
    ['has a certificate file that is not there', config({ name: 'a', user: { 'client-certificate': 'gone.crt' } }), /gone\.crt cannot be read/],
  ];

  test.each(broken)('that %s cannot be used', async (_, content, message) => {
    const opening = findAccess({
      kubeconfig: await file('config', { 'current-context': Object.keys(content).length > 0 ? 'a' : undefined, ...content }),
      env: {},
    });
    await expect(opening).rejects.toMatchObject({ code: 'KUBECONFIG_INVALID', message: expect.stringMatching(message) });
  });

  test('that is not chosen is asked for, with those there are', async () => {
    const opening = findAccess({ kubeconfig: await file('config', { ...config({ name: 'prod' }), 'current-context': '' }), env: {} });
    await expect(opening).rejects.toMatchObject({ code: 'KUBECONFIG_INVALID', message: expect.stringContaining('choose one of prod') });
  });
});

describe('files', () => {
  test('of a list are merged: the first to name something wins, a missing one is skipped', async () => {
    const paths = [
      join(folder, 'missing'),
      await file('one', config({ name: 'a' })),
      await file('two', {
        ...config({ name: 'b' }),
        users: [
          { name: 'a', user: { token: 'another' } },
          { name: 'b', user: { token: 'b-token' } },
        ],
      }),
    ];
    const env = { KUBECONFIG: paths.join(delimiter) };
    expect(await (await findAccess({ env })).headers()).toEqual({ authorization: 'Bearer a-token' });
    expect(await (await findAccess({ env, context: 'b' })).headers()).toEqual({ authorization: 'Bearer b-token' });
  });

  test('are sought by flag, then KUBECONFIG, then the home folder', async () => {
    const flag = await file('flag', config({ name: 'flag' }));
    const listed = await file('listed', config({ name: 'listed' }));
    expect(await findAccess({ kubeconfig: flag, env: { KUBECONFIG: listed } })).toMatchObject({ context: 'flag' });
    expect(await findAccess({ env: { KUBECONFIG: listed, HOME: folder } })).toMatchObject({ context: 'listed' });
    await expect(findAccess({ env: { HOME: folder } })).rejects.toMatchObject({
      code: 'KUBECONFIG_NOT_FOUND',
      details: { path: join(folder, '.kube', 'config') },
    });
    await expect(findAccess({ env: {} })).rejects.toMatchObject({ code: 'KUBECONFIG_NOT_FOUND', details: { path: '~/.kube/config' } });
    await expect(findAccess({ kubeconfig: join(folder, 'gone'), env: {} })).rejects.toMatchObject({ code: 'KUBECONFIG_NOT_FOUND', row: { exitCode: 3 } });
  });

  test.each([
    ['no YAML', 'a: [', /config/],
    ['a list', '- a', /no YAML mapping/],
    ['nothing', '', /it has no contexts/],
  ])('that hold %s say so', async (_, content, message) => {
    await expect(findAccess({ kubeconfig: await file('config', content), env: {} })).rejects.toMatchObject({
      code: 'KUBECONFIG_INVALID',
      message: expect.stringMatching(message),
    });
  });

  test('that are folders say so', async () => {
    await expect(findAccess({ kubeconfig: folder, env: {} })).rejects.toMatchObject({ code: 'KUBECONFIG_INVALID' });
  });
});

describe('credentials', () => {
  test('a token file beside the kubeconfig is read again each time, without its line end', async () => {
    await file('token', 'first\n');
    const access = await findAccess({ kubeconfig: await file('config', config({ name: 'a', user: { tokenFile: 'token' } })), env: {} });
    expect(await access.headers()).toEqual({ authorization: 'Bearer first' });
    await file('token', 'second\n');
    expect(await access.headers()).toEqual({ authorization: 'Bearer second' });
    await rm(join(folder, 'token'));
    await expect(access.headers()).rejects.toMatchObject({ code: 'CREDENTIALS_UNAVAILABLE' });
  });

  test('a name and a password are sent as such', async () => {
    const access = await findAccess({ kubeconfig: await file('config', config({ name: 'a', user: { username: 'jo', password: 'open' } })), env: {} });
    expect(await access.headers()).toEqual({ authorization: `Basic ${Buffer.from('jo:open').toString('base64')}` });
  });

  test('all parts of an impersonation are sent', async () => {
    const user = { token: 't', as: 'jo', 'as-groups': ['sre'], 'as-uid': '7', 'as-user-extra': { scope: ['a', 'b'] } };
    const access = await findAccess({ kubeconfig: await file('config', config({ name: 'a', user })), env: {} });
    expect(await access.headers()).toEqual({
      authorization: 'Bearer t',
      'impersonate-user': 'jo',
      'impersonate-uid': '7',
      'impersonate-group': ['sre'],
      'impersonate-extra-scope': ['a', 'b'],
    });
  });
});

test('compression is asked for from afar, unless the kubeconfig says not to', async () => {
  const near = await findAccess({ kubeconfig: await file('near', config({ name: 'a', server: 'https://127.0.0.1:6443' })), env: {} });
  const cluster = { server: 'https://far.example', 'disable-compression': true };
  const told = await findAccess({ kubeconfig: await file('told', { ...config({ name: 'a' }), clusters: [{ name: 'a', cluster }] }), env: {} });
  expect([near.compress, told.compress]).toEqual([false, false]);
});
