import type { Entities } from '../../domain/entities.ts';
import type { Inventory } from '../../domain/inventory.ts';
import type { Kind } from '../../domain/kubernetes/resource-type.ts';
import { WORKLOAD_KINDS } from '../../domain/kubernetes/workload.ts';
import type { NamedByModel } from '../../domain/named-by-model.ts';

const MAX_NAMED = 5;

interface Confirming {
  readonly description: string;
  readonly inventory: Inventory;
}

/**
 * Entities with what a model read out of the description, as far as it exists. What the words themselves name stands; the model adds
 * to it only what the words hold, and names objects alone only where the words name none.
 */
export function confirmNames(entities: Entities, named: NamedByModel, { description, inventory }: Confirming): Entities {
  const found = [...entities.pods, ...entities.workloads, ...entities.services, ...entities.nodes, ...entities.others];
  const said = description.toLowerCase();
  const confirmed = (own: readonly string[], given: readonly string[], kinds: readonly Kind[]): string[] => {
    const exists = (name: string): boolean => kinds.some((kind) => inventory.list(kind).some(({ metadata }) => metadata.name === name));
    const believed = given.filter((name) => exists(name) && (found.length === 0 || said.includes(name.toLowerCase())));
    return [...new Set([...own, ...believed.slice(0, MAX_NAMED)])];
  };
  const { namespace } = named;
  return {
    ...entities,
    namespace: entities.namespace ?? (namespace !== null && inventory.namespaces.includes(namespace) ? namespace : null),
    pods: confirmed(entities.pods, named.pods, ['Pod']),
    workloads: confirmed(entities.workloads, named.workloads, WORKLOAD_KINDS as readonly Kind[]),
    services: confirmed(entities.services, named.services, ['Service']),
    nodes: confirmed(entities.nodes, named.nodes, ['Node']),
    error_summary: entities.error_summary ?? named.error_summary,
    time_window: entities.time_window ?? windowOf(named, inventory.asOf),
  };
}

/** Two times in the right order, of which the first is past. */
function windowOf({ since, until }: NamedByModel, asOf: string): Entities['time_window'] {
  const [from, to] = [timeOf(since), timeOf(until)];
  if (from === null || from > Date.parse(asOf) || (to !== null && to < from)) return null;
  return { from: new Date(from).toISOString(), to: to === null ? null : new Date(to).toISOString() };
}

function timeOf(text: string | null): number | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
