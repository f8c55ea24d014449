import type { Subject } from '../fact.ts';

/**
 * The roles of other objects in a fact, by its subject: what `blame`, `victims` and `via` of a rule may name beside `self`.
 * `one` has at most one object, `several` any number; only `one` can be blamed.
 */
export const ROLES = {
  Container: { one: ['pod', 'workload', 'node', 'namespace'], several: [] },
  Pod: {
    one: ['pod', 'workload', 'namespace', 'node', 'claim', 'storage', 'cordoned_node', 'unhealthy_node', 'tainted_node', 'quota', 'displacer', 'pinned_volume'],
    several: ['cordoned_nodes', 'unhealthy_nodes', 'tainted_nodes'],
  },
  Workload: { one: ['workload', 'namespace'], several: ['pods'] },
  Service: { one: ['service', 'workload', 'near'], several: ['callers', 'known_callers', 'workloads', 'routes'] },
  Ingress: { one: ['controller', 'service', 'missing', 'secret'], several: [] },
  Claim: { one: ['claim', 'workload', 'volume', 'nearest_volume', 'snapshot', 'storage_class', 'namespace'], several: ['consumers'] },
  Volume: { one: ['volume', 'claim', 'workload', 'node'], several: ['consumers'] },
  Node: { one: ['node'], several: ['failing_workloads'] },
  Namespace: { one: [], several: [] },
  ResourceQuota: { one: ['quota', 'workload', 'set', 'namespace'], several: ['service_workloads', 'missing_service_objects'] },
  LimitRange: { one: ['limit_range', 'workload', 'set'], several: [] },
  Autoscaler: { one: ['autoscaler', 'workload', 'namespace'], several: [] },
  DisruptionBudget: { one: ['budget', 'workload', 'namespace'], several: ['workloads', 'nodes'] },
  Webhook: { one: ['webhook', 'service', 'backend'], several: ['refused', 'certificates'] },
  ApiService: { one: ['service', 'backend'], several: [] },
  NetworkPolicy: { one: [], several: ['callers', 'selected'] },
  Dependency: { one: ['workload', 'pod', 'service', 'backend', 'dependency', 'policy', 'peer_policy', 'dns_policy', 'dns'], several: ['certificates'] },
  ServiceHealth: { one: ['workload', 'node'], several: [] },
  NodeService: { one: ['node', 'component'], several: ['waiting_workloads'] },
  Resource: { one: ['operator', 'secret', 'issuer'], several: ['users', 'secrets', 'hooks'] },
  Experiment: { one: [], several: ['workloads'] },
} as const satisfies Readonly<Record<Subject, { readonly one: readonly string[]; readonly several: readonly string[] }>>;

/** A role that has at most one object. */
export type Role<S extends Subject> = (typeof ROLES)[S]['one'][number];
/** A role that has several objects. */
export type GroupRole<S extends Subject> = (typeof ROLES)[S]['several'][number];
