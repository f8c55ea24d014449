import { join } from 'node:path';
import { localSession } from '../../src/client/local-session.ts';
import { openSnapshotReader } from '../../src/cluster/snapshot/open-snapshot-reader.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { answerQuestion } from '../../src/server/threads/answer-question.ts';
import type { ClusterDesk } from '../../src/server/threads/cluster-desk.ts';
import { loadKnowledgeGraph } from '../../src/topology/knowledge/load-knowledge-graph.ts';

const DUMP = join(import.meta.dirname, '../fixtures/dumps/memory-limit');

/** Single reads of a dump, without a thread. */
export function aDesk(): ClusterDesk {
  const session = localSession({
    open: () => openSnapshotReader(DUMP),
    engineOver: async () => {
      throw new Error('a desk investigates nothing');
    },
    openKnowledge: async () => loadKnowledgeGraph('components: []', 'none.yaml'),
    redactor: createRedactor(),
    store: undefined,
    now: () => new Date(),
    onStoreError: () => {},
    close: async () => {},
  });
  return { ask: (question, signal) => answerQuestion(question, session, signal), [Symbol.asyncDispose]: () => session[Symbol.asyncDispose]() };
}
