import { refOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { isKind } from '../domain/kubernetes/resource-type.ts';
import { type ObjectRef, objectRef, refKey } from '../domain/object-ref.ts';
import type { FactContext } from './context.ts';

type Labels = Readonly<Record<string, string>>;

const WORKLOAD_LABELS = { deployment: 'Deployment', statefulset: 'StatefulSet', daemonset: 'DaemonSet' } as const;

/** The workload or node that a series or an alert speaks of, by its labels; undefined when they name none that exists. */
export function healthSubject(context: FactContext, labels: Labels): ObjectRef | undefined {
  const namespace = labels['namespace'] ?? labels['exported_namespace'];
  for (const [label, kind] of Object.entries(WORKLOAD_LABELS)) {
    const name = labels[label];
    if (name !== undefined) return known(context, objectRef(kind, namespace, name));
  }
  const pod = labels['pod'] ?? labels['pod_name'];
  if (pod !== undefined && namespace !== undefined) return known(context, context.graph.ownerOf(objectRef('Pod', namespace, pod)));
  const service = labels['service'] ?? labels['destination_service_name'] ?? labels['workload'] ?? labels['app'];
  if (service !== undefined) return serviceWorkload(context, namespace, service);
  const node = labels['node'] ?? labels['nodename'] ?? labels['kubernetes_node'] ?? labels['instance']?.replace(/:\d+$/, '');
  return node === undefined ? undefined : known(context, objectRef('Node', undefined, node));
}

/** A Service's workload by its selector; without such a Service, the workload of that name. */
function serviceWorkload(context: FactContext, namespace: string | undefined, name: string): ObjectRef | undefined {
  const namespaces = namespace === undefined ? context.inventory.namespaces : [namespace];
  for (const candidate of namespaces) {
    const selected = context.graph.needs(objectRef('Service', candidate, name)).find(({ type }) => type === 'selects')?.to;
    if (selected !== undefined) return selected.kind === 'Pod' ? context.graph.ownerOf(selected) : selected;
    for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet']) {
      const workload = known(context, objectRef(kind, candidate, name));
      if (workload !== undefined) return workload;
    }
  }
  return undefined;
}

function known(context: FactContext, ref: ObjectRef): ObjectRef | undefined {
  return isKind(ref.kind) && context.inventory.lookup(ref.kind, ref.namespace, ref.name).status === 'found' ? ref : undefined;
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
