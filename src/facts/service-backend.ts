import { type EndpointSlice, type Endpoints, SERVICE_NAME_LABEL } from '../domain/kubernetes/network.ts';
import type { LookupStatus } from '../domain/lookup.ts';
import { type ObjectRef, objectRef } from '../domain/object-ref.ts';
import type { FactContext } from './context.ts';

/** What stands behind a Service. */
export interface ServiceBackend {
  readonly ref: ObjectRef;
  readonly status: LookupStatus;
  /** Ready endpoints; null when neither EndpointSlices nor Endpoints were read. */
  readonly ready: number | null;
  readonly workload: ObjectRef | undefined;
  readonly down: boolean;
}

export function serviceBackend(context: FactContext, namespace: string, name: string): ServiceBackend {
  const ref = objectRef('Service', namespace, name);
  const status = context.inventory.lookup('Service', namespace, name).status;
  const ready = readyEndpoints(context, namespace, name);
  const workload = context.graph.needs(ref).find(({ type }) => type === 'selects')?.to;
  return { ref, status, ready, workload, down: status === 'not-found' || (status === 'found' && ready === 0) };
}

function readyEndpoints({ inventory }: FactContext, namespace: string, name: string): number | null {
  const slices = inventory.list<EndpointSlice>('EndpointSlice', namespace).filter(({ metadata }) => metadata.labels?.[SERVICE_NAME_LABEL] === name);
  if (slices.length > 0 || inventory.covers('EndpointSlice', namespace)) {
    // The API writes null, not an empty list, where a Service has no pods.
    return slices.flatMap(({ endpoints }) => (endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false)).length;
  }
  const endpoints = inventory.lookup<Endpoints>('Endpoints', namespace, name);
  if (endpoints.status === 'not-found') return 0;
  return endpoints.status === 'found' ? (endpoints.value.subsets ?? []).flatMap(({ addresses = [] }) => addresses).length : null;
}
