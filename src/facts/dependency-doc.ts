import type { FactText } from '../domain/fact.ts';
import type { DependencyDoc } from '../domain/facts/dependency.ts';
import { type ObjectRef, refKey, sameObject } from '../domain/object-ref.ts';
import { addressText } from '../topology/addresses/configured-addresses.ts';
import { usesClusterDns } from '../topology/edges/dns.ts';
import type { Component, Technology } from '../topology/knowledge/knowledge-graph.ts';
import { technologyOf } from '../topology/knowledge/technology.ts';
import type { FactContext } from './context.ts';
import { answererOf, type Dependency, imagesOf } from './dependency-calls.ts';
import { formerAddress } from './dependency-history.ts';
import { hasPort, missingPart, servicePart } from './dependency-target.ts';
import { failureWords, toldWords } from './dependency-words.ts';
import { type DnsState, dnsBlockedBy } from './dns-state.ts';
import { meantService } from './meant-service.ts';
import type { Network } from './network.ts';
import type { BlockedCall } from './network-policy-calls.ts';
import { wantedPods } from './service-pods.ts';

/** What all dependencies of a run are looked at with. */
export interface Run {
  readonly context: FactContext;
  readonly network: Network;
  readonly dns: DnsState;
}

/** What is found out about one dependency before its document is written. */
interface Findings {
  readonly caller: DependencyDoc['caller'];
  /** What the store itself was heard to say. */
  readonly words: readonly FactText[];
  readonly backend: ObjectRef | undefined;
  readonly answerer: ObjectRef;
  readonly blocked: BlockedCall | undefined;
  readonly mesh: DependencyDoc['mesh'];
  /** Other workloads that the store refuses, too. */
  readonly othersRefused: number;
}

/** Whether the address cannot lead to anything: no such Service, or no such port on it. */
export function leadsNowhere({ target, port }: Dependency): boolean {
  return target.kind === 'absent-service' || (target.kind === 'service' && hasPort(target.service, port) === false);
}

export function dependencyDoc(run: Run, dependency: Dependency, { caller, words, backend, answerer, blocked, mesh, othersRefused }: Findings): DependencyDoc {
  const { context, network, dns } = run;
  const { host, port, target, address, calls } = dependency;
  const meant = meantService(network, dependency);
  const technology = technologyAt(run, dependency);
  const component = componentAt(run, answerer, target.ref);
  // `service` is what a component is called when nobody said more.
  const sort = component && component.type !== 'service' ? component.type : technology?.type;
  const count = calls.reduce((sum, { endpoint }) => sum + endpoint.count, 0);
  const ongoing = calls.some((call) => call.ongoing) || words.some(({ stale }) => !stale);
  return {
    name: port === null ? host : `${host}:${port}`,
    host,
    port,
    caller,
    error: calls[0]?.endpoint.error ?? null,
    failure: failureWords(calls[0]?.endpoint.error ?? null),
    error_count: count,
    told: toldWords(count, calls[0]?.said.source ?? 'log'),
    ongoing,
    trouble: ongoing || caller.failing || caller.upstream_failing > 0 || caller.alerted,
    target: target.kind,
    service: servicePart(network, dependency),
    missing: missingPart(context, network, dependency),
    backend: backend === undefined ? null : backendPart(network, backend),
    technology: technology?.name ?? null,
    is_database: sort === 'database' || sort === 'cache',
    is_queue: sort === 'queue',
    known_by: knownBy(run, dependency, answerer),
    address_hidden: address === undefined && calls.length > 0 && calls.every(({ hidden }) => hidden),
    setting: address
      ? {
          name: address.name,
          how: address.how,
          value: addressText(address),
          was: leadsNowhere(dependency) ? formerAddress(context, network, dependency) : null,
          meant: meant?.service ?? null,
          meant_idle: meant?.idle ?? false,
          agreeing: meant?.others ?? 0,
        }
      : null,
    blocked_by: blocked ? { name: blocked.name, direction: blocked.direction } : null,
    mesh,
    dns_blocked_by: caller.uses_cluster_dns ? dnsBlockedBy(context, { namespace: caller.namespace, labels: dependency.caller.labels }) : null,
    dns_override: overrideOf(dns, dependency),
    dns_ready: dns.ready,
    others_unresolvable: [...dns.sufferers].filter((key) => key !== refKey(dependency.caller.ref)).length,
    others_failing: Math.max(othersFailing(network, dependency), othersRefused),
  };
}

export function backendPart(network: Network, ref: ObjectRef): NonNullable<DependencyDoc['backend']> {
  return { kind: ref.kind, name: ref.name, ready: network.livePodsOf(ref).filter(({ ready }) => ready).length, wanted: wantedPods(network, ref) };
}

/** What is known to listen there. */
export function technologyAt({ context, network }: Run, dependency: Dependency): Technology | undefined {
  const { backend } = answererOf(network, dependency);
  return technologyOf(context.knowledge, {
    scheme: dependency.address?.scheme,
    images: imagesOf(network, backend),
    port: dependency.port,
    name: dependency.target.ref.name,
  });
}

/** The component of the knowledge graph that stands for what answers. */
function componentAt({ context }: Run, answerer: ObjectRef, target: ObjectRef): Component | undefined {
  return context.knowledge.components.find(({ name, match = {} }) => {
    const names = [match.workload, match.service, match.host, ...(Object.keys(match).every((key) => key === 'namespace') ? [name] : [])];
    return [answerer, target].some(
      (ref) => names.includes(ref.name) && (match.namespace === undefined || ref.namespace === undefined || ref.namespace === match.namespace),
    );
  });
}

function knownBy({ context }: Run, { caller, target, address }: Dependency, answerer: ObjectRef): DependencyDoc['known_by'] {
  const edges = context.graph.needs(caller.ref).filter(({ to }) => sameObject(to, target.ref) || sameObject(to, answerer));
  if (context.graph.needs(caller.ref).some(({ origin, to }) => origin === 'knowledge-graph' && (sameObject(to, target.ref) || sameObject(to, answerer))))
    return 'knowledge-graph';
  if (edges.some(({ origin }) => origin === 'recorded')) return 'recorded';
  return address === undefined ? 'log' : 'setting';
}

function othersFailing(network: Network, { target, caller }: Dependency): number {
  const failing = network.failedCalls.filter((call) => call.ongoing && call.target.kind !== 'self' && sameObject(call.target.ref, target.ref));
  return new Set(failing.map((call) => refKey(call.caller)).filter((key) => key !== refKey(caller.ref))).size;
}

/** The cluster's domain is seldom another than this; what is asked for within it is `service.namespace.svc`. */
const DOMAIN = 'svc.cluster.local';

function overrideOf({ overrides }: DnsState, { target, host, caller }: Dependency): DependencyDoc['dns_override'] {
  if (target.kind !== 'service' || !usesClusterDns(caller.spec)) return null;
  const { name, namespace } = target.ref;
  const found = overrides.find(({ answers }) => answers(`${name}.${namespace}.${DOMAIN}`) || answers(host));
  return found === undefined ? null : { config: found.config.name, says: found.says };
}
