import type { Fact } from '../domain/fact.ts';
import type { DisruptionBudgetDoc } from '../domain/facts/disruption-budget.ts';
import { matchesLabels } from '../domain/kubernetes/label-selector.ts';
import type { Node } from '../domain/kubernetes/node.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import type { PodDisruptionBudget } from '../domain/kubernetes/policy.ts';
import { objectRef } from '../domain/object-ref.ts';
import type { FactContext } from './context.ts';
import { objectFact } from './object-fact.ts';
import { workloadsOf } from './workloads-of.ts';

/** One fact a PodDisruptionBudget. */
export function* disruptionBudgetFacts(context: FactContext): Generator<Fact> {
  const budgets = context.inventory.list<PodDisruptionBudget>('PodDisruptionBudget');
  if (budgets.length === 0) return;
  const cordoned = new Set(
    context.inventory
      .list<Node>('Node')
      .filter(({ spec }) => spec?.unschedulable)
      .map(({ metadata }) => metadata.name),
  );
  const selected = new Map(budgets.map((budget) => [budget, podsOf(context, budget)]));
  for (const budget of budgets) {
    const pods = selected.get(budget) ?? [];
    const rivals = budgets.filter((other) => other !== budget && selected.get(other)?.some((pod) => pods.includes(pod)));
    const nodes = [...new Set(pods.map(({ spec }) => spec.nodeName).filter((name): name is string => name !== undefined && cordoned.has(name)))];
    const workloads = workloadsOf(context, pods);
    yield objectFact({
      subject: 'DisruptionBudget',
      object: refOf(budget),
      doc: docOf(budget, nodes, rivals),
      relations: { budget: refOf(budget), workload: workloads[0], namespace: objectRef('Namespace', undefined, budget.metadata.namespace ?? '') },
      groups: { workloads, nodes: nodes.map((name) => objectRef('Node', undefined, name)) },
      origins: {
        allowed: 'status.disruptionsAllowed',
        healthy: 'status.currentHealthy',
        wanted: 'status.desiredHealthy',
        expected: 'status.expectedPods',
        min_available: 'spec.minAvailable',
        max_unavailable: 'spec.maxUnavailable',
        never_allows: 'spec',
        rivals: 'spec.selector',
      },
    });
  }
}

function podsOf(context: FactContext, { metadata, spec }: PodDisruptionBudget): readonly Pod[] {
  return context.inventory.list<Pod>('Pod', metadata.namespace).filter((pod) => matchesLabels(spec?.selector, pod.metadata.labels));
}

function docOf(
  { metadata, spec = {}, status = {} }: PodDisruptionBudget,
  nodes: readonly string[],
  rivals: readonly PodDisruptionBudget[],
): DisruptionBudgetDoc {
  const expected = status.expectedPods ?? null;
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? null,
    allowed: status.disruptionsAllowed ?? null,
    healthy: status.currentHealthy ?? null,
    wanted: status.desiredHealthy ?? null,
    expected,
    min_available: spec.minAvailable === undefined ? null : String(spec.minAvailable),
    max_unavailable: spec.maxUnavailable === undefined ? null : String(spec.maxUnavailable),
    never_allows: expected !== null && expected > 0 && (status.desiredHealthy ?? 0) >= expected,
    cordoned_nodes: [...nodes],
    rivals: rivals.map((other) => other.metadata.name),
  };
}
