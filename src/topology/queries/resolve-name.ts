import { RESOURCE_TYPES } from '../../domain/kubernetes/resource-type.ts';
import { nearNames } from '../../domain/near-names.ts';
import { type ObjectRef, refKey, refLabel } from '../../domain/object-ref.ts';
import { coded } from '../../errors/coded-error.ts';
import type { Graph } from '../graph.ts';

/** The short names that `kubectl api-resources` prints, and plain words for the kinds the API does not have. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  po: 'Pod',
  deploy: 'Deployment',
  rs: 'ReplicaSet',
  sts: 'StatefulSet',
  ds: 'DaemonSet',
  cj: 'CronJob',
  svc: 'Service',
  ing: 'Ingress',
  netpol: 'NetworkPolicy',
  cm: 'ConfigMap',
  sa: 'ServiceAccount',
  pvc: 'PersistentVolumeClaim',
  pv: 'PersistentVolume',
  sc: 'StorageClass',
  no: 'Node',
  hpa: 'HorizontalPodAutoscaler',
  pdb: 'PodDisruptionBudget',
  quota: 'ResourceQuota',
  external: 'External',
  host: 'External',
  component: 'Component',
};

/** Which of several objects of one name is meant: what runs, before what leads to it, before what it needs. */
const PREFERENCE = [
  ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'ReplicaSet', 'Rollout'],
  ['Service', 'Component', 'External'],
  ['Ingress', 'Pod', 'Node', 'PersistentVolumeClaim'],
];

export interface NameContext {
  readonly graph: Graph;
  /** What stands for each component of the knowledge graph. */
  readonly components: ReadonlyMap<string, readonly ObjectRef[]>;
  readonly namespace?: string | undefined;
}

/** The object meant by `checkout`, `deployment/checkout`, `shop/checkout`, `deploy/shop/checkout` or a component's name. */
export function resolveName(name: string, context: NameContext): ObjectRef {
  const parts = name.split('/');
  const [first = ''] = parts;
  const kind = parts.length > 1 ? kindOf(first) : undefined;
  const rest = kind === undefined ? parts : parts.slice(1);
  const namespace = rest.length > 1 ? rest[0] : undefined;
  const wanted = rest.slice(namespace === undefined ? 0 : 1).join('/');

  const own = parts.length === 1 ? (context.components.get(name) ?? []) : [];
  const found = context.graph.nodes.filter(
    (ref) => ref.name === wanted && (kind === undefined || ref.kind === kind) && (namespace === undefined || ref.namespace === namespace),
  );
  const candidates = preferred(uniqueRefs([...own, ...found]), namespace === undefined ? context.namespace : undefined);
  const [only, ...others] = candidates;
  if (only === undefined) throw coded('GRAPH_NAME_UNKNOWN', { name, near: near(wanted, context) });
  if (others.length > 0) throw coded('GRAPH_NAME_AMBIGUOUS', { name, candidates: candidates.map(refLabel) });
  return only;
}

function kindOf(word: string): string | undefined {
  const lower = word.toLowerCase();
  if (SHORT_NAMES[lower]) return SHORT_NAMES[lower];
  return Object.values(RESOURCE_TYPES).find(({ kind, plural }) => kind.toLowerCase() === lower || plural === lower)?.kind;
}

function preferred(refs: readonly ObjectRef[], namespace: string | undefined): readonly ObjectRef[] {
  const here = namespace === undefined ? [] : refs.filter((ref) => ref.namespace === namespace);
  const pool = here.length > 0 ? here : refs;
  for (const kinds of PREFERENCE) {
    const best = pool.filter(({ kind }) => kinds.includes(kind));
    if (best.length > 0) return best;
  }
  return pool;
}

function uniqueRefs(refs: readonly ObjectRef[]): readonly ObjectRef[] {
  return [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
}

function near(name: string, { graph, components }: NameContext): string[] {
  const named = graph.nodes.filter(({ kind }) => kind !== 'Pod').map((ref) => ref.name);
  return nearNames(name, [...components.keys(), ...named]);
}
