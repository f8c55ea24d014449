import type { DependencyDoc } from '../domain/facts/dependency.ts';
import type { PeerAuthentication } from '../domain/kubernetes/add-ons.ts';
import { matchesLabels } from '../domain/kubernetes/label-selector.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { type ObjectRef, objectRef } from '../domain/object-ref.ts';
import { containersOf } from './container-spec.ts';
import type { FactContext } from './context.ts';
import type { Network } from './network.ts';

/** The proxies of Istio and Linkerd, by the names that their injectors give. */
const PROXIES: ReadonlySet<string> = new Set(['istio-proxy', 'linkerd-proxy']);
/** Where Istio looks for what holds for the whole mesh, unless it was set up otherwise. */
const ROOT_NAMESPACE = 'istio-system';

export interface MeshBoundary {
  readonly part: NonNullable<DependencyDoc['mesh']>;
  readonly policy: ObjectRef | undefined;
}

/** Whether only one of the two is part of a service mesh, and what the mesh demands of callers; undefined where both are, or neither. */
export function meshBoundary(context: FactContext, network: Network, caller: ObjectRef, callee: ObjectRef | undefined): MeshBoundary | undefined {
  const [from, to] = [podsOf(network, caller), callee === undefined ? [] : podsOf(network, callee)];
  if (from.length === 0 || to.length === 0) return undefined;
  const [inside, reached] = [from.some(hasProxy), to.some(hasProxy)];
  if (inside === reached) return undefined;
  const policy = reached ? strictest(context, to[0]) : undefined;
  return {
    part: { only: inside ? 'caller' : 'callee', mode: policy?.spec?.mtls?.mode ?? null },
    policy: policy && objectRef('PeerAuthentication', policy.metadata.namespace, policy.metadata.name),
  };
}

function podsOf(network: Network, ref: ObjectRef): Pod[] {
  return network.livePodsOf(ref).map(({ pod }) => pod);
}

function hasProxy(pod: Pod): boolean {
  return containersOf(pod).some(({ spec }) => PROXIES.has(spec.name));
}

/** The policy that applies: that of the pod, else of its namespace, else of the mesh. */
function strictest({ inventory }: FactContext, pod: Pod | undefined): PeerAuthentication | undefined {
  const policies = inventory.list<PeerAuthentication>('PeerAuthentication').filter(({ spec }) => spec?.mtls?.mode !== undefined && spec.mtls.mode !== 'UNSET');
  const own = policies.filter(({ metadata }) => metadata.namespace === pod?.metadata.namespace);
  return (
    own.find(({ spec }) => spec?.selector !== undefined && matchesLabels(spec.selector, pod?.metadata.labels)) ??
    own.find(({ spec }) => spec?.selector === undefined) ??
    policies.find(({ metadata, spec }) => metadata.namespace === ROOT_NAMESPACE && spec?.selector === undefined)
  );
}
