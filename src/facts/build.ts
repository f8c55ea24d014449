import type { Fact, Subject } from '../domain/fact.ts';
import { apiServiceFacts } from './api-service.ts';
import { autoscalerFacts } from './autoscaler.ts';
import { claimFacts } from './claim.ts';
import { containerFacts } from './container.ts';
import type { FactContext, FactSource } from './context.ts';
import { dependencyFacts } from './dependency.ts';
import { disruptionBudgetFacts } from './disruption-budget.ts';
import { experimentFacts } from './experiment.ts';
import { ingressFacts } from './ingress.ts';
import { limitRangeFacts } from './limit-range.ts';
import { namespaceFacts } from './namespace.ts';
import { networkPolicyFacts } from './network-policy.ts';
import { nodeFacts } from './node.ts';
import { nodeServiceFacts } from './node-service.ts';
import { podFacts } from './pod.ts';
import { resourceFacts } from './resource.ts';
import { resourceQuotaFacts } from './resource-quota.ts';
import { serviceFacts } from './service.ts';
import { serviceHealthFacts } from './service-health.ts';
import { volumeFacts } from './volume.ts';
import { webhookFacts } from './webhook.ts';
import { workloadFacts } from './workload.ts';

/** One row a subject. The order is the order of facts, and so of findings. */
const SOURCES: readonly (readonly [Subject, FactSource])[] = [
  ['Container', containerFacts],
  ['Workload', workloadFacts],
  ['Pod', podFacts],
  ['Claim', claimFacts],
  ['ResourceQuota', resourceQuotaFacts],
  ['Service', serviceFacts],
  ['ApiService', apiServiceFacts],
  ['LimitRange', limitRangeFacts],
  ['Namespace', namespaceFacts],
  ['Node', nodeFacts],
  ['NodeService', nodeServiceFacts],
  ['ServiceHealth', serviceHealthFacts],
  ['Volume', volumeFacts],
  ['Webhook', webhookFacts],
  ['Resource', resourceFacts],
  ['Experiment', experimentFacts],
  ['Autoscaler', autoscalerFacts],
  ['DisruptionBudget', disruptionBudgetFacts],
  ['Ingress', ingressFacts],
  ['NetworkPolicy', networkPolicyFacts],
  ['Dependency', dependencyFacts],
];

/** Told of a subject whose facts broke off: what its rules would have said is unknown. */
export type OnLostFacts = (subject: Subject, error: unknown) => void;

/**
 * Every fact that can be made of what was read, made when it is asked for: of thousands, rules keep the few on which they
 * fire. A source that meets what it cannot understand costs the rest of its own facts, not those of the others.
 */
export function* eachFact(context: FactContext, onLost: OnLostFacts): Generator<Fact> {
  for (const [subject, source] of SOURCES) {
    try {
      yield* source(context);
    } catch (error) {
      onLost(subject, error);
    }
  }
}
