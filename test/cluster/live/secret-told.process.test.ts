import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { secretTold } from '../../../src/cluster/live/secret-told.ts';
import { ownAuthority } from './certificates.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const told = (texts: Readonly<Record<string, string>>) =>
  secretTold({ data: Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, base64(text)])) });
const logins = (auths: object): string => JSON.stringify({ auths });

test('of a certificate are told its end, its hosts, and whether the key is its own; nothing of the key', async () => {
  const authority = await ownAuthority(mkdtempSync(join(tmpdir(), 'secrets-')));
  const { cert, key } = await authority.issue('web', 'DNS:shop.example,DNS:*.shop.example,IP:10.0.0.1');
  const { key: another } = await authority.issue('other', 'DNS:other');
  const [certificate] = told({ 'tls.crt': cert, 'tls.key': key }).certificates;
  expect(certificate).toMatchObject({ entry: 'tls.crt', hosts: ['shop.example', '*.shop.example', '10.0.0.1'], fits_key: true });
  expect(Date.parse(certificate?.not_after ?? '') - Date.now()).toBeGreaterThan(3_600_000);
  expect(told({ 'tls.crt': cert, 'tls.key': another }).certificates).toMatchObject([{ fits_key: false }]);
  expect(told({ 'tls.crt': cert, 'tls.key': 'no key' }).certificates).toMatchObject([{ fits_key: false }]);
  expect(told({ 'ca.crt': authority.cert, 'notes.pem': 'no certificate' }).certificates).toMatchObject([{ entry: 'ca.crt', fits_key: null }]);
  expect(JSON.stringify(told({ 'tls.crt': cert, 'tls.key': key }))).not.toContain('PRIVATE');
});

test('what should be a certificate and is none is said to be none', () => {
  expect(told({ 'tls.crt': 'hunter2' })).toEqual({ certificates: [{ entry: 'tls.crt', not_after: null, hosts: [], fits_key: null }], registries: null });
});

test('of logins are told the hosts, as image references name them', () => {
  const auths = { 'https://index.docker.io/v1/': { auth: 'aHVudGVyMg==' }, 'registry.example.com/team': { password: 'hunter2' } };
  expect(told({ '.dockerconfigjson': logins(auths) })).toEqual({ certificates: [], registries: ['docker.io', 'registry.example.com'] });
  expect(told({ '.dockercfg': JSON.stringify({ 'quay.io': {} }) }).registries).toEqual(['quay.io']);
  expect(told({ '.dockerconfigjson': '{' }).registries).toEqual([]);
  expect(told({ password: 'hunter2' })).toEqual({ certificates: [], registries: null });
  expect(secretTold({})).toEqual({ certificates: [], registries: null });
});
