import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { localClient } from '../../src/client/local.ts';
import { SqliteRepository } from '../../src/store/sqlite/sqlite-repository.ts';
import { describeInvestigationClient } from './contract.ts';

describeInvestigationClient('the engine in this process', async (investigate) => {
  const folder = mkdtempSync(join(tmpdir(), 'local-client-'));
  const store = new SqliteRepository({ path: join(folder, 'incidents.db'), owner: { host: hostname(), pid: process.pid }, now: new Date() });
  const client = localClient({
    investigate,
    store,
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
