import type { z } from 'zod';
import type { Subject } from '../fact.ts';
import { apiServiceDocSchema } from './api-service.ts';
import { autoscalerDocSchema } from './autoscaler.ts';
import { claimDocSchema } from './claim.ts';
import { containerDocSchema } from './container.ts';
import { dependencyDocSchema } from './dependency.ts';
import { disruptionBudgetDocSchema } from './disruption-budget.ts';
import { experimentDocSchema } from './experiment.ts';
import { ingressDocSchema } from './ingress.ts';
import { limitRangeDocSchema } from './limit-range.ts';
import { namespaceDocSchema } from './namespace.ts';
import { networkPolicyDocSchema } from './network-policy.ts';
import { nodeDocSchema } from './node.ts';
import { nodeServiceDocSchema } from './node-service.ts';
import { podDocSchema } from './pod.ts';
import { resourceDocSchema } from './resource.ts';
import { resourceQuotaDocSchema } from './resource-quota.ts';
import { serviceDocSchema } from './service.ts';
import { serviceHealthDocSchema } from './service-health.ts';
import { volumeDocSchema } from './volume.ts';
import { webhookDocSchema } from './webhook.ts';
import { workloadDocSchema } from './workload.ts';

/** The shape of each subject's document: `rules lint` checks every path in a condition against it. */
export const FACT_SCHEMAS: Readonly<Record<Subject, z.ZodObject>> = {
  Container: containerDocSchema,
  Pod: podDocSchema,
  Workload: workloadDocSchema,
  Service: serviceDocSchema,
  Ingress: ingressDocSchema,
  Claim: claimDocSchema,
  Volume: volumeDocSchema,
  Node: nodeDocSchema,
  Namespace: namespaceDocSchema,
  ResourceQuota: resourceQuotaDocSchema,
  LimitRange: limitRangeDocSchema,
  Autoscaler: autoscalerDocSchema,
  DisruptionBudget: disruptionBudgetDocSchema,
  Webhook: webhookDocSchema,
  ApiService: apiServiceDocSchema,
  NetworkPolicy: networkPolicyDocSchema,
  Dependency: dependencyDocSchema,
  ServiceHealth: serviceHealthDocSchema,
  NodeService: nodeServiceDocSchema,
  Resource: resourceDocSchema,
  Experiment: experimentDocSchema,
};
