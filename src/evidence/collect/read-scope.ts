import type { ClusterReader } from '../../cluster/reader.ts';
import type { InventoryBuilder } from '../inventory.ts';
import type { ReadEvent } from './read-event.ts';

export interface Reading {
  readonly reader: ClusterReader;
  readonly builder: InventoryBuilder;
  readonly now: () => Date;
}

/**
 * Lists every kind that matters in the namespaces (empty: all), and the cluster-wide kinds, into the builder. Events come as
 * the answers do. A kind that cannot be read costs a gap; after an abort what was read stays.
 */
export async function* readScope(_reading: Reading, _namespaces: readonly string[], _signal: AbortSignal): AsyncGenerator<ReadEvent> {}
