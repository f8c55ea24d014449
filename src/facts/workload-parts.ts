import type { WorkloadDoc } from '../domain/facts/workload.ts';
import { controllerOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import type { Workload } from '../domain/kubernetes/workload.ts';
import { containersOf } from './container-spec.ts';
import { ageSeconds, type FactContext } from './context.ts';
import { repairOf, revisionOf } from './outdated-pod.ts';

const ORDINARY_WAITS = new Set(['ContainerCreating', 'PodInitializing']);

const isReady = (pod: Pod): boolean => pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
const isFailing = (pod: Pod): boolean =>
  containersOf(pod).some(({ status }) => {
    const { waiting, terminated } = status?.state ?? {};
    return waiting?.reason === undefined ? (terminated?.exitCode ?? 0) !== 0 : !ORDINARY_WAITS.has(waiting.reason);
  });

/** Failing, or without a node to run on. */
const isStuck = (pod: Pod): boolean =>
  isFailing(pod) || (pod.status?.conditions?.some(({ type, status }) => type === 'PodScheduled' && status === 'False') ?? false);

/** How the pods below a workload are doing. */
export function podCountsOf(pods: readonly Pod[]): WorkloadDoc['pods'] {
  const living = pods.filter((pod) => pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed');
  return {
    total: living.length,
    ready: living.filter(isReady).length,
    pending: living.filter((pod) => pod.status?.phase === 'Pending').length,
    failing: living.filter(isFailing).length,
    deleting: living.filter((pod) => pod.metadata.deletionTimestamp !== undefined).length,
  };
}

/** A Job's counts and how it ended. */
export function jobPart(context: FactContext, workload: Workload, pods: readonly Pod[]): WorkloadDoc['job'] {
  if (workload.kind !== 'Job') return null;
  const { spec = {}, status = {} } = workload;
  const condition = (...types: string[]) => status.conditions?.find(({ type, status: value }) => types.includes(type) && value === 'True');
  const failure = condition('Failed', 'FailureTarget');
  return {
    active: typeof status.active === 'number' ? status.active : 0,
    succeeded: status.succeeded ?? 0,
    failed: status.failed ?? 0,
    backoff_limit: spec.backoffLimit ?? 6,
    deadline_s: spec.activeDeadlineSeconds ?? null,
    complete: condition('Complete') !== undefined,
    failure: failure?.reason ?? null,
    failure_message: failure?.message ?? null,
    failed_s: ageSeconds(context, failure?.lastTransitionTime),
    superseded: failure !== undefined && laterRunSucceeded(context, workload),
    kept_alive_by: pods.map(keptAliveBy).find((name) => name !== undefined) ?? null,
  };
}

function laterRunSucceeded(context: FactContext, job: Workload): boolean {
  const owner = controllerOf(job);
  if (owner?.kind !== 'CronJob') return false;
  const cronJob = context.inventory.lookup<Workload>('CronJob', job.metadata.namespace, owner.name);
  return cronJob.status === 'found' && Date.parse(cronJob.value.status?.lastSuccessfulTime ?? '') > Date.parse(job.metadata.creationTimestamp ?? '');
}

/** The container that still runs where every other regular container has ended with 0. */
function keptAliveBy(pod: Pod): string | undefined {
  const main = containersOf(pod).filter(({ role }) => role === 'main');
  const running = main.filter(({ status }) => status?.state?.running);
  const done = main.filter(({ status }) => status?.state?.terminated?.exitCode === 0);
  return running.length === 1 && done.length > 0 && done.length + 1 === main.length ? running[0]?.spec.name : undefined;
}

/** A CronJob's schedule and what has come of it. */
export function cronPart(context: FactContext, workload: Workload): WorkloadDoc['cron'] {
  if (workload.kind !== 'CronJob') return null;
  const { spec = {}, status = {} } = workload;
  const active = Array.isArray(status.active) ? status.active : [];
  const runs = context.inventory
    .list<Workload>('Job', workload.metadata.namespace)
    .filter((job) => controllerOf(job)?.name === workload.metadata.name && !hasEnded(job))
    .map((job) => ageSeconds(context, job.status?.startTime ?? job.metadata.creationTimestamp))
    .filter((age) => age !== null);
  return {
    schedule: spec.schedule ?? '',
    last_schedule_s: ageSeconds(context, status.lastScheduleTime),
    last_success_s: ageSeconds(context, status.lastSuccessfulTime),
    active: active.length,
    oldest_active_s: runs.length === 0 ? null : Math.max(...runs),
    concurrency: spec.concurrencyPolicy ?? 'Allow',
  };
}

/** A Job between two tries has no active pod, and has not ended. */
function hasEnded({ status }: Workload): boolean {
  return status?.conditions?.some(({ type, status: value }) => (type === 'Complete' || type === 'Failed') && value === 'True') ?? false;
}

/** A StatefulSet's order: which pod holds up the rest. */
export function statefulPart(workload: Workload, pods: readonly Pod[]): WorkloadDoc['stateful'] {
  if (workload.kind !== 'StatefulSet') return null;
  const ordered = workload.spec?.podManagementPolicy !== 'Parallel';
  const ordinal = (pod: Pod): number => Number(/-(\d+)$/.exec(pod.metadata.name)?.[1] ?? 0);
  const first = [...pods].sort((a, b) => ordinal(a) - ordinal(b)).find((pod) => !isReady(pod));
  const missing = pods.length < (workload.spec?.replicas ?? 1);
  const { currentRevision, updateRevision } = workload.status ?? {};
  // A controller that does not keep the order replaces such a pod by itself.
  const outdated =
    ordered && currentRevision !== updateRevision ? pods.find((pod) => isStuck(pod) && (revisionOf(pod) ?? updateRevision) !== updateRevision) : undefined;
  return {
    ordered,
    blocked_by: ordered && missing && first !== undefined ? first.metadata.name : null,
    outdated: outdated?.metadata.name ?? null,
    repair: outdated === undefined ? null : repairOf(workload, outdated),
  };
}
