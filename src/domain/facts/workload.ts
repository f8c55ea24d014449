import * as z from 'zod';
import { conditionMapSchema, referenceSchema } from './shapes.ts';

/** What rules see of a workload: what owns pods or makes them. Every key is present; null where it could not be read. */
export const workloadDocSchema = z.object({
  name: z.string(),
  kind: z.string().describe('Deployment, StatefulSet, DaemonSet, Job, CronJob, or a ReplicaSet or ReplicationController without an owner'),
  namespace: z.string().nullable(),
  desired: z.number().nullable().describe('pods wanted; null for Jobs and CronJobs'),
  current: z.number().nullable().describe('pods that exist'),
  ready: z.number().nullable(),
  updated: z.number().nullable().describe('pods of the newest revision'),
  available: z.number().nullable(),
  paused: z.boolean(),
  suspended: z.boolean(),
  age_s: z.number().nullable(),
  observed_stale: z.boolean().describe('its controller has not seen the newest spec: the status speaks of an older one'),
  unobserved_s: z.number().nullable().describe('seconds since that spec was written, where managedFields tell'),
  controller_lease_s: z.number().nullable().describe('age of the last renewal of the kube-controller-manager lease'),
  controller_lease_stale: z.boolean(),
  rollout_in_progress: z.boolean().describe('younger than its progress deadline, or Progressing with a revision that is not yet complete'),
  conditions: conditionMapSchema,
  pods: z.object({
    total: z.number(),
    ready: z.number(),
    pending: z.number(),
    failing: z.number().describe('with a container that waits for a reason that is a failure'),
    deleting: z.number(),
  }),
  revision_s: z.number().nullable().describe('age of the newest revision of its template; only where its pods are refused, as the next two'),
  namespace_written_s: z.number().nullable().describe('seconds since its namespace was last written'),
  pod_security: z.string().nullable().describe('the level that Pod Security Admission enforces in its namespace'),
  creation_refused: z.boolean().describe('the API server refuses to create its pods, now'),
  references: z.array(referenceSchema).describe('ServiceAccount and pull secrets of its template'),
  service_account: z.string().nullable(),
  service_account_status: z.enum(['found', 'not-found', 'forbidden', 'not-collected']).nullable(),
  changes: z
    .array(z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable(), at: z.string().nullable(), age_s: z.number().nullable() }))
    .describe('what the newest revision of the template changed'),
  overlaps: z.array(z.string()).describe('other workloads of the kind with the very same selector that are no younger: the one made last is the copy'),
  job: z
    .object({
      active: z.number(),
      succeeded: z.number(),
      failed: z.number(),
      backoff_limit: z.number(),
      deadline_s: z.number().nullable(),
      complete: z.boolean(),
      failure: z.string().nullable().describe('reason of the condition Failed or FailureTarget'),
      failure_message: z.string().nullable(),
      failed_s: z.number().nullable().describe('age of that condition'),
      superseded: z.boolean().describe('a later run of its CronJob has succeeded'),
      kept_alive_by: z.string().nullable().describe('a container that still runs in a pod whose other containers have ended well'),
    })
    .nullable(),
  hook: z.string().nullable().describe('when Helm runs it: "pre-upgrade"; null where it is no hook of a chart'),
  cron: z
    .object({
      schedule: z.string(),
      last_schedule_s: z.number().nullable(),
      last_success_s: z.number().nullable(),
      active: z.number(),
      oldest_active_s: z.number().nullable(),
      concurrency: z.string(),
    })
    .nullable(),
  stateful: z
    .object({
      ordered: z.boolean(),
      blocked_by: z.string().nullable().describe('the first pod in order that is not ready, while later ones are missing'),
      outdated: z
        .string()
        .nullable()
        .describe('a failing pod that still has an older revision than the one that is wanted, and that the order keeps from being replaced'),
      repair: z.string().nullable().describe('what the wanted revision has otherwise than that pod, of what its trouble can come from'),
    })
    .nullable(),
  daemon: z
    .object({
      nodes: z.number().nullable().describe('nodes of the cluster; null when they were not read'),
      wanted: z.number().describe('nodes that should have a pod'),
      unselected: z.number().describe('nodes that its nodeSelector or node affinity does not accept'),
      excluded: z.string().nullable().describe('those by name: "n2, n3"'),
      misscheduled: z.number().describe('nodes that have a pod and should have none'),
      on_leaving_nodes: z.number().describe('its pods on nodes that their infrastructure takes away'),
    })
    .nullable()
    .describe('of a DaemonSet: its nodes'),
});
export type WorkloadDoc = z.infer<typeof workloadDocSchema>;
