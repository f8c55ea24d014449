import { type ObjectRef, sameObject } from '../domain/object-ref.ts';
import type { Scope } from '../domain/report.ts';
import type { Graph } from '../topology/graph.ts';
import type { Candidate } from './candidate.ts';
import type { Spread } from './spread.ts';

/** True when the object lies where the question looks. Objects without a namespace do so only when all namespaces are asked for. */
function isInScope(object: ObjectRef, scope: Scope): boolean {
  if (scope.namespaces.length === 0 || scope.objects.some((named) => sameObject(named, object))) return true;
  return object.namespace !== undefined && scope.namespaces.includes(object.namespace);
}

/** True when the candidate was seen on, or blames, something in scope. */
export function touchesScope({ object, felt, victims }: Candidate, scope: Scope): boolean {
  return [object, ...felt, ...victims].some((ref) => isInScope(ref, scope));
}

/**
 * May this root answer the question? One outside the scope may when it reaches into it, or when the whole cluster leans on it.
 * A node counts when pods of the scope run on it.
 */
export function answersQuestion({ root, branches }: Spread, scope: Scope, graph: Graph): boolean {
  if (touchesScope(root, scope) || branches.some(({ object }) => isInScope(object, scope))) return true;
  if (CLUSTER_WIDE_KINDS.has(root.object.kind) || CLUSTER_WIDE_EFFECTS.has(root.effect)) return true;
  return root.object.kind === 'Node' && graph.neededBy(root.object).some(({ type, from }) => type === 'runs-on' && isInScope(from, scope));
}

const CLUSTER_WIDE_KINDS: ReadonlySet<string> = new Set(['ControlPlane', 'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'APIService']);
const CLUSTER_WIDE_EFFECTS: ReadonlySet<string> = new Set(['dns-down', 'control-plane-down', 'api-unavailable', 'admission-blocked']);
