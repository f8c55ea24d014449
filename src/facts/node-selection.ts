import { meetsRequirement } from '../domain/kubernetes/label-selector.ts';
import type { Node, Taint } from '../domain/kubernetes/node.ts';
import type { NodeSelectorRequirement, NodeSelectorTerm, PodSpec, Toleration } from '../domain/kubernetes/pod.ts';

/** One demand on a node's labels that a node lacks, with the values that nodes do carry. */
export interface UnmetDemand {
  readonly key: string;
  readonly wanted: string;
  readonly from: 'nodeSelector' | 'nodeAffinity';
  readonly values_present: readonly string[];
}

/** Whether the pod's nodeSelector and required node affinity accept the node. Terms are alternatives, their expressions all apply. */
export function acceptsNode(spec: PodSpec, node: Node): boolean {
  const labels = node.metadata.labels ?? {};
  const selected = Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => labels[key] === value);
  const terms = affinityTerms(spec);
  return selected && (terms === undefined || terms.some((term) => termAccepts(term, node)));
}

/** True when the pod demands anything of a node's labels. */
export function selectsNodes(spec: PodSpec): boolean {
  return Object.keys(spec.nodeSelector ?? {}).length > 0 || affinityTerms(spec) !== undefined;
}

/** The demands that no single node meets; empty when each is met by some node, though perhaps not all by one. */
export function unmetDemands(spec: PodSpec, nodes: readonly Node[]): UnmetDemand[] {
  const selectors = Object.entries(spec.nodeSelector ?? {}).map(([key, value]) => ({
    requirement: { key, operator: 'In', values: [value] },
    from: 'nodeSelector' as const,
  }));
  const expressions = (affinityTerms(spec) ?? [])
    .flatMap((term) => [...(term.matchExpressions ?? [])])
    .map((requirement) => ({ requirement, from: 'nodeAffinity' as const }));
  return [...selectors, ...expressions]
    .filter(({ requirement }) => !nodes.some((node) => meetsRequirement(requirement, node.metadata.labels?.[requirement.key])))
    .map(({ requirement, from }) => ({
      key: requirement.key,
      wanted: describeRequirement(requirement),
      from,
      values_present: [...new Set(nodes.flatMap((node) => node.metadata.labels?.[requirement.key] ?? []))].sort().slice(0, 10),
    }));
}

/** The taints that keep the pod away (NoSchedule and NoExecute; PreferNoSchedule does not). */
export function untoleratedTaints(spec: PodSpec, taints: readonly Taint[] | undefined): Taint[] {
  return (taints ?? []).filter((taint) => taint.effect !== 'PreferNoSchedule' && !(spec.tolerations ?? []).some((toleration) => tolerates(toleration, taint)));
}

/** Source: api/core/v1 Toleration.ToleratesTaint. */
function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  if (toleration.operator === 'Exists') return true;
  return Boolean(toleration.key) && (toleration.value ?? '') === (taint.value ?? '');
}

/** Control-plane nodes keep workloads away by design; kubeadm marks them with a taint and a label, other installers with `kubernetes.io/role`. */
export function isControlPlane(node: Node): boolean {
  const labels = node.metadata.labels ?? {};
  return (
    'node-role.kubernetes.io/control-plane' in labels ||
    'node-role.kubernetes.io/master' in labels ||
    ['master', 'control-plane'].includes(labels['kubernetes.io/role'] ?? '') ||
    (node.spec?.taints ?? []).some((taint) => /^node-role\.kubernetes\.io\/(control-plane|master)$/.test(taint.key))
  );
}

function affinityTerms(spec: PodSpec): readonly NodeSelectorTerm[] | undefined {
  return spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
}

/** An empty term accepts none (component-helpers nodeaffinity). */
function termAccepts(term: NodeSelectorTerm, node: Node): boolean {
  const expressions = term.matchExpressions ?? [];
  const fields = term.matchFields ?? [];
  if (expressions.length + fields.length === 0) return false;
  return (
    expressions.every((requirement) => meetsRequirement(requirement, node.metadata.labels?.[requirement.key])) &&
    fields.every((requirement) => meetsRequirement(requirement, requirement.key === 'metadata.name' ? node.metadata.name : undefined))
  );
}

function describeRequirement({ key, operator, values = [] }: NodeSelectorRequirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(', ')})`;
    case 'NotIn':
      return `${key} not in (${values.join(', ')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `no ${key}`;
    default:
      return `${key} ${operator} ${values.join(', ')}`;
  }
}
