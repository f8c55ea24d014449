import type { Inventory } from '../../domain/inventory.ts';
import type { Service } from '../../domain/kubernetes/network.ts';
import { refOf } from '../../domain/kubernetes/object.ts';
import type { PodSpec } from '../../domain/kubernetes/pod.ts';
import type { Workload } from '../../domain/kubernetes/workload.ts';
import { type ObjectRef, sameObject } from '../../domain/object-ref.ts';
import type { GraphBuilder } from '../indexed-graph.ts';
import type { Sites } from '../sites.ts';
import { field } from './evidence.ts';

const NAMESPACES = ['kube-system', 'openshift-dns'];

/** The label that every installer keeps on the cluster DNS, whatever program serves it (kubernetes/cluster/addons/dns). */
const isDns = (labels: Readonly<Record<string, string>> | undefined): boolean =>
  labels?.['k8s-app'] === 'kube-dns' || labels?.['k8s-app'] === 'coredns' || labels?.['dns.operator.openshift.io/owning-dns'] !== undefined;

/** The cluster DNS as far as it was read: its Service, else the workload that serves it. */
export function clusterDns(inventory: Inventory): ObjectRef | undefined {
  const services = NAMESPACES.flatMap((namespace) => inventory.list<Service>('Service', namespace));
  const service =
    services.find(({ metadata }) => metadata.name === 'kube-dns') ??
    services.find(({ metadata, spec }) => isDns(metadata.labels) && spec?.clusterIP !== 'None');
  return service ? refOf(service) : dnsWorkload(inventory);
}

/** The Deployment or DaemonSet that serves cluster DNS. */
export function dnsWorkload(inventory: Inventory): ObjectRef | undefined {
  for (const namespace of NAMESPACES) {
    for (const kind of ['Deployment', 'DaemonSet'] as const) {
      const workload = inventory.list<Workload>(kind, namespace).find(({ metadata, spec }) => isDns(metadata.labels) || isDns(spec?.selector?.matchLabels));
      if (workload) return refOf(workload);
    }
  }
  return undefined;
}

/** Whether pods of this spec ask the cluster DNS: not with dnsPolicy Default or None, nor on the host's network without …WithHostNet. */
export function usesClusterDns({ dnsPolicy = 'ClusterFirst', hostNetwork = false }: PodSpec): boolean {
  return dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && !hostNetwork);
}

export function dnsEdges({ inventory, sites }: Sites, graph: GraphBuilder): void {
  const to = clusterDns(inventory);
  const server = dnsWorkload(inventory);
  if (to === undefined) return;
  for (const { ref, spec, path } of sites) {
    if (!usesClusterDns(spec) || (server && sameObject(ref, server))) continue;
    graph.edge({ from: ref, to, type: 'resolves-with', origin: 'object', cite: field(ref, `${path}.dnsPolicy`, spec.dnsPolicy ?? 'ClusterFirst') });
  }
}
