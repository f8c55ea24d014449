import type { Fact, FactText, Origin } from '../domain/fact.ts';
import type { DependencyDoc } from '../domain/facts/dependency.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { type ObjectRef, refKey, sameObject } from '../domain/object-ref.ts';
import { addressText } from '../topology/addresses/configured-addresses.ts';
import type { Component, Technology } from '../topology/knowledge/knowledge-graph.ts';
import { technologyOf } from '../topology/knowledge/technology.ts';
import type { Site } from '../topology/sites.ts';
import { logTexts } from './container-log.ts';
import type { FactContext } from './context.ts';
import { callerPart } from './dependency-caller.ts';
import { answererOf, type Dependency, dependenciesOf, imagesOf } from './dependency-calls.ts';
import { formerAddress } from './dependency-history.ts';
import { speaksAs, storeRefuses } from './dependency-stores.ts';
import { hasPort, missingPart, servicePart } from './dependency-target.ts';
import { type DnsState, dnsBlockedBy, dnsState } from './dns-state.ts';
import { type FailedCall, type Network, networkOf } from './network.ts';
import { type BlockedCall, blockedCall } from './network-policy-calls.ts';
import { objectFact } from './object-fact.ts';
import { callText } from './service-checks.ts';
import { wantedPods } from './service-pods.ts';

/** A fact of every dependency that something is wrong with: it fails, leads nowhere, or its store refuses. */
export function* dependencyFacts(context: FactContext): Iterable<Fact> {
  const network = networkOf(context);
  const run: Run = { context, network, dns: dnsState(context) };
  for (const site of network.sites.sites) {
    const refusals = refusalsOf(context, network, site);
    const wrong = dependenciesOf(network, site).flatMap((dependency): [Dependency, readonly FactText[]][] => {
      const words = refusals.length === 0 ? [] : wordsOf(run, dependency, refusals);
      return dependency.calls.length + words.length > 0 || leadsNowhere(dependency) ? [[dependency, words]] : [];
    });
    if (wrong.length + refusals.length === 0) continue;
    const caller = callerPart(context, network, site);
    for (const [dependency, words] of wrong) yield fact(run, dependency, { caller, words });
    if (refusals.length > 0) yield* unplaced(run, site, { caller, refusals });
  }
}

/** What of the refusals may be the words of this store. */
function wordsOf(run: Run, dependency: Dependency, refusals: readonly FactText[]): readonly FactText[] {
  const technology = technologyAt(run, dependency);
  return technology === undefined ? [] : refusals.filter(({ text }) => speaksAs(technology, text));
}

interface Run {
  readonly context: FactContext;
  readonly network: Network;
  readonly dns: DnsState;
}

interface Known {
  readonly caller: DependencyDoc['caller'];
  /** What the store itself was heard to say. */
  readonly words: readonly FactText[];
}

function leadsNowhere({ target, port }: Dependency): boolean {
  return target.kind === 'absent-service' || (target.kind === 'service' && hasPort(target.service, port) === false);
}

function fact(run: Run, dependency: Dependency, known: Known): Fact {
  const { context, network } = run;
  const { caller, target, calls, container, host, port } = dependency;
  const { backend, dependency: answerer } = answererOf(network, dependency);
  const blocked = calls.length === 0 ? undefined : blockedCall(context, network, dependency);
  const doc = dependencyDoc(run, dependency, { ...known, backend, answerer, blocked });
  const pod = calls[0]?.pod ?? network.livePodsOf(caller.ref)[0]?.pod.metadata;
  return {
    ...objectFact({
      subject: 'Dependency',
      object: caller.ref,
      part: `${container}:${host}:${port ?? ''}`,
      doc,
      texts: [...calls.map((call) => callText(context, call)), ...known.words],
      relations: {
        workload: caller.ref,
        pod: pod && { kind: 'Pod', namespace: caller.namespace, name: pod.name },
        service: target.kind === 'external' || target.kind === 'node' ? undefined : target.ref,
        backend,
        dependency: answerer,
        policy: blocked && { kind: 'NetworkPolicy', namespace: blocked.namespace, name: blocked.name },
        dns_policy: doc.dns_blocked_by === null ? undefined : { kind: 'NetworkPolicy', namespace: caller.namespace, name: doc.dns_blocked_by },
        dns: run.dns.server,
      },
      since: sinceFailing(network, caller),
      origins: origins(dependency),
    }),
    container,
  };
}

interface Answering extends Known {
  readonly backend: ObjectRef | undefined;
  readonly answerer: ObjectRef;
  readonly blocked: BlockedCall | undefined;
}

function dependencyDoc(run: Run, dependency: Dependency, { caller, words, backend, answerer, blocked }: Answering): DependencyDoc {
  const { context, network, dns } = run;
  const { host, port, target, address, calls } = dependency;
  const technology = technologyAt(run, dependency);
  const component = componentAt(run, answerer, target.ref);
  const sort = component?.type ?? technology?.type;
  const ongoing = calls.some((call) => call.ongoing) || words.some(({ stale }) => !stale);
  return {
    name: port === null ? host : `${host}:${port}`,
    host,
    port,
    caller,
    error: calls[0]?.endpoint.error ?? null,
    error_count: calls.reduce((sum, { endpoint }) => sum + endpoint.count, 0),
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
    setting: address
      ? {
          name: address.name,
          how: address.how,
          value: addressText(address),
          was: leadsNowhere(dependency) ? formerAddress(context, network, dependency) : null,
        }
      : null,
    blocked_by: blocked ? { name: blocked.name, direction: blocked.direction } : null,
    dns_blocked_by: caller.uses_cluster_dns ? dnsBlockedBy(context, { namespace: caller.namespace, labels: dependency.caller.labels }) : null,
    dns_ready: dns.ready,
    others_unresolvable: [...dns.sufferers].filter((key) => key !== refKey(dependency.caller.ref)).length,
    others_failing: othersFailing(network, dependency),
  };
}

function backendPart(network: Network, ref: ObjectRef): NonNullable<DependencyDoc['backend']> {
  return { kind: ref.kind, name: ref.name, ready: network.livePodsOf(ref).filter(({ ready }) => ready).length, wanted: wantedPods(network, ref) };
}

function technologyAt({ context, network }: Run, dependency: Dependency): Technology | undefined {
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

/** When the caller's first pod that is not ready stopped being so. */
function sinceFailing(network: Network, { ref }: Site): string | null {
  const times = network.livePodsOf(ref).flatMap(({ pod, ready }) => (ready ? [] : (readyCondition(pod)?.lastTransitionTime ?? [])));
  return times.toSorted()[0] ?? null;
}

function readyCondition(pod: Pod) {
  return pod.status?.conditions?.find(({ type }) => type === 'Ready');
}

/** The lines of a workload's logs in which a store refuses it. */
function refusalsOf(context: FactContext, network: Network, { ref }: Site): FactText[] {
  return network.livePodsOf(ref).flatMap(({ pod, ready }) =>
    (pod.spec?.containers ?? []).flatMap(({ name }) => {
      const logs = context.inventory.logsOf(pod.metadata.namespace ?? '', pod.metadata.name, name);
      return logTexts(context, logs, !ready).filter(({ text }) => storeRefuses(text));
    }),
  );
}

/** A store refuses, and no setting that can be read says which: the address may stand in a Secret. */
function* unplaced(run: Run, site: Site, { caller, refusals }: { caller: DependencyDoc['caller']; refusals: readonly FactText[] }): Iterable<Fact> {
  const own = dependenciesOf(run.network, site).flatMap((dependency) => technologyAt(run, dependency) ?? []);
  const texts = refusals.filter(({ text }) => !own.some((technology) => speaksAs(technology, text)));
  if (texts.length === 0) return;
  const doc: DependencyDoc = {
    name: 'its data store',
    host: null,
    port: null,
    caller,
    error: null,
    error_count: texts.length,
    ongoing: texts.some(({ stale }) => !stale),
    trouble: true,
    target: 'unknown',
    service: null,
    missing: null,
    backend: null,
    technology: null,
    is_database: false,
    is_queue: false,
    known_by: 'log',
    setting: null,
    blocked_by: null,
    dns_blocked_by: null,
    dns_ready: run.dns.ready,
    others_unresolvable: 0,
    others_failing: 0,
  };
  yield objectFact({
    subject: 'Dependency',
    object: site.ref,
    part: 'store',
    doc,
    texts,
    relations: { workload: site.ref },
    since: sinceFailing(run.network, site),
  });
}

/** An address is cited where it is written; what became of its Service, where that Service stands. */
function origins({ address, target, calls }: Dependency): Record<string, Origin> {
  const log: FailedCall | undefined = calls[0];
  const at = (object: ObjectRef, fieldPath: string, source?: Origin['source']): Origin => ({ object, fieldPath, ...(source ? { source } : {}) });
  const setting = address ? at(address.object, address.path) : undefined;
  const said = log ? at(log.pod, `log of ${log.container}`, 'log') : undefined;
  return {
    ...(setting ? { setting, host: setting, port: setting } : {}),
    ...(said ? { error: said, ongoing: said, error_count: said } : {}),
    service: at(target.ref, 'spec.ports'),
    missing: at(target.ref, 'metadata.name', 'lookup'),
    target: at(target.ref, 'metadata.name', 'lookup'),
  };
}
