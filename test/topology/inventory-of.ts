import type { Inventory } from '../../src/domain/inventory.ts';
import type { KubeObject } from '../../src/domain/kubernetes/object.ts';
import type { Kind } from '../../src/domain/kubernetes/resource-type.ts';
import type { LogExcerpt } from '../../src/domain/log-excerpt.ts';
import { NO_TELEMETRY, type Telemetry } from '../../src/domain/telemetry.ts';
import * as evidence from '../../src/evidence/inventory-of.ts';

export const AS_OF = '2026-11-21T10:00:00Z';

interface Written {
  readonly forbidden?: readonly Kind[];
  readonly telemetry?: Partial<Telemetry>;
  readonly logs?: readonly (Partial<LogExcerpt> & Pick<LogExcerpt, 'namespace' | 'pod' | 'container'>)[];
}

/** An Inventory of object literals: what was listed is complete, and what is not among it does not exist. */
export function inventoryOf(objects: readonly object[], { forbidden = [], telemetry = {}, logs = [] }: Written = {}): Inventory {
  const none = { fatal: null, deepestCause: null, causes: [], templates: [], endpoints: [], tail: [], errors: [] };
  return evidence.inventoryOf(objects as readonly KubeObject[], {
    asOf: AS_OF,
    forbidden,
    telemetry: { ...NO_TELEMETRY, ...telemetry },
    logs: logs.map((log) => ({ previous: false, lines: 1, bytes: 1, truncated: false, readAt: AS_OF, ...none, ...log })),
  });
}
