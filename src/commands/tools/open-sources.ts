import type { ClusterReader } from '../../cluster/reader.ts';
import type { Inventory } from '../../domain/inventory.ts';
import { readInventory } from '../../pipeline/read-inventory.ts';
import { createRedactor } from '../../redact/redactor.ts';
import type { ToolSources } from '../../tools/sources.ts';
import { buildGraph } from '../../topology/build-graph.ts';
import type { CommandContext } from '../context.ts';

/** So long what was read answers further questions. */
const FRESH_MS = 30_000;

/** What tools read from outside an investigation: objects are read when the first question needs all of them. */
export async function openSources(context: CommandContext, reader: ClusterReader): Promise<ToolSources> {
  const [knowledge, rules, telemetry, runbooks] = await Promise.all([
    context.openKnowledge(),
    context.openRules(),
    context.openTelemetry(),
    context.openRunbooks(),
  ]);
  const namespace = context.settings.namespace ?? reader.defaultNamespace;
  let read: { at: number; inventory: Promise<Inventory> } | undefined;
  const inventory = (signal: AbortSignal): Promise<Inventory> => {
    const now = context.now().getTime();
    if (read === undefined || now - read.at > FRESH_MS) {
      const asked = readInventory({ reader, namespaces: namespace === undefined ? [] : [namespace], now: context.now, signal });
      read = { at: now, inventory: asked };
      asked.catch(() => {
        read = undefined;
      });
    }
    return read.inventory;
  };
  return {
    reader,
    knowledge,
    rules,
    namespace,
    redactor: createRedactor(),
    metrics: telemetry?.metrics,
    runbooks,
    inventory,
    graph: async (signal) => buildGraph(await inventory(signal), knowledge),
  };
}
