import type { Inventory } from '../domain/inventory.ts';
import type { Node } from '../domain/kubernetes/node.ts';
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
  const namespace = of('namespace') ?? labels['kubernetes_namespace'] ?? labels['destination_service_namespace'];
  for (const [label, kind] of Object.entries(NAMED)) {
    const name = of(label);
    if (name !== undefined) return ownerOf(place, known(place, objectRef(kind, namespace, name)));
  }
  if (OF_NODES.test(labels['job'] ?? '')) return nodeOf(place, labels);
  const pod = of('pod') ?? labels['pod_name'] ?? labels['kubernetes_pod_name'];
  if (pod !== undefined && namespace !== undefined) return known(place, place.graph.ownerOf(objectRef('Pod', namespace, pod)));
  // A Service that is called as its job is what was scraped.
  if (labels['node'] !== undefined && labels['service'] === labels['job']) return nodeOf(place, labels);
  const service = of('service') ?? labels['destination_service_name'] ?? labels['workload'] ?? labels['app'];
  return service === undefined ? nodeOf(place, labels) : serviceWorkload(place, namespace, service);
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
