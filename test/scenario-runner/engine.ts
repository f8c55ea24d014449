import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterReader } from '../../src/cluster/reader.ts';
import type { Report } from '../../src/domain/report.ts';
import { investigate } from '../../src/pipeline/investigate.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { openRules } from '../../src/rules/open-rules.ts';
import { compileRules } from '../../src/rules/rule-set.ts';
import { loadKnowledgeGraph } from '../../src/topology/knowledge/load-knowledge-graph.ts';

const ROOT = join(import.meta.dirname, '../..');
const GRAPH = join(ROOT, 'knowledge_graph.yaml');
const MOST_SECONDS = 60;

export interface Question {
  readonly ask: string;
  /** undefined: all of them */
  readonly namespace: string | undefined;
}

/** Investigates what a reader sees, in this process, with the shipped rules. */
export type Engine = (reader: ClusterReader, question: Question) => Promise<Report>;

/** The engine as users run it, wired from its sources: rules are read and compiled once. */
export async function openEngine(): Promise<Engine> {
  const rules = compileRules(await openRules({ shipped: join(ROOT, 'rules'), extra: [] }));
  const knowledge = loadKnowledgeGraph(readFileSync(GRAPH, 'utf8'), GRAPH);
  return async (reader, { ask, namespace }) => {
    const request = { incidentId: 'inc-scenario', description: ask, ...(namespace === undefined ? { allNamespaces: true } : { namespace }) };
    const deps = { reader, rules, knowledge, redactor: createRedactor(), now: () => new Date(), engineVersion: '0.0.0' };
    for await (const event of investigate(request, deps, AbortSignal.timeout(MOST_SECONDS * 1000))) if (event.type === 'report-completed') return event.report;
    throw new Error('the investigation ended without a report');
  };
}
