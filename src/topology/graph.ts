import type { EvidenceDraft } from '../domain/evidence.ts';
import type { ObjectRef } from '../domain/object-ref.ts';

/**
 * What an edge says, read from dependent to dependency: "`from` needs `to`".
 * `owned-by`: a Pod needs its owner's template. `runs-as`: the owner is made of its pods. `selects`: a Service needs the
 * workload it selects. `routes-to`: an Ingress needs a Service. `calls`: a workload needs a Service, workload or External host.
 * `mounts`, `reads`, `uses`: claims, ConfigMaps and Secrets, ServiceAccounts. `runs-on`: a Node. `binds`: a claim its volume.
 * `provisioned-by`: a claim its StorageClass. `admitted-by`: a workload a webhook, quota or limit range. `resolves-with`: the cluster DNS.
 * `made-from`: a Secret the object that its controller makes it of, a claim the snapshot that it is restored from.
 * `scales`: an autoscaler its target. `restricted-by`: a workload a NetworkPolicy.
 * `disturbed-by`: a workload the chaos experiment that is made on its pods. `depends-on`: said by the knowledge graph.
 */
export type EdgeType =
  | 'owned-by'
  | 'runs-as'
  | 'selects'
  | 'routes-to'
  | 'calls'
  | 'mounts'
  | 'reads'
  | 'uses'
  | 'runs-on'
  | 'binds'
  | 'provisioned-by'
  | 'made-from'
  | 'admitted-by'
  | 'resolves-with'
  | 'scales'
  | 'restricted-by'
  | 'disturbed-by'
  | 'depends-on';

export interface Edge {
  readonly from: ObjectRef;
  readonly to: ObjectRef;
  readonly type: EdgeType;
  /** How it is known: `object` (a field proves it), `name` (a host name in env or config), `log`, `knowledge-graph`, `recorded` (a dependency file). */
  readonly origin: 'object' | 'name' | 'log' | 'knowledge-graph' | 'recorded';
  readonly evidence?: EvidenceDraft;
}

/** Immutable once built. Directions are those of need: dependencies lead towards causes, dependents towards victims. */
export interface Graph {
  readonly nodes: readonly ObjectRef[];
  readonly edges: readonly Edge[];
  has(ref: ObjectRef): boolean;
  /** Edges that start here: what `ref` needs. */
  needs(ref: ObjectRef): readonly Edge[];
  /** Edges that end here: who needs `ref`. */
  neededBy(ref: ObjectRef): readonly Edge[];
  /** All that `ref` depends on, nearest first, without `ref`. */
  dependencies(ref: ObjectRef, limit?: number): readonly ObjectRef[];
  /** All that depends on `ref`, nearest first: its blast radius. */
  dependents(ref: ObjectRef, limit?: number): readonly ObjectRef[];
  /** A shortest way of need from `from` to `to`; undefined where there is none; empty for the same object. */
  path(from: ObjectRef, to: ObjectRef): readonly Edge[] | undefined;
  /** The owner people name: a Pod's or ReplicaSet's Deployment, a Job's CronJob; the object itself where it has none. */
  ownerOf(ref: ObjectRef): ObjectRef;
  /** Pods below a workload, by ownership. */
  podsOf(ref: ObjectRef): readonly ObjectRef[];
}
