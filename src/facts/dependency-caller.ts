import type { DependencyDoc } from '../domain/facts/dependency.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { type ObjectRef, refKey } from '../domain/object-ref.ts';
import { usesClusterDns } from '../topology/edges/dns.ts';
import type { Site } from '../topology/sites.ts';
import type { FactContext } from './context.ts';
import type { Network } from './network.ts';

/** How the caller fares, whatever it says of one dependency. */
export function callerPart(context: FactContext, network: Network, { ref, spec, namespace }: Site): DependencyDoc['caller'] {
  return {
    kind: ref.kind,
    name: ref.name,
    namespace,
    failing: network.livePodsOf(ref).some(({ ready }) => !ready),
    upstream_failing: upstreams(context, ref).filter((upstream) => writesErrors(context, network, upstream)).length,
    alerted: context.inventory.telemetry.alerts.some(({ labels, state }) => state !== 'suppressed' && namesWorkload(labels, ref)),
    dns_policy: spec.dnsPolicy ?? 'ClusterFirst',
    uses_cluster_dns: usesClusterDns(spec),
  };
}

/** Workloads that call the workload, directly or through a Service that selects it. */
function upstreams({ graph }: FactContext, ref: ObjectRef): ObjectRef[] {
  const doors = [ref, ...graph.neededBy(ref).flatMap(({ type, from }) => (type === 'selects' && from.kind === 'Service' ? [from] : []))];
  const callers = doors.flatMap((door) => graph.neededBy(door).flatMap(({ type, from }) => (type === 'calls' || type === 'depends-on' ? [from] : [])));
  return [...new Map(callers.filter((caller) => refKey(caller) !== refKey(ref)).map((caller) => [refKey(caller), caller])).values()];
}

function writesErrors({ inventory }: FactContext, network: Network, ref: ObjectRef): boolean {
  return network
    .livePodsOf(ref)
    .some(({ pod }) =>
      (pod.spec?.containers ?? []).some(({ name }) =>
        inventory
          .logsOf(pod.metadata.namespace ?? '', pod.metadata.name, name)
          .some(({ previous, errors, lines }) => !previous && errors.some(({ number }) => number * 2 > lines)),
      ),
    );
}

function namesWorkload(labels: Readonly<Record<string, string>>, ref: ObjectRef): boolean {
  if (labels['namespace'] !== undefined && labels['namespace'] !== ref.namespace) return false;
  const names = ['deployment', 'statefulset', 'daemonset', 'service', 'workload', 'app', 'job'].map((label) => labels[label]);
  return names.includes(ref.name) || (labels['pod']?.startsWith(`${ref.name}-`) ?? false);
}

/** When the caller's first pod that is not ready stopped being so. */
export function sinceFailing(network: Network, ref: ObjectRef): string | null {
  const times = network.livePodsOf(ref).flatMap(({ pod, ready }) => (ready ? [] : (readyCondition(pod)?.lastTransitionTime ?? [])));
  return times.toSorted()[0] ?? null;
}

function readyCondition(pod: Pod) {
  return pod.status?.conditions?.find(({ type }) => type === 'Ready');
}
