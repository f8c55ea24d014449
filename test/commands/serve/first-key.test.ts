import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { holderOf, newApiKey } from '../../../src/auth/api-key.ts';
import { giveFirstKey } from '../../../src/commands/serve/first-key.ts';
import { SETTINGS, type Settings } from '../../../src/config/settings.ts';
import { SqliteApiKeys } from '../../../src/store/sqlite/sqlite-api-keys.ts';
import { SqliteRepository } from '../../../src/store/sqlite/sqlite-repository.ts';

const GIVEN = newApiKey({ name: 'x', role: 'viewer', namespaces: null }, new Date()).key;
const DEFAULTS = Object.fromEntries(Object.entries(SETTINGS).map(([name, { fallback }]) => [name, fallback])) as unknown as Settings;

let folder: string;
let store: SqliteRepository;
let keys: SqliteApiKeys;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'first-key-'));
  store = new SqliteRepository({ path: join(folder, 'incidents.db'), owner: { host: hostname(), pid: process.pid }, now: new Date() });
  keys = new SqliteApiKeys(store.connection);
  said = [];
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function give(settings: Partial<Settings> = {}): Promise<void> {
  const output = { err: (text: string) => void said.push(text) } as Parameters<typeof giveFirstKey>[1]['output'];
  return giveFirstKey(keys, { settings: { ...DEFAULTS, dataDir: folder, ...settings }, env: {}, now: () => new Date(), output });
}

describe('the first key', () => {
  test('is made where there is none, into a file that only its owner can read, and is an admin', async () => {
    const path = join(folder, 'first-key');
    // A file that was there for everybody to read.
    writeFileSync(path, 'old', { mode: 0o644 });
    await give();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await holderOf(readFileSync(path, 'utf8').trim(), keys)).toMatchObject({ role: 'admin', namespaces: null });
    expect(said.join('')).toContain(path);
    expect(said.join('')).not.toContain('sreo_');
    await give();
    expect(await keys.list()).toHaveLength(1);
  });

  test('is one, however many servers start together', async () => {
    await Promise.all([give(), give(), give()]);
    const [only, ...others] = await keys.list();
    expect(others).toEqual([]);
    expect(await holderOf(readFileSync(join(folder, 'first-key'), 'utf8').trim(), keys)).toMatchObject({ id: only?.key_id });
    expect(readdirSync(folder).filter((name) => name.startsWith('first-key'))).toEqual(['first-key']);
    expect(said).toHaveLength(1);
  });

  test('that is given, in a file or in the environment, is known once, and none is made', async () => {
    const file = join(folder, 'given');
    writeFileSync(file, `${GIVEN}\n`);
    await give({ firstKeyFile: file });
    await give({ firstKey: GIVEN });
    expect(await keys.list()).toHaveLength(1);
    expect(await holderOf(GIVEN, keys)).toMatchObject({ role: 'admin' });
  });

  test('that was revoked stays revoked', async () => {
    await give({ firstKey: GIVEN });
    await keys.revoke(GIVEN.split('_')[1] ?? '', new Date().toISOString());
    await give({ firstKey: GIVEN });
    expect(await holderOf(GIVEN, keys)).toBeUndefined();
  });

  test('that is no key is refused without its words', async () => {
    await expect(give({ firstKey: 'hunter2hunter2' })).rejects.toMatchObject({ code: 'SETTINGS_INVALID', message: expect.not.stringContaining('hunter2') });
    await expect(give({ firstKeyFile: join(folder, 'nowhere') })).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
