import type { Inventory } from '../domain/inventory.ts';
import type { KubeObject } from '../domain/kubernetes/object.ts';
import { type Kind, RESOURCE_TYPES } from '../domain/kubernetes/resource-type.ts';
import type { LogExcerpt } from '../domain/log-excerpt.ts';
import type { Telemetry } from '../domain/telemetry.ts';
import { InventoryBuilder } from './inventory.ts';
import { kindOf } from './object-table.ts';

export interface InventoryOfOptions {
  /** ISO 8601; default 2026-01-01T12:00:00Z */
  readonly asOf?: string;
  readonly logs?: readonly LogExcerpt[];
  readonly telemetry?: Telemetry;
  /** Kinds that count as never asked for: their objects are still found, but nothing proves that others do not exist. */
  readonly notCollected?: readonly Kind[];
  /** Kinds that could not be listed for want of permission. */
  readonly forbidden?: readonly Kind[];
}

/** An inventory of exactly these objects, every kind read completely in all namespaces. For examples of rules, and tests. */
export function inventoryOf(objects: readonly KubeObject[], options: InventoryOfOptions = {}): Inventory {
  const { asOf = '2026-01-01T12:00:00Z', logs = [], telemetry, notCollected = [], forbidden = [] } = options;
  const builder = new InventoryBuilder();
  const byKind = Map.groupBy(objects, kindOf);
  for (const kind of Object.keys(RESOURCE_TYPES) as Kind[]) {
    const items = byKind.get(kind) ?? [];
    const partial = notCollected.includes(kind) || forbidden.includes(kind);
    builder.add(kind, undefined, { status: 'found', readAt: asOf, value: { items, truncated: false, bytes: 0, problems: [] } }, { partial });
    if (forbidden.includes(kind)) builder.add(kind, undefined, { status: 'forbidden', needs: `list ${RESOURCE_TYPES[kind].plural}` });
  }
  for (const log of logs) builder.addLogs(log);
  if (telemetry !== undefined) builder.setTelemetry(telemetry);
  return builder.build(asOf);
}
