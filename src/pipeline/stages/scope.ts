import { type Gap, gap } from '../../domain/gap.ts';
import { nameIndexOf } from '../../evidence/entities/name-index.ts';
import { resolveEntities } from '../../evidence/entities/resolve-entities.ts';
import { resolveScope } from '../../evidence/scope.ts';
import { withinWindow } from '../../evidence/within-window.ts';
import type { Stage } from '../stage.ts';

/** Which of the objects that exist the question is about. */
export const scopeStage: Stage = {
  name: 'scope',
  async *run(run) {
    const { inventory, parsed, request, namespaces } = run;
    if (inventory === undefined || parsed === undefined) return 'nothing was read';
    const resolved = resolveEntities(parsed, nameIndexOf(inventory), namespaces.length === 1 ? (namespaces[0] ?? null) : null);
    const strangers = run.unknownNamespace === null ? [] : [{ word: run.unknownNamespace.name, near: [...run.unknownNamespace.near] }];
    const entities = { ...resolved, unresolved: [...strangers, ...resolved.unresolved.filter(({ word }) => word !== strangers[0]?.word)] };
    yield { type: 'entities-extracted', entities };
    const scope = resolveScope({ entities, request, namespaces }, inventory);
    run.inventory = withinWindow(inventory, scope);
    yield { type: 'scope-resolved', scope, as_of: run.inventory.asOf };
    if (run.inventory.asOf !== inventory.asOf) yield { type: 'gap-found', gap: earlierState(run.inventory.asOf, inventory.asOf) };
    return scope.objects.length === 0 ? 'whatever is unhealthy' : scope.objects.map((object) => `${object.kind} ${object.name}`).join(', ');
  },
};

function earlierState(until: string, readAt: string): Gap {
  return gap(`objects as they were at ${until}`, 'not-collected', 'a dump taken then', `objects are as of ${readAt}; only events and logs reach back`);
}
