import type { Node } from '../domain/kubernetes/node.ts';

/**
 * Taints that say that a node is going away, by who sets them: cluster-autoscaler (utils/taints), Karpenter (v1 disruption),
 * the node termination handlers of AWS and Google, and the cloud node lifecycle controller for an instance that is shut down.
 */
const LEAVING = [
  /^ToBeDeletedByClusterAutoscaler$/,
  /^karpenter\.sh\/(disrupted|disruption)$/,
  /^aws-node-termination-handler\//,
  /^cloud\.google\.com\/impending-node-termination$/,
  /^node\.cloudprovider\.kubernetes\.io\/shutdown$/,
];

/** The first such taint as `key=value:Effect`; null without one. */
export function leavingTaint(node: Node): string | null {
  const taint = node.spec?.taints?.find(({ key }) => LEAVING.some((pattern) => pattern.test(key)));
  if (taint === undefined) return null;
  const { key, value, effect } = taint;
  // cluster-autoscaler writes the time as the value, which tells people nothing.
  return `${key}${value && !/^\d+$/.test(value) ? `=${value}` : ''}:${effect}`;
}
