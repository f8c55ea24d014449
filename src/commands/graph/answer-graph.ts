import type { Inventory } from '../../domain/inventory.ts';
import { requireNamespace } from '../../evidence/collect/require-namespace.ts';
import { inventoryOf } from '../../evidence/inventory-of.ts';
import { readInventory } from '../../pipeline/read-inventory.ts';
import { graphMermaid } from '../../report/graph/mermaid.ts';
import { graphText } from '../../report/graph/text.ts';
import { buildGraph } from '../../topology/build-graph.ts';
import { answerGraphQuery, type GraphQuery } from '../../topology/queries/graph-query.ts';
import { asksForData } from '../asks-for-data.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';

/** `graph …`: reads what is needed, asks the graph, shows the answer as text, JSON or mermaid. */
export async function answerGraph(query: GraphQuery, { options }: CommandInput, context: CommandContext): Promise<CommandResult> {
  const knowledge = await context.openKnowledge();
  const inventory = options['knowledgeOnly'] === true ? inventoryOf([]) : await read(options, context);
  const everything = options['everything'] === true;
  const { namespace, output } = context.settings;
  const answer = answerGraphQuery(query.ask === 'path' || !everything ? query : { ...query, everything }, {
    graph: buildGraph(inventory, knowledge),
    inventory,
    knowledge,
    namespace: options['allNamespaces'] === true ? undefined : namespace,
  });
  if (options['mermaid'] === true) return { kind: 'text', text: graphMermaid(answer) };
  if (asksForData({ output })) return { kind: 'json', value: answer };
  return { kind: 'text', text: graphText(answer), folds: true };
}

async function read(options: CommandInput['options'], context: CommandContext): Promise<Inventory> {
  const { snapshot } = options;
  await using reader = await context.openReader({
    signal: context.interrupted,
    ask: context.output.err,
    ...(typeof snapshot === 'string' ? { snapshot } : {}),
  });
  const namespace = context.settings.namespace ?? reader.defaultNamespace;
  const asked = options['allNamespaces'] === true ? undefined : context.settings.namespace;
  if (asked !== undefined) await requireNamespace(reader, asked, context.interrupted);
  const namespaces = options['allNamespaces'] === true || namespace === undefined ? [] : [namespace];
  // Awaited here: what is returned unawaited would read on after the reader is closed.
  return await readInventory({ reader, namespaces, now: context.now, signal: context.interrupted });
}
