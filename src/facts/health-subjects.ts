import { refOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { type ObjectRef, refKey } from '../domain/object-ref.ts';
import { serviceWorkload, subjectOfLabels } from '../topology/telemetry-subject.ts';
import type { FactContext } from './context.ts';

/** Objects of which it is compared how they fare. */
const MEASURED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Node', 'ReplicaSet', 'Pod', 'Job', 'CronJob']);

/** The workload or node that a series or an alert speaks of, by its labels; undefined when they name none that exists. */
export function healthSubject(context: FactContext, labels: Readonly<Record<string, string>>): ObjectRef | undefined {
  const subject = subjectOfLabels(context, labels);
  return subject !== undefined && MEASURED.has(subject.kind) ? subject : undefined;
}

/** The one node on which all running pods of each workload are; workloads that are spread have none. */
export function nodeOfWorkloads(context: FactContext): Map<string, string> {
  const nodes = new Map<string, Set<string>>();
  for (const pod of context.inventory.list<Pod>('Pod')) {
    if (pod.spec?.nodeName === undefined || pod.status?.phase !== 'Running') continue;
    const key = refKey(context.graph.ownerOf(refOf(pod)));
    nodes.set(key, (nodes.get(key) ?? new Set<string>()).add(pod.spec.nodeName));
  }
  return new Map([...nodes].flatMap(([key, names]) => (names.size === 1 ? [[key, [...names][0] ?? ''] as const] : [])));
}

/** Workloads that a workload calls, by the graph and by what a mesh recorded. */
export function calledWorkloads(context: FactContext, workload: ObjectRef): ObjectRef[] {
  const calls = context.graph.needs(workload).filter(({ type }) => type === 'calls' || type === 'depends-on');
  const byGraph = calls.flatMap(({ to }) =>
    to.kind === 'Service' ? context.graph.needs(to).flatMap(({ type, to: target }) => (type === 'selects' ? [target] : [])) : [to],
  );
  const recorded = context.inventory.telemetry.serviceDependencies
    .filter(({ service, namespace }) => service === workload.name && (namespace ?? workload.namespace) === workload.namespace)
    .flatMap(({ downstream }) => downstream)
    .flatMap((name) => serviceWorkload(context, workload.namespace, name) ?? []);
  return [...new Map([...byGraph, ...recorded].map((ref) => [refKey(ref), ref])).values()].filter((ref) => refKey(ref) !== refKey(workload));
}
