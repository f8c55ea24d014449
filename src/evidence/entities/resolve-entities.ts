import type { Entities } from '../../domain/entities.ts';
import type { NameIndex } from './name-index.ts';
import type { ParsedDescription } from './parsed-description.ts';

/** What the text names, of what exists. `namespace`: the one that is investigated, null for several. Without an index nothing is resolved yet. */
export function resolveEntities(parsed: ParsedDescription, _index: NameIndex, namespace: string | null): Entities {
  return {
    namespace,
    pods: [],
    workloads: [],
    services: [],
    nodes: [],
    others: [],
    error_summary: parsed.errorSummary,
    time_window: parsed.timeWindow,
    unresolved: [],
  };
}
