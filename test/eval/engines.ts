import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openSnapshotReader } from '../../src/cluster/snapshot/open-snapshot-reader.ts';
import type { Report } from '../../src/domain/report.ts';
import { investigate } from '../../src/pipeline/investigate.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { openRules } from '../../src/rules/open-rules.ts';
import { compileRules } from '../../src/rules/rule-set.ts';
import { loadKnowledgeGraph } from '../../src/topology/knowledge/load-knowledge-graph.ts';
import type { RecordedCase } from './case.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Answers the question of one case. */
export type Engine = (recorded: RecordedCase) => Promise<Report>;

/** The built program, a process each: what a user waits for. */
export const programEngine: Engine = async ({ query, namespace, snapshot }) => {
  const args = ['investigate', query, '-n', namespace, '--snapshot', snapshot, '--output', 'json', '--no-store', '--quiet'];
  const { stdout } = await promisify(execFile)(join(ROOT, 'node_modules/.bin/node'), [join(ROOT, 'bin/sre-orch.js'), ...args], { maxBuffer: 2 ** 27 });
  return JSON.parse(stdout) as Report;
};

/** The same engine in this process, from source: many times as fast, for thousands of cases. */
export async function sourceEngine(): Promise<Engine> {
  const rules = compileRules(await openRules({ shipped: join(ROOT, 'rules'), extra: [] }));
  const path = join(ROOT, 'knowledge_graph.yaml');
  const knowledge = loadKnowledgeGraph(await readFile(path, 'utf8'), path);
  return async ({ name, query, namespace, snapshot }) => {
    await using reader = await openSnapshotReader(snapshot);
    const deps = { reader, rules, knowledge, redactor: createRedactor(), now: () => new Date(), engineVersion: 'eval' };
    const request = { incidentId: name, description: query, ...(namespace === '' ? {} : { namespace }) };
    for await (const event of investigate(request, deps, new AbortController().signal)) if (event.type === 'report-completed') return event.report;
    throw new Error(`${name}: no report`);
  };
}
