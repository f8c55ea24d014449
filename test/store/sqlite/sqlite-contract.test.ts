import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Owner, ownerToken } from '../../../src/store/owner.ts';
import { SqliteApiKeys } from '../../../src/store/sqlite/sqlite-api-keys.ts';
import { SqliteJobs } from '../../../src/store/sqlite/sqlite-jobs.ts';
import { SqliteOutbox } from '../../../src/store/sqlite/sqlite-outbox.ts';
import { SqliteRecords } from '../../../src/store/sqlite/sqlite-records.ts';
import { SqliteRepository } from '../../../src/store/sqlite/sqlite-repository.ts';
import { SqliteRetention } from '../../../src/store/sqlite/sqlite-retention.ts';
import { type Process, storeContract } from '../contract.ts';

storeContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-contract-'));
  const [mine, parent, gone] = [process.pid, process.ppid, 2 ** 22 + 1].map((pid) => ({ host: hostname(), pid })) as [Owner, Owner, Owner];
  const open = (owner: Owner): Process => {
    const incidents = new SqliteRepository({ path: join(folder, 'incidents.db'), owner, now: new Date() });
    const { connection } = incidents;
    return {
      incidents,
      queue: new SqliteJobs(connection, owner),
      keys: new SqliteApiKeys(connection),
      retention: new SqliteRetention(connection),
      records: new SqliteRecords(connection),
      outbox: new SqliteOutbox(connection),
    };
  };
  const processes = { one: open(mine), other: open(parent), dying: open(gone) };
  if (ownerToken(mine) === ownerToken(parent)) throw new Error('two processes are needed');
  return {
    ...processes,
    // Its process was never there.
    dies: async () => {},
    async [Symbol.asyncDispose]() {
      for (const { incidents } of Object.values(processes)) await incidents[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
