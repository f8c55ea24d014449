import type { ClusterReader } from '../cluster/reader.ts';
import type { Inventory } from '../domain/inventory.ts';
import { InventoryBuilder } from '../evidence/inventory.ts';
import { firstRound } from './first-round.ts';

export interface InventoryQuestion {
  readonly reader: ClusterReader;
  /** Empty: all. */
  readonly namespaces: readonly string[];
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/** The first round of reading by itself, for questions that are no investigation. What could not be read is among its gaps. */
export async function readInventory({ reader, namespaces, now, signal }: InventoryQuestion): Promise<Inventory> {
  const builder = new InventoryBuilder();
  for await (const event of firstRound({ reader, builder, now }, namespaces, signal)) if (event.type === 'gap-found') builder.addGap(event.gap);
  return builder.build(reader.asOf);
}
