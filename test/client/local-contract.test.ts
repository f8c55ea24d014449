import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { localClient } from '../../src/client/local.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { SqliteJobs } from '../../src/store/sqlite/sqlite-jobs.ts';
import { SqliteRecords } from '../../src/store/sqlite/sqlite-records.ts';
import { SqliteRepository } from '../../src/store/sqlite/sqlite-repository.ts';
import { describeInvestigationClient } from './contract.ts';

describeInvestigationClient('the engine in this process', async (investigate) => {
  const folder = mkdtempSync(join(tmpdir(), 'local-client-'));
  const owner = { host: hostname(), pid: process.pid };
  const store = new SqliteRepository({ path: join(folder, 'incidents.db'), owner, now: new Date() });
  const client = localClient({
    investigate,
    store,
    openBeside: async () => ({ queue: new SqliteJobs(store.connection, owner), records: new SqliteRecords(store.connection) }),
    redact: createRedactor().text,
    now: () => new Date(),
    onStoreError: (error) => {
      throw error;
    },
  });
  return {
    client,
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
