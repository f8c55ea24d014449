import type { Pod } from '../domain/kubernetes/pod.ts';

/** Programs that make the network of a node, as some part of their image's name has it: `calico/node`, `flannel`, `aws-k8s-cni`. */
const NETWORK =
  /(?:^|[/-])(?:kube-proxy|calico|cilium|flannel|kube-router|weave-kube|weave-npc|aws-k8s-cni|amazon-k8s-cni|antrea|kindnetd|ovn-kube|canal|multus)(?:[/:@-]|$)/;
const PROXY = /(?:^|\/)kube-proxy(?:[:@]|$)/;

/** Whether a pod makes Services and pods reachable from its node. */
export function isNetworkAgent({ spec }: Pod): boolean {
  return (spec?.containers ?? []).some(({ image = '' }) => NETWORK.test(image));
}

export function isKubeProxy({ metadata, spec }: Pod): boolean {
  return metadata.labels?.['k8s-app'] === 'kube-proxy' || (spec?.containers ?? []).some(({ image = '' }) => PROXY.test(image));
}
