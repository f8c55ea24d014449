import type { ContainerDoc } from '../domain/facts/container.ts';
import type { ConditionMap } from '../domain/facts/shapes.ts';
import { type Condition, controllerOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import type { Workload } from '../domain/kubernetes/workload.ts';
import { ageSeconds, type FactContext } from './context.ts';

/** Conditions keyed by type; of two of one type the later in the list. */
export function conditionMap(context: FactContext, conditions: readonly Condition[] | undefined): ConditionMap {
  return Object.fromEntries(
    (conditions ?? []).map(({ type, status, reason, message, lastTransitionTime }) => [
      type,
      { status, reason: reason ?? null, message: message ?? null, age_s: ageSeconds(context, lastTransitionTime) },
    ]),
  );
}

/** What a container's rules see of its pod. */
export function podPart(context: FactContext, pod: Pod): ContainerDoc['pod'] {
  const conditions = conditionMap(context, pod.status?.conditions);
  const ready = conditions['Ready']?.status;
  return {
    name: pod.metadata.name,
    phase: pod.status?.phase ?? null,
    reason: pod.status?.reason ?? null,
    message: pod.status?.message ?? null,
    age_s: ageSeconds(context, pod.metadata.creationTimestamp),
    node: pod.spec.nodeName ?? null,
    deleting: pod.metadata.deletionTimestamp !== undefined,
    ready: ready === undefined ? null : ready === 'True',
    restart_policy: pod.spec.restartPolicy ?? 'Always',
    host_network: pod.spec.hostNetwork ?? false,
    dns_policy: pod.spec.dnsPolicy ?? 'ClusterFirst',
    qos: pod.status?.qosClass ?? null,
    grace_s: pod.spec.terminationGracePeriodSeconds ?? 30,
    service_account: pod.spec.serviceAccountName ?? 'default',
    owner_kind: controllerOf(pod)?.kind ?? null,
    conditions,
  };
}

/**
 * Whether a pod is history: being deleted, ended well, failed where its controller has made another, or of a Job that has
 * succeeded since. What happened in it explains nothing of now.
 */
export function isLeftBehind(context: FactContext, pod: Pod): boolean {
  const { phase } = pod.status ?? {};
  if (pod.metadata.deletionTimestamp !== undefined || phase === 'Succeeded') return true;
  if (phase !== 'Failed') return false;
  // The kubelet ends a pod with restartPolicy Always only from outside: eviction, node shutdown, admission (KEP-2000).
  return (pod.spec.restartPolicy ?? 'Always') === 'Always' || jobSucceededSince(context, pod);
}

/** Whether the pod's Job, or another of the same CronJob, has succeeded after it. */
export function jobSucceededSince(context: FactContext, pod: Pod): boolean {
  const owner = controllerOf(pod);
  if (owner?.kind !== 'Job') return false;
  const job = context.inventory.lookup<Workload>('Job', pod.metadata.namespace, owner.name);
  if (job.status !== 'found') return false;
  if (job.value.status?.conditions?.some(({ type, status }) => type === 'Complete' && status === 'True')) return true;
  const cronJob = controllerOf(job.value);
  if (cronJob?.kind !== 'CronJob') return false;
  const schedule = context.inventory.lookup<Workload>('CronJob', pod.metadata.namespace, cronJob.name);
  const success = schedule.status === 'found' ? Date.parse(schedule.value.status?.lastSuccessfulTime ?? '') : Number.NaN;
  return success > Date.parse(pod.metadata.creationTimestamp ?? '');
}
