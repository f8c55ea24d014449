import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { coded } from '../errors/coded-error.ts';
import type { RunnableRule } from '../rules/rule.ts';
import { shipped } from '../shipped-files.ts';
import type { KnowledgeGraph } from '../topology/knowledge/knowledge-graph.ts';

/** The shipped rules and those of --rules. */
export async function openRulesOf({ rules }: Settings): Promise<readonly RunnableRule[]> {
  const { openRules } = await import('./engine-parts.ts');
  return openRules({ bundle: shipped('dist/rules.json'), shipped: shipped('rules'), extra: rules === undefined ? [] : [rules] });
}

/** --knowledge-graph, else ./knowledge_graph.yaml, else the shipped one; what is generally known of technologies comes with each. */
export async function openKnowledgeOf({ knowledgeGraph }: Settings): Promise<KnowledgeGraph> {
  const ours = await openShippedKnowledge();
  const own = knowledgeGraph ?? (existsSync('knowledge_graph.yaml') ? 'knowledge_graph.yaml' : ours.file);
  if (resolve(own) === ours.file) return ours;
  const [{ loadKnowledgeGraph }, { withShippedTechnologies }] = await Promise.all([
    import('../topology/knowledge/load-knowledge-graph.ts'),
    import('../topology/knowledge/knowledge-graph.ts'),
  ]);
  return withShippedTechnologies(loadKnowledgeGraph(await readText(own), own), ours);
}

async function openShippedKnowledge(): Promise<KnowledgeGraph> {
  const file = shipped('knowledge_graph.yaml');
  const bundle = shipped('dist/knowledge_graph.json');
  if (existsSync(bundle)) return (await import('./engine-parts.ts')).loadBundledKnowledge(await readText(bundle), file);
  return (await import('../topology/knowledge/load-knowledge-graph.ts')).loadKnowledgeGraph(await readText(file), file);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw coded('FILE_UNREADABLE', { path, reason: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}
