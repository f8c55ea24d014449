import { type ObjectRef, sameObject } from '../domain/object-ref.ts';
import type { Scope } from '../domain/report.ts';
import type { Graph } from '../topology/graph.ts';
import type { Candidate } from './candidate.ts';
import { isComplaint } from './echo.ts';
import { WAYS } from './mechanisms.ts';
import type { Spread } from './spread.ts';
import { walk } from './walk.ts';

/** True when the object lies where the question looks, or is that namespace. Other objects without one do so only when all are asked for. */
function isInScope(object: ObjectRef, scope: Scope): boolean {
  if (scope.namespaces.length === 0 || scope.objects.some((named) => sameObject(named, object))) return true;
  return scope.namespaces.includes(object.kind === 'Namespace' ? object.name : (object.namespace ?? ''));
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
  // That somebody elsewhere waits for a node's address is not the trouble of those who run there.
  return (
    root.object.kind === 'Node' && !isComplaint(root) && graph.neededBy(root.object).some(({ type, from }) => type === 'runs-on' && isInScope(from, scope))
  );
}

/** A broken door explains why what stands behind it cannot be reached, though what stands behind does not need the door. */
export function leadsToNamed({ root }: Spread, scope: Scope, graph: Graph): boolean {
  if (root.effect !== 'ingress-broken' && root.effect !== 'certificate-invalid') return false;
  const behind = [...walk(graph, [root.object], WAYS.routing).values()];
  return behind.some(({ object }) => scope.objects.some((named) => sameObject(named, object)));
}

const CLUSTER_WIDE_KINDS: ReadonlySet<string> = new Set(['ControlPlane', 'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'APIService']);
const CLUSTER_WIDE_EFFECTS: ReadonlySet<string> = new Set(['dns-down', 'control-plane-down', 'api-unavailable', 'admission-blocked']);
