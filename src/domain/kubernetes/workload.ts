import type { LabelSelector } from './label-selector.ts';
import type { Condition, KubeObject, ObjectMeta } from './object.ts';
import type { PodSpec } from './pod.ts';

export interface PodTemplate {
  readonly metadata?: Partial<ObjectMeta>;
  readonly spec: PodSpec;
}

/** Deployment, ReplicaSet, StatefulSet, DaemonSet, Job and CronJob share enough to be read as one shape. */
export interface Workload extends KubeObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly paused?: boolean;
    readonly suspend?: boolean;
    readonly schedule?: string;
    readonly selector?: LabelSelector;
    readonly template?: PodTemplate;
    readonly jobTemplate?: { readonly spec?: { readonly template?: PodTemplate } };
    readonly strategy?: { readonly type?: string; readonly rollingUpdate?: { readonly maxUnavailable?: number | string; readonly maxSurge?: number | string } };
    readonly serviceName?: string;
    readonly podManagementPolicy?: string;
    readonly volumeClaimTemplates?: readonly KubeObject[];
    readonly completions?: number;
    readonly backoffLimit?: number;
    readonly activeDeadlineSeconds?: number;
    readonly progressDeadlineSeconds?: number;
    readonly concurrencyPolicy?: string;
    readonly startingDeadlineSeconds?: number;
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
    readonly updatedReplicas?: number;
    readonly unavailableReplicas?: number;
    readonly desiredNumberScheduled?: number;
    readonly currentNumberScheduled?: number;
    readonly numberReady?: number;
    readonly numberUnavailable?: number;
    readonly numberMisscheduled?: number;
    readonly currentRevision?: string;
    readonly updateRevision?: string;
    readonly active?: number | readonly unknown[];
    readonly succeeded?: number;
    readonly failed?: number;
    readonly startTime?: string;
    readonly completionTime?: string;
    readonly lastScheduleTime?: string;
    readonly lastSuccessfulTime?: string;
    readonly conditions?: readonly Condition[];
  };
}

/** The kinds that own pods, from the kind people name down to the kind that holds the pods. */
export const WORKLOAD_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'ReplicaSet', 'ReplicationController'] as const;

/** The pod template, wherever the kind keeps it. */
export function podTemplateOf(workload: Workload): PodTemplate | undefined {
  return workload.spec?.template ?? workload.spec?.jobTemplate?.spec?.template;
}

/** Pods wanted: 1 where the API defaults it, the scheduled number for a DaemonSet. */
export function desiredReplicas(workload: Workload): number {
  if (workload.kind === 'DaemonSet') return workload.status?.desiredNumberScheduled ?? 0;
  return workload.spec?.replicas ?? 1;
}

export function readyReplicas(workload: Workload): number {
  return (workload.kind === 'DaemonSet' ? workload.status?.numberReady : workload.status?.readyReplicas) ?? 0;
}
