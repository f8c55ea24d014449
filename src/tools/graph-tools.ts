import * as z from 'zod';
import { objectRef, refLabel } from '../domain/object-ref.ts';
import { answerGraphQuery, type GraphQuery } from '../topology/queries/graph-query.ts';
import { kindArgument, kindNamed } from './cluster/kind-argument.ts';
import { inPieces } from './pieces.ts';
import type { ToolSources } from './sources.ts';
import { nothing, type Tool, tool } from './tool.ts';

/** Who needs whom, and who owns whom. */
export function graphTools(sources: ToolSources): Tool[] {
  return [
    tool({
      name: 'query_graph',
      description: 'What depends on what: depends-on (all that NAME needs), dependents (all that need it), path (from NAME to TO).',
      source: 'graph',
      input: z.object({ ask: z.enum(['depends-on', 'dependents', 'path']), name: z.string(), to: z.string().optional() }),
      run: async ({ ask, name, to }, signal) => {
        const [graph, inventory] = await Promise.all([sources.graph(signal), sources.inventory(signal)]);
        const query: GraphQuery = ask === 'path' ? { ask, name, to: to ?? '' } : { ask, name };
        const { object, objects, edges } = answerGraphQuery(query, { graph, inventory, knowledge: sources.knowledge, namespace: sources.namespace });
        if (object === null || objects.length === 0) return nothing(`nothing: ${name} has no ${ask}`);
        const lines = edges.map(
          ({ from, to: needed, type, evidence }) => `${refLabel(from)} ${type} ${refLabel(needed)}${evidence === null ? '' : ` (${evidence})`}`,
        );
        return inPieces({ source: 'knowledge-graph', object, field_path: null, excerpt: sources.redactor.text(lines.join('\n')) });
      },
    }),
    tool({
      name: 'owner_of',
      description: 'The workload that owns an object, and its pods.',
      source: 'graph',
      input: z.object({ kind: kindArgument, name: z.string(), namespace: z.string().optional() }),
      run: async ({ kind, name, namespace = sources.namespace }, signal) => {
        const graph = await sources.graph(signal);
        const object = objectRef(kindNamed(kind), namespace, name);
        if (!graph.has(object)) return nothing(`${refLabel(object)} is not in the graph`);
        const owner = graph.ownerOf(object);
        const pods = graph.podsOf(owner).map(refLabel);
        return inPieces({
          source: 'knowledge-graph',
          object,
          field_path: null,
          excerpt: [`owner: ${refLabel(owner)}`, ...pods.map((pod) => `pod: ${pod}`)].join('\n'),
        });
      },
    }),
  ];
}
