import { type Gap, gap } from '../../domain/gap.ts';
import type { Inventory } from '../../domain/inventory.ts';
import { controllerOf } from '../../domain/kubernetes/object.ts';
import type { Kind } from '../../domain/kubernetes/resource-type.ts';
import { WORKLOAD_KINDS } from '../../domain/kubernetes/workload.ts';
import { withoutOtherNames } from '../../evidence/entities/also-known-as.ts';
import { confirmNames } from '../../evidence/entities/confirm-names.ts';
import { nameIndexOf } from '../../evidence/entities/name-index.ts';
import { resolveEntities } from '../../evidence/entities/resolve-entities.ts';
import { resolveScope } from '../../evidence/scope.ts';
import { withinWindow } from '../../evidence/within-window.ts';
import type { NameQuestion } from '../../llm/analyst.ts';
import type { Stage } from '../stage.ts';

/** Which of the objects that exist the question is about. */
export const scopeStage: Stage = {
  name: 'scope',
  async *run(run, signal) {
    const { inventory, parsed, request, namespaces, analyst } = run;
    if (inventory === undefined || parsed === undefined) return 'nothing was read';
    const resolved = resolveEntities(parsed, nameIndexOf(inventory), namespaces.length === 1 ? (namespaces[0] ?? null) : null);
    const strangers = run.unknownNamespace === null ? [] : [{ word: run.unknownNamespace.name, near: [...run.unknownNamespace.near], asked: true }];
    const { cluster, context } = run.deps.reader.target;
    const unresolved = withoutOtherNames(
      resolved.unresolved.filter(({ word }) => word !== strangers[0]?.word),
      inventory,
      // With a namespace given, "in production" says nothing about where to look.
      [cluster ?? '', context ?? '', ...(request.namespace === undefined ? [] : parsed.places)],
    );
    const worded = { ...resolved, unresolved: [...strangers, ...unresolved] };
    const read = await analyst?.readNames(nameQuestion(request.description, inventory), signal);
    if (read?.gap) yield { type: 'gap-found', gap: read.gap };
    const entities = read?.names ? confirmNames(worded, read.names, { description: request.description, inventory }) : worded;
    yield { type: 'entities-extracted', entities };
    const scope = resolveScope({ entities, request, namespaces }, inventory);
    run.inventory = withinWindow(inventory, scope);
    yield { type: 'scope-resolved', scope, as_of: run.inventory.asOf };
    if (run.inventory.asOf !== inventory.asOf) yield { type: 'gap-found', gap: earlierState(run.inventory.asOf, inventory.asOf) };
    return scope.objects.length === 0 ? 'whatever is unhealthy' : scope.objects.map((object) => `${object.kind} ${object.name}`).join(', ');
  },
};

function nameQuestion(text: string, inventory: Inventory): NameQuestion {
  // Who speaks of an incident names what people made, and not what a controller made of it.
  const made = (kind: Kind): string[] => inventory.list(kind).flatMap((object) => (controllerOf(object) === undefined ? [object.metadata.name] : []));
  const named = (...kinds: readonly Kind[]): string[] => [...new Set(kinds.flatMap(made))];
  return { text, now: inventory.asOf, namespaces: inventory.namespaces, workloads: named(...WORKLOAD_KINDS), services: named('Service'), nodes: named('Node') };
}

function earlierState(until: string, readAt: string): Gap {
  return gap(`objects as they were at ${until}`, 'not-collected', 'a dump taken then', `objects are as of ${readAt}; only events and logs reach back`);
}
