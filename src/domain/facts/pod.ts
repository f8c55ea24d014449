import * as z from 'zod';
import { conditionMapSchema } from './shapes.ts';

const clauseSchema = z.object({
  kind: z.string().describe('insufficient, taint, cordoned, node-affinity, claim-unbound …: ClauseKind of facts/scheduling-message.ts'),
  text: z.string(),
  nodes: z.number().nullable().describe('nodes refused for this; null where no node was looked at'),
  resource: z.string().nullable(),
  taint_key: z.string().nullable(),
  taint_value: z.string().nullable(),
  claim: z.string().nullable(),
});

const schedulingSchema = z
  .object({
    message: z.string(),
    total_nodes: z.number().nullable(),
    clauses: z.array(clauseSchema).describe('the one with most nodes first'),
    kinds: z.array(z.string()).describe('kinds of all clauses'),
    primary: z.string().describe('the kind that keeps the pod out once what narrows by design is set aside'),
    beside: z.array(z.string()).describe('further kinds that keep it out'),
    summary: z.string().describe('the clauses in words, without the preemption tail'),
    shortage: z
      .object({
        resource: z.string(),
        requested: z.string(),
        largest: z.string().nullable().describe('most that any node offers (allocatable); null when nodes could not be read'),
        best_free: z.string().nullable().describe('most that is free on any usable node'),
        exceeds_every_node: z.boolean().describe('no node could hold it even when empty'),
        lost_node: z.string().nullable().describe('a node that has devices enough and offers none of them'),
      })
      .nullable(),
    unmet: z.string().nullable().describe('demands on node labels that no node meets: "disk=ssd (nodes have disk=hdd)"'),
    unmet_from: z.enum(['nodeSelector', 'nodeAffinity']).nullable().describe('where the demand stands that no node meets'),
    accepting_nodes: z.number().nullable().describe('nodes that nodeSelector and node affinity accept; null when the pod demands nothing or nodes are unknown'),
    cordoned: z.string().nullable().describe('cordoned nodes that would otherwise accept the pod'),
    unhealthy: z.string().nullable().describe('nodes that are not ready or under pressure'),
    taint: z.string().nullable().describe('the untolerated taint: "dedicated=gpu"'),
    tainted: z.string().nullable().describe('the nodes that carry it'),
    fitted_before: z.boolean().describe('pods of the same workload run on such a node, so it was tainted after they came'),
    host_ports: z.string().nullable(),
    claim: z.string().nullable().describe('the claim that keeps it out'),
    claim_status: z.string().nullable().describe('found, not-found, forbidden or not-collected'),
    siblings: z.number().describe('pods of the same workload that are placed on a node'),
  })
  .nullable();

/** What rules see of a Pod. Every key is present; null where it could not be read. Ready and finished pods have no fact. */
export const podDocSchema = z.object({
  name: z.string(),
  namespace: z.string(),
  phase: z.string().nullable(),
  reason: z.string().nullable().describe('status.reason: Evicted, NodeLost, OutOfcpu …'),
  message: z.string().nullable(),
  age_s: z.number().nullable(),
  node: z.string().nullable().describe('the node it is bound to'),
  node_ready: z.string().nullable().describe('True, False or Unknown'),
  deleting: z.boolean(),
  grace_s: z.number(),
  overdue_s: z.number().nullable().describe('seconds beyond the end of its grace period, below 0 within it; null when not deleting'),
  finalizers: z.array(z.string()),
  scheduling: schedulingSchema.describe('why no node takes it; null when it has one, is young (under 10 s) or is being deleted'),
  displaced: z
    .object({ by: z.string(), node: z.string().nullable(), its_priority: z.number(), own_priority: z.number() })
    .nullable()
    .describe('the pod of higher priority that took the place of a predecessor, while no node has room for this one'),
  scheduler: z.string(),
  scheduler_silent: z.boolean().describe('pending for half a minute, and no scheduler has said a word about it'),
  scheduler_lease_s: z.number().nullable().describe('age of the last renewal of the kube-scheduler lease'),
  scheduler_lease_stale: z.boolean(),
  gates: z.array(z.string()).describe('scheduling gates'),
  starting_s: z.number().nullable().describe('seconds since it was bound to a node, while no container has started'),
  claims: z.array(z.object({ name: z.string(), status: z.string(), phase: z.string().nullable() })),
  similar_claim: z.string().nullable().describe('a claim that exists and nearly has the name of one that does not'),
  storage_quota: z.string().nullable().describe('what quotas of the namespace allow of storage; null without such a quota, or when all claims exist'),
  runtime_class: z.string().nullable(),
  priority_class: z.string().nullable(),
  service_account: z.string(),
  owner_kind: z.string().nullable(),
  workload: z.string().describe('the owner people name: "Deployment shop/checkout"'),
  left_behind: z.boolean().describe('history: deleted, replaced by its controller, or of a Job that has succeeded since'),
  replaced: z.boolean().describe('its owner has all the ready pods it wants without this one, or its Job has succeeded since'),
  still_made: z.boolean().describe('its owner goes on making pods from the same template'),
  qos: z.string().nullable(),
  conditions: conditionMapSchema,
});
export type PodDoc = z.infer<typeof podDocSchema>;
export type SchedulingDoc = NonNullable<PodDoc['scheduling']>;
