import { mkdtempSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { localSession } from '../../src/client/local-session.ts';
import { openSnapshotReader } from '../../src/cluster/snapshot/open-snapshot-reader.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { SqliteRepository } from '../../src/store/sqlite/sqlite-repository.ts';
import { loadKnowledgeGraph } from '../../src/topology/knowledge/load-knowledge-graph.ts';
import { atOnce } from '../fixtures/engines.ts';
import { describeSessionClient } from './session-contract.ts';

describeSessionClient('the engine in this process', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'local-session-')), 'incidents.db');
  const store = new SqliteRepository({ path, owner: { host: hostname(), pid: process.pid }, now: new Date() });
  return localSession({
    open: () => openSnapshotReader(join(import.meta.dirname, '../fixtures/dumps/memory-limit')),
    engineOver: async () => atOnce,
    openKnowledge: async () => loadKnowledgeGraph('components: []', 'none.yaml'),
    redactor: createRedactor(),
    store,
    now: () => new Date(),
    onStoreError: (error) => {
      throw error;
    },
    close: () => store[Symbol.asyncDispose](),
  });
});
