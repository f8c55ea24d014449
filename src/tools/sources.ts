import type { ClusterReader } from '../cluster/reader.ts';
import type { Inventory } from '../domain/inventory.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { RunnableRule } from '../rules/rule.ts';
import type { RunbookShelf } from '../runbooks/runbook-shelf.ts';
import type { MetricSource } from '../telemetry/telemetry-source.ts';
import type { Graph } from '../topology/graph.ts';
import type { KnowledgeGraph } from '../topology/knowledge/knowledge-graph.ts';

/** What the tools that read a cluster need. */
export type ReadSources = Pick<ToolSources, 'reader' | 'redactor' | 'namespace'>;

/** What the tools read from. Inventory and graph are those of the run, or are read when they are first asked for. */
export interface ToolSources {
  readonly reader: ClusterReader;
  inventory(signal: AbortSignal): Promise<Inventory>;
  graph(signal: AbortSignal): Promise<Graph>;
  readonly knowledge: KnowledgeGraph;
  readonly rules: readonly RunnableRule[];
  readonly metrics: MetricSource | undefined;
  readonly runbooks?: RunbookShelf | undefined;
  /** Whole objects and logs pass it before anything is searched in them. */
  readonly redactor: Redactor;
  /** Used where a question names none. */
  readonly namespace: string | undefined;
}
