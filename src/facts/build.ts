import type { Fact } from '../domain/fact.ts';
import { apiServiceFacts } from './api-service.ts';
import { autoscalerFacts } from './autoscaler.ts';
import { claimFacts } from './claim.ts';
import { containerFacts } from './container.ts';
import type { FactContext, FactSource } from './context.ts';
import { dependencyFacts } from './dependency.ts';
import { disruptionBudgetFacts } from './disruption-budget.ts';
import { ingressFacts } from './ingress.ts';
import { limitRangeFacts } from './limit-range.ts';
import { namespaceFacts } from './namespace.ts';
import { networkPolicyFacts } from './network-policy.ts';
import { nodeFacts } from './node.ts';
import { nodeServiceFacts } from './node-service.ts';
import { podFacts } from './pod.ts';
import { resourceQuotaFacts } from './resource-quota.ts';
import { serviceFacts } from './service.ts';
import { serviceHealthFacts } from './service-health.ts';
import { volumeFacts } from './volume.ts';
import { webhookFacts } from './webhook.ts';
import { workloadFacts } from './workload.ts';

/** One row a subject. The order is the order of facts, and so of findings. */
const SOURCES: readonly FactSource[] = [
  containerFacts,
  workloadFacts,
  podFacts,
  claimFacts,
  resourceQuotaFacts,
  serviceFacts,
  apiServiceFacts,
  limitRangeFacts,
  namespaceFacts,
  nodeFacts,
  nodeServiceFacts,
  serviceHealthFacts,
  volumeFacts,
  webhookFacts,
  autoscalerFacts,
  disruptionBudgetFacts,
  ingressFacts,
  networkPolicyFacts,
  dependencyFacts,
];

/** Every fact that can be made of what was read, made when it is asked for: of thousands, rules keep the few on which they fire. */
export function* eachFact(context: FactContext): Generator<Fact> {
  for (const source of SOURCES) yield* source(context);
}

/** All of them at once. */
export function buildFacts(context: FactContext): Fact[] {
  return [...eachFact(context)];
}
