import type { ClusterReader } from '../cluster/reader.ts';
import type { Inventory } from '../domain/inventory.ts';
import { readScope } from '../evidence/collect/read-scope.ts';
import { InventoryBuilder } from '../evidence/inventory.ts';
import { readTelemetryFiles } from '../telemetry/read-telemetry-files.ts';

export interface InventoryQuestion {
  readonly reader: ClusterReader;
  /** Empty: all. */
  readonly namespaces: readonly string[];
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/** The first round of reading by itself, for questions that are no investigation. */
export async function readInventory({ reader, namespaces, now, signal }: InventoryQuestion): Promise<Inventory> {
  const builder = new InventoryBuilder();
  for await (const _ of readScope({ reader, builder, now }, namespaces, signal));
  const { telemetry } = await readTelemetryFiles((name) => reader.attachment(name, signal));
  builder.setTelemetry(telemetry);
  return builder.build(reader.asOf);
}
