import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inClusterAccess } from '../../../../src/cluster/live/kubeconfig/in-cluster.ts';

const env = { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443' };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'account-'));
  await Promise.all([
    writeFile(join(folder, 'token'), 'first\n'),
    writeFile(join(folder, 'ca.crt'), 'authority'),
    writeFile(join(folder, 'namespace'), 'watch\n'),
  ]);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('the service account of the pod is used, with its namespace', () => {
  expect(inClusterAccess(env, folder)).toMatchObject({
    server: 'https://10.96.0.1:443',
    cluster: 'in-cluster',
    context: null,
    namespace: 'watch',
    compress: false,
  });
  expect(inClusterAccess({ ...env, KUBERNETES_SERVICE_HOST: 'fd00::1' }, folder)).toMatchObject({ server: 'https://[fd00::1]:443' });
});

test('its token is read again each time: the kubelet rotates it', async () => {
  const access = inClusterAccess(env, folder);
  expect(await access?.headers()).toEqual({ authorization: 'Bearer first' });
  await writeFile(join(folder, 'token'), 'second');
  expect(await access?.headers()).toEqual({ authorization: 'Bearer second' });
});

test('outside of a cluster there is none', async () => {
  expect(inClusterAccess({}, folder)).toBeUndefined();
  await rm(join(folder, 'namespace'));
  expect(inClusterAccess(env, folder)?.namespace).toBeUndefined();
  await rm(join(folder, 'token'));
  expect(inClusterAccess(env, folder)).toBeUndefined();
});

test('its authority is read again where TLS failed, and only another one is worth a try', async () => {
  const access = inClusterAccess(env, folder);
  expect(await access?.renew?.('handshake')).toBeUndefined();
  await writeFile(join(folder, 'ca.crt'), 'another authority');
  expect((await access?.renew?.('handshake'))?.tls.ca?.toString()).toBe('another authority');
  expect(await access?.renew?.('credentials')).toBeUndefined();
});
