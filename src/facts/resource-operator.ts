import type { ResourceDoc } from '../domain/facts/resource.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import { operatorOf } from '../topology/edges/operators.ts';
import type { FactContext } from './context.ts';
import { networkOf } from './network.ts';
import { wantedPods } from './service-pods.ts';

export interface ResourceOperator {
  readonly part: NonNullable<ResourceDoc['operator']>;
  readonly ref: ObjectRef;
}

/** The workload that acts on resources of a kind, and how it fares; undefined where it was not read. */
export function resourceOperator(context: FactContext, kind: string): ResourceOperator | undefined {
  const network = networkOf(context);
  const site = operatorOf(network.sites, kind);
  if (site === undefined) return undefined;
  const ready = network.livePodsOf(site.ref).filter((pod) => pod.ready).length;
  return { ref: site.ref, part: { kind: site.ref.kind, name: site.ref.name, namespace: site.namespace, ready, wanted: wantedPods(network, site.ref) } };
}
