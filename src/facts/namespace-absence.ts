import type { Service } from '../domain/kubernetes/network.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import { podTemplateOf, WORKLOAD_KINDS, type Workload } from '../domain/kubernetes/workload.ts';
import { type ObjectRef, objectRef } from '../domain/object-ref.ts';
import type { FactContext } from './context.ts';
import { podCounts } from './refusals.ts';

/** What a namespace should hold and, as far as it was read completely, does not. */
export interface Absence {
  readonly namespace: string;
  /** Called by name and backed by a workload of that name, yet without a Service. */
  readonly services: readonly { readonly name: string; readonly workload: ObjectRef }[];
  /** Sets that have fewer pods than they should. */
  readonly short: readonly { readonly workload: ObjectRef; readonly wanted: number; readonly present: number }[];
}

export function absenceIn(context: FactContext, namespace: string): Absence {
  return { namespace, services: missingServices(context, namespace), short: shortSets(context, namespace) };
}

function missingServices(context: FactContext, namespace: string): Absence['services'] {
  if (!context.inventory.covers('Service', namespace)) return [];
  const workloads = (['Deployment', 'StatefulSet'] as const).flatMap((kind) => context.inventory.list<Workload>(kind, namespace));
  const present = new Set(context.inventory.list<Service>('Service', namespace).map(({ metadata }) => metadata.name));
  const called = calledNames(context, namespace, workloads);
  return workloads
    .filter(({ metadata }) => called.has(metadata.name) && !present.has(metadata.name))
    .map((workload) => ({ name: workload.metadata.name, workload: refOf(workload) }));
}

/** Hosts that env values of the namespace name, and services that a mesh or tracing system recorded. */
function calledNames(context: FactContext, namespace: string, workloads: readonly Workload[]): Set<string> {
  const values = workloads.flatMap((workload) =>
    (podTemplateOf(workload)?.spec.containers ?? []).flatMap(({ env = [] }) => env.flatMap(({ value }) => value ?? [])),
  );
  const hosts = values.flatMap(
    (value) => /^(?:[a-z][a-z0-9+.-]*:\/\/)?([a-z0-9]([-a-z0-9]*[a-z0-9])?)(?:\.[-.a-z0-9]+)?(?::\d+)?(?:\/.*)?$/.exec(value)?.[1] ?? [],
  );
  const recorded = context.inventory.telemetry.serviceDependencies
    .filter((entry) => (entry.namespace ?? namespace) === namespace)
    .flatMap(({ service, upstream, downstream }) => [service, ...upstream, ...downstream]);
  return new Set([...hosts, ...recorded]);
}

function shortSets(context: FactContext, namespace: string): Absence['short'] {
  return WORKLOAD_KINDS.filter((kind) => kind !== 'CronJob' && kind !== 'Job' && kind !== 'Deployment')
    .flatMap((kind) => context.inventory.list<Workload>(kind, namespace))
    .map((set) => ({ set, ...podCounts(set) }))
    .filter(({ wanted, present }) => present < wanted)
    .map(({ set, wanted, present }) => ({ workload: context.graph.ownerOf(objectRef(set.kind, namespace, set.metadata.name)), wanted, present }));
}
