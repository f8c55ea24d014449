import type { Pod } from '../domain/kubernetes/pod.ts';

/** Programs that make the network of a node, by the last part of their image's name. */
const NETWORK =
  /^(?:kube-proxy|calico[\w-]*|cilium|flannel|kube-router|weave-kube|weave-npc|aws-k8s-cni|amazon-k8s-cni[\w-]*|antrea[\w-]*|kindnetd|ovn[\w-]*|canal|multus[\w-]*)$/;

/** Whether a pod makes Services and pods reachable from its node. */
export function isNetworkAgent({ spec }: Pod): boolean {
  return (spec?.containers ?? []).some(({ image }) => NETWORK.test(programIn(image)));
}

export function isKubeProxy({ metadata, spec }: Pod): boolean {
  return metadata.labels?.['k8s-app'] === 'kube-proxy' || (spec?.containers ?? []).some(({ image }) => programIn(image) === 'kube-proxy');
}

function programIn(image: string | undefined): string {
  return /([^/:@]+)(?::[^/@]*)?(?:@.*)?$/.exec(image ?? '')?.[1] ?? '';
}
