import { lastWritten } from '../changes/last-written.ts';
import type { Fact } from '../domain/fact.ts';
import type { NetworkPolicyDoc } from '../domain/facts/network-policy.ts';
import type { NetworkPolicy } from '../domain/kubernetes/network.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import { refKey } from '../domain/object-ref.ts';
import type { Site } from '../topology/sites.ts';
import { ageSeconds, type FactContext } from './context.ts';
import { callerPart } from './dependency-caller.ts';
import { answererOf, type Dependency, dependenciesOf } from './dependency-calls.ts';
import { dnsBlockedBy } from './dns-state.ts';
import { type LivePod, type Network, networkOf } from './network.ts';
import { type BlockedCall, blockedCall } from './network-policy-calls.ts';
import { isolates } from './network-policy-verdict.ts';
import { objectFact } from './object-fact.ts';

type Blocked = NonNullable<NetworkPolicyDoc['blocked']>;

/** A fact of every NetworkPolicy, with the known calls that it stops. */
export function* networkPolicyFacts(context: FactContext): Iterable<Fact> {
  const policies = context.inventory.list<NetworkPolicy>('NetworkPolicy');
  if (policies.length === 0) return;
  const network = networkOf(context);
  const stopped = blockedCalls(context, network);
  for (const policy of policies) yield policyFact(context, network, { policy, stopped: stopped.get(refKey(refOf(policy))) ?? [] });
}

interface Stopped {
  readonly blocked: Blocked;
  readonly caller: { readonly kind: string; readonly namespace: string; readonly name: string };
}

function policyFact(context: FactContext, network: Network, { policy, stopped }: { policy: NetworkPolicy; stopped: readonly Stopped[] }): Fact {
  const self = refOf(policy);
  const { namespace } = policy.metadata;
  const selected = [...new Map(network.sites.workloads.matching(namespace, policy.spec?.podSelector ?? {}).map((ref) => [refKey(ref), ref])).values()];
  const callers = selected.flatMap((ref) => network.sites.siteOf(ref) ?? []);
  const doc: NetworkPolicyDoc = {
    name: policy.metadata.name,
    selects: selected.length,
    selects_all: Object.keys(policy.spec?.podSelector?.matchLabels ?? {}).length === 0 && (policy.spec?.podSelector?.matchExpressions ?? []).length === 0,
    denies_ingress: isolates(policy, 'ingress') && (policy.spec?.ingress ?? []).length === 0,
    denies_egress: isolates(policy, 'egress') && (policy.spec?.egress ?? []).length === 0,
    blocks_dns: isolates(policy, 'egress') && callers.some(({ labels }) => dnsBlockedBy(context, { namespace, labels }) === policy.metadata.name),
    blocked: stopped.toSorted((a, b) => weight(b.blocked) - weight(a.blocked))[0]?.blocked ?? null,
    blocked_calls: stopped.length,
  };
  const at = (fieldPath: string) => ({ object: self, fieldPath });
  return objectFact({
    subject: 'NetworkPolicy',
    object: self,
    doc,
    groups: { callers: stopped.filter(({ blocked }) => blocked.trouble || blocked.younger).map(({ caller }) => caller), selected },
    origins: {
      blocked: at('spec'),
      blocked_calls: at('spec'),
      blocks_dns: at('spec.egress'),
      denies_egress: at('spec.egress'),
      denies_ingress: at('spec.ingress'),
      selects: at('spec.podSelector'),
    },
  });
}

function blockedCalls(context: FactContext, network: Network): Map<string, Stopped[]> {
  const stopped = new Map<string, Stopped[]>();
  for (const site of network.sites.sites) {
    let caller: ReturnType<typeof callerPart> | undefined;
    for (const dependency of dependenciesOf(network, site)) {
      const blocking = blockedCall(context, network, dependency);
      if (blocking === undefined) continue;
      caller ??= callerPart(context, network, site);
      const trouble = (caller.failing || caller.alerted) && network.failedCallsOf(site.ref).length === 0;
      const blocked = {
        from: `${site.ref.kind} ${site.ref.name}`,
        to: dependency.target.ref.name,
        port: dependency.port,
        direction: blocking.direction,
        younger: isYounger(context, network, { policy: blocking, site, dependency }),
        trouble,
      };
      const key = `NetworkPolicy/${blocking.namespace}/${blocking.name}`;
      const entry = { blocked, caller: { kind: site.ref.kind, namespace: site.namespace, name: site.ref.name } };
      stopped.set(key, [...(stopped.get(key) ?? []), entry]);
    }
  }
  return stopped;
}

function weight({ trouble, younger }: Blocked): number {
  return Number(trouble) * 2 + Number(younger);
}

const RECENT_S = 86_400;

/** Pods that ran before the policy was written could talk until then. */
function isYounger(
  context: FactContext,
  network: Network,
  { policy: { namespace, name }, site, dependency }: { policy: BlockedCall; site: Site; dependency: Dependency },
): boolean {
  const policy = context.inventory.lookup<NetworkPolicy>('NetworkPolicy', namespace, name);
  if (policy.status !== 'found') return false;
  const written = lastWritten(policy.value) ?? policy.value.metadata.creationTimestamp;
  const age = ageSeconds(context, written);
  const { backend } = answererOf(network, dependency);
  const pods = [site.ref, ...(backend ? [backend] : [])].map((ref) => network.livePodsOf(ref));
  const before = ({ pod }: LivePod): boolean => Date.parse(pod.status?.startTime ?? '') < Date.parse(written ?? '');
  return age !== null && age <= RECENT_S && pods.every((side) => side.some(before));
}
