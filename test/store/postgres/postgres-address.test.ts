import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { postgresAddress } from '../../../src/store/postgres/postgres-address.ts';

const ca = join(mkdtempSync(join(tmpdir(), 'address-')), 'ca.pem');
writeFileSync(ca, 'PEM');
const VERIFIED = { rejectUnauthorized: true };

test.each<[string, string[], object]>([
  ['postgres://127.0.0.1/incidents', [], { host: '127.0.0.1', database: 'incidents' }],
  ['postgresql://sre:p%40ss@localhost:5433/i', [], { host: 'localhost', port: 5433, database: 'i', user: 'sre', password: 'p@ss' }],
  ['postgres://sre@/incidents?host=/run/postgresql', [], { host: '/run/postgresql', database: 'incidents', user: 'sre' }],
  ['postgres://[::1]/i', [], { host: '::1', database: 'i' }],
  ['postgres://localhost/i?sslmode=require', [], { host: 'localhost', database: 'i', ssl: VERIFIED }],
  ['postgres://db.example/i', [], { host: 'db.example', database: 'i', ssl: VERIFIED }],
  [`postgres://db.example/i?sslmode=verify-full&sslrootcert=${ca}`, [], { host: 'db.example', database: 'i', ssl: { ...VERIFIED, ca: 'PEM' } }],
  ['postgres://db.example/i', ['db.example'], { host: 'db.example', database: 'i' }],
  ['postgres://db.example/i?sslmode=disable', ['DB.example'], { host: 'db.example', database: 'i' }],
])('%s with %j', (url, insecure, config) => {
  expect(postgresAddress(url, insecure).config).toEqual(config);
});

test.each([
  ['mysql://db.example/i', 'an address like postgres://user@host/database is needed'],
  ['postgres://db.example/i?sslmode=disable', '--insecure-http db.example'],
  ['postgres://db.example/i?sslmode=prefer', 'sslmode is disable, require or verify-full'],
  ['postgres://db.example/i?password=x', 'password is not understood'],
  ['postgres://db.example/i?sslrootcert=/none.pem', '/none.pem cannot be read'],
])('%s is refused', (url, words) => {
  expect(() => postgresAddress(url, [])).toThrow(expect.objectContaining({ code: 'SETTINGS_INVALID', message: expect.stringContaining(words) }));
});

test('what people are shown holds no password', () => {
  expect(postgresAddress('postgres://sre:geheim@db.example:5433/i?sslmode=require', []).label).toBe('postgres://db.example:5433/i');
});
