import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleKnowledge, loadBundledKnowledge } from '../../../src/topology/knowledge/knowledge-bundle.ts';
import { loadKnowledgeGraph } from '../../../src/topology/knowledge/load-knowledge-graph.ts';

const FILE = join(import.meta.dirname, '../../../knowledge_graph.yaml');

test('the shipped graph comes back from its bundle as it was read', () => {
  const graph = loadKnowledgeGraph(readFileSync(FILE, 'utf8'), FILE);
  expect(loadBundledKnowledge(bundleKnowledge(graph), FILE)).toEqual(graph);
});

test('a bundle of another build is refused', () => {
  expect(() => loadBundledKnowledge('{"version":0,"graph":{}}', FILE)).toThrow(/version 0/);
});
