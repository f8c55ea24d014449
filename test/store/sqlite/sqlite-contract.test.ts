import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Owner, ownerToken } from '../../../src/store/owner.ts';
import { SqliteApiKeys } from '../../../src/store/sqlite/sqlite-api-keys.ts';
import { type SqliteParts, sqliteParts } from '../../../src/store/sqlite/sqlite-parts.ts';
import { SqliteRepository } from '../../../src/store/sqlite/sqlite-repository.ts';
import { StoreWriter } from '../../../src/store/sqlite/writer/store-writer.ts';
import { type SharedStore, storeContract } from '../contract.ts';

interface Opened {
  readonly parts: SqliteParts;
  readonly beside?: AsyncDisposable;
}

/** Three processes on one file, each with its parts as `opened` makes them. */
async function onOneFile(opened: (parts: SqliteParts, path: string, owner: Owner) => Opened): Promise<SharedStore> {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-contract-'));
  const path = join(folder, 'incidents.db');
  const [mine, parent, gone] = [process.pid, process.ppid, 2 ** 22 + 1].map((pid) => ({ host: hostname(), pid })) as [Owner, Owner, Owner];
  if (ownerToken(mine) === ownerToken(parent)) throw new Error('two processes are needed');
  const open = (owner: Owner) => {
    const incidents = new SqliteRepository({ path, owner, now: new Date() });
    const { parts, beside } = opened(sqliteParts(incidents, owner), path, owner);
    return { ...parts, keys: new SqliteApiKeys(incidents.connection), beside };
  };
  const processes = { one: open(mine), other: open(parent), dying: open(gone) };
  return {
    ...processes,
    // Its process was never there.
    dies: async () => {},
    async [Symbol.asyncDispose]() {
      for (const { incidents, beside } of Object.values(processes)) {
        await beside?.[Symbol.asyncDispose]();
        await incidents[Symbol.asyncDispose]();
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

storeContract('SQLite', () => onOneFile((parts) => ({ parts })));

const THREAD = new URL('../../../src/store-thread.ts', import.meta.url);
storeContract('SQLite, written by a thread', () =>
  onOneFile((parts, path, owner) => {
    const writer = new StoreWriter(THREAD, { path, owner });
    return { parts: writer.writing(parts), beside: writer };
  }),
);
