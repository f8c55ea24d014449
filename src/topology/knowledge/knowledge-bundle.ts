import { coded } from '../../errors/coded-error.ts';
import type { KnowledgeGraph } from './knowledge-graph.ts';

/** Raised when the graph's shape changes: a bundle of another build is not read. */
const BUNDLE_VERSION = 1;

/** The shipped graph as the build writes it, checked once: a run reads it without YAML and schemas. */
export function bundleKnowledge({ file: _, ...graph }: KnowledgeGraph): string {
  return JSON.stringify({ version: BUNDLE_VERSION, graph });
}

/** Reads what `bundleKnowledge` wrote; `file` is where the graph was written by hand. */
export function loadBundledKnowledge(text: string, file: string): KnowledgeGraph {
  const { version, graph } = JSON.parse(text) as { version: number; graph: Omit<KnowledgeGraph, 'file'> };
  if (version !== BUNDLE_VERSION) throw coded('UNEXPECTED', { reason: `the knowledge bundle has version ${version}, not ${BUNDLE_VERSION}; build again` });
  return { ...graph, file };
}
