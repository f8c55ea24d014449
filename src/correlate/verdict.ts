import type { Inventory } from '../domain/inventory.ts';
import { type Kind, resourceType } from '../domain/kubernetes/resource-type.ts';
import type { Scope, Verdict } from '../domain/report.ts';

/** Without these nobody can say that nothing is wrong. */
const NEEDED_FOR_HEALTH: readonly Kind[] = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Service'];

export interface Unseen {
  readonly plural: string;
  readonly namespace: string | undefined;
}

/** Kinds that would have to be listed completely, and were not. */
export function unseenKinds(inventory: Inventory, scope: Scope): Unseen[] {
  const namespaces = scope.namespaces.length > 0 ? scope.namespaces : [undefined];
  return namespaces.flatMap((namespace) => {
    const kinds = NEEDED_FOR_HEALTH.filter((kind) => !inventory.covers(kind, namespace));
    return [...kinds, ...(sawEvents(inventory, namespace) ? [] : ['Event' as const])].map((kind) => ({ plural: resourceType(kind).plural, namespace }));
  });
}

/** The newest of many events are enough; none for want of permission, or because the dump lacks them, are not. */
function sawEvents({ coverage }: Inventory, namespace: string | undefined): boolean {
  const { plural } = resourceType('Event');
  return coverage.some(({ kind, namespace: of, state }) => kind === plural && state === 'found' && (of === null || of === namespace));
}

interface VerdictInput {
  readonly roots: number;
  readonly unexplained: number;
  /** Causes that fell because nothing proves them: the question stays open. */
  readonly unproven: number;
  readonly unseen: number;
}

/** "No fault" is said only of what was seen in full and shows no trouble. */
export function verdictOf({ roots, unexplained, unproven, unseen }: VerdictInput): Verdict {
  if (roots > 0) return 'root-cause-found';
  return unexplained + unproven + unseen > 0 ? 'undetermined' : 'no-fault-found';
}
