import type { Inventory } from '../domain/inventory.ts';
import type { Node } from '../domain/kubernetes/node.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { isKind } from '../domain/kubernetes/resource-type.ts';
import { type ObjectRef, objectRef } from '../domain/object-ref.ts';
import type { Graph } from './graph.ts';

type Labels = Readonly<Record<string, string>>;

interface Place {
  readonly inventory: Inventory;
  readonly graph: Graph;
}

/** Labels that name an object by their own name. */
const NAMED = {
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
  cronjob: 'CronJob',
  job_name: 'Job',
  persistentvolumeclaim: 'PersistentVolumeClaim',
  horizontalpodautoscaler: 'HorizontalPodAutoscaler',
  ingress: 'Ingress',
} as const;

/** What watches nodes: its own pod and Service are not what its series are about. */
const OF_NODES = /node-?exporter|^node$|kubernetes-nodes/;

/**
 * The object that a series or an alert speaks of, by its labels, pods at owner level; undefined when they name none that exists.
 * Labels that a scrape set anew are told as `exported_`: those are of the object, the plain ones of what was scraped.
 */
export function subjectOfLabels(place: Place, labels: Labels): ObjectRef | undefined {
  const of = (name: string): string | undefined => labels[`exported_${name}`] ?? labels[name];
  const namespace = of('namespace') ?? labels['kubernetes_namespace'] ?? labels['destination_workload_namespace'] ?? labels['destination_service_namespace'];
  const called = labels['destination_workload'] ?? labels['destination_service_name'];
  if (called !== undefined && called !== 'unknown')
    return serviceWorkload(place, labels['destination_workload_namespace'] ?? labels['destination_service_namespace'] ?? namespace, called);
  for (const [label, kind] of Object.entries(NAMED)) {
    const name = of(label);
    // An ingress controller tells by which Ingress a Service was called.
    if (label === 'ingress' && of('service') !== undefined) continue;
    if (name !== undefined) return ownerOf(place, known(place, objectRef(kind, namespace, name)));
  }
  if (OF_NODES.test(labels['job'] ?? '')) return nodeOf(place, labels);
  // Beside a label that was set anew, the plain pod is that which was scraped.
  const scrapes = labels['exported_namespace'] !== undefined || labels['exported_service'] !== undefined;
  const pod = scrapes ? labels['exported_pod'] : (of('pod') ?? labels['pod_name'] ?? labels['kubernetes_pod_name']);
  if (pod !== undefined && namespace !== undefined) return known(place, place.graph.ownerOf(objectRef('Pod', namespace, pod)));
  // A Service that is called as its job is what was scraped.
  if (labels['node'] !== undefined && labels['service'] === labels['job']) return nodeOf(place, labels);
  const service = of('service') ?? labels['workload'] ?? labels['app'] ?? labels['application'] ?? labels['service_name'];
  const named = service === undefined ? undefined : serviceWorkload(place, namespace, service);
  return named ?? scraped(place, labels) ?? nodeOf(place, labels);
}

/** The workload of the pod that was scraped at this address. */
function scraped({ inventory, graph }: Place, { instance = '' }: Labels): ObjectRef | undefined {
  const address = instance.replace(/:\d+$/, '');
  const pod = inventory.list<Pod>('Pod').find(({ status, spec }) => status?.podIP === address && spec?.hostNetwork !== true);
  return address === '' || pod === undefined ? undefined : graph.ownerOf(objectRef('Pod', pod.metadata.namespace, pod.metadata.name));
}

/** A Service's workload by its selector; without such a Service, the workload of that name. */
export function serviceWorkload(place: Place, namespace: string | undefined, name: string): ObjectRef | undefined {
  const namespaces = namespace === undefined ? place.inventory.namespaces : [namespace];
  for (const candidate of namespaces) {
    const selected = place.graph.needs(objectRef('Service', candidate, name)).find(({ type }) => type === 'selects')?.to;
    if (selected !== undefined) return selected.kind === 'Pod' ? place.graph.ownerOf(selected) : selected;
    for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet']) {
      const workload = known(place, objectRef(kind, candidate, name));
      if (workload !== undefined) return workload;
    }
  }
  return undefined;
}

/** By name, or by the address at which it was scraped. */
function nodeOf(place: Place, labels: Labels): ObjectRef | undefined {
  const name = labels['node'] ?? labels['nodename'] ?? labels['kubernetes_node'] ?? labels['instance']?.replace(/:\d+$/, '');
  if (name === undefined) return undefined;
  return known(place, objectRef('Node', undefined, name)) ?? nodeAt(place, name);
}

function nodeAt({ inventory }: Place, address: string): ObjectRef | undefined {
  const node = inventory.list<Node>('Node').find(({ status }) => status?.addresses?.some((one) => one.address === address));
  return node && objectRef('Node', undefined, node.metadata.name);
}

function ownerOf({ graph }: Place, ref: ObjectRef | undefined): ObjectRef | undefined {
  return ref && graph.ownerOf(ref);
}

function known({ inventory }: Place, ref: ObjectRef): ObjectRef | undefined {
  return isKind(ref.kind) && inventory.lookup(ref.kind, ref.namespace, ref.name).status === 'found' ? ref : undefined;
}
