import type { Fact, FactText, Origin } from '../domain/fact.ts';
import type { DependencyDoc } from '../domain/facts/dependency.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import { certificatesBehind } from './certificates-behind.ts';
import type { FactContext } from './context.ts';
import { callerPart, sinceFailing } from './dependency-caller.ts';
import { answererOf, type Dependency, dependenciesOf } from './dependency-calls.ts';
import { dependencyDoc, leadsNowhere, type Run } from './dependency-doc.ts';
import { heardTogether, type Refused, refusalsOf, refusedByStore, unplacedRefusals, wordsOf } from './dependency-refusals.ts';
import { dnsState } from './dns-state.ts';
import { meantService } from './meant-service.ts';
import { meshBoundary } from './mesh.ts';
import { networkOf } from './network.ts';
import { blockedCall } from './network-policy-calls.ts';
import { objectFact } from './object-fact.ts';
import { callText } from './service-checks.ts';

/** A fact of every dependency that something is wrong with: it fails, leads nowhere, or its store refuses. */
export function* dependencyFacts(context: FactContext): Iterable<Fact> {
  const network = networkOf(context);
  const run: Run = { context, network, dns: dnsState(context) };
  const refusalsBySite = heardTogether(run, new Map(network.sites.sites.map((site) => [site, refusalsOf(context, network, site)])));
  const refused = refusedByStore(run, refusalsBySite);
  for (const [site, refusals] of refusalsBySite) {
    const wrong = dependenciesOf(network, site).flatMap((dependency): [Dependency, readonly FactText[]][] => {
      const words = refusals.length === 0 ? [] : wordsOf(run, dependency, refusals);
      return dependency.calls.length + words.length > 0 || leadsNowhere(dependency) || meantService(network, dependency) !== undefined
        ? [[dependency, words]]
        : [];
    });
    if (wrong.length + refusals.length === 0) continue;
    const caller = callerPart(context, network, site);
    for (const [dependency, words] of wrong) yield fact(run, dependency, { caller, words, refused });
    if (refusals.length > 0) yield* unplacedRefusals(run, site, { caller, refusals, refused });
  }
}

interface Known {
  readonly caller: DependencyDoc['caller'];
  readonly words: readonly FactText[];
  readonly refused: Refused;
}

function fact(run: Run, dependency: Dependency, known: Known): Fact {
  const { context, network } = run;
  const { caller, target, calls, container, host, port } = dependency;
  const { backend, dependency: answerer } = answererOf(network, dependency);
  const blocked = calls.length === 0 ? undefined : blockedCall(context, network, dependency);
  const mesh = calls.length === 0 ? undefined : meshBoundary(context, network, caller.ref, backend);
  const others = known.words.length === 0 ? 0 : known.refused(answerer, caller.ref);
  const doc = dependencyDoc(run, dependency, { ...known, backend, answerer, blocked, mesh: mesh?.part ?? null, othersRefused: others });
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
        service: ['external', 'loopback', 'node'].includes(target.kind) ? undefined : target.ref,
        backend,
        dependency: answerer,
        policy: blocked && { kind: 'NetworkPolicy', namespace: blocked.namespace, name: blocked.name },
        peer_policy: mesh?.policy,
        dns_policy: doc.dns_blocked_by === null ? undefined : { kind: 'NetworkPolicy', namespace: caller.namespace, name: doc.dns_blocked_by },
        dns: run.dns.server,
      },
      groups: { certificates: doc.error === 'tls' ? certificatesBehind(context.graph, backend) : [] },
      since: sinceFailing(network, caller.ref),
      origins: origins(dependency, doc, { answerer, policy: mesh?.policy, words: known.words }),
    }),
    container,
  };
}

/** An address is cited where it is written; what became of its Service, where that Service stands. */
function origins(
  { address, caller, target, calls }: Dependency,
  doc: DependencyDoc,
  { answerer, policy, words }: { readonly answerer: ObjectRef; readonly policy: ObjectRef | undefined; readonly words: readonly FactText[] },
): Record<string, Origin> {
  const said = calls[0]?.said.evidence ?? words[0]?.evidence;
  const at = (object: ObjectRef, fieldPath: string, source?: Origin['source']): Origin => ({ object, fieldPath, ...(source ? { source } : {}) });
  const setting = address ? at(address.object, address.path) : undefined;
  // The words themselves are the proof: what they come to ("refused") is only derived.
  const heard = said && { object: said.object, fieldPath: said.field_path ?? '', source: said.source, excerpt: said.excerpt };
  const sort: Origin = {
    object: answerer,
    fieldPath: '',
    source: 'knowledge-graph',
    excerpt: `${answerer.kind} ${answerer.name} is a ${doc.is_queue ? 'message queue' : 'database or cache'}${doc.technology === null ? '' : ` (${doc.technology})`}`,
  };
  return {
    ...(setting ? { setting, host: setting, port: setting } : {}),
    caller: at(caller.ref, `${caller.path}.dnsPolicy`),
    ...(heard ? { error: heard, ongoing: heard, error_count: heard } : {}),
    ...(doc.trouble ? { trouble: doc.ongoing && heard ? heard : { object: caller.ref, fieldPath: '', excerpt: sufferingOf(doc.caller) } } : {}),
    ...(doc.is_database || doc.is_queue ? { is_database: sort, is_queue: sort } : {}),
    ...(policy ? { mesh: at(policy, 'spec.mtls.mode') } : {}),
    service: at(target.ref, 'spec.ports'),
    missing: at(target.ref, 'metadata.name', 'lookup'),
    target: { ...at(target.ref, 'metadata.name', 'lookup'), ...(doc.target === 'absent-service' ? { excerpt: 'not found' } : {}) },
  };
}

function sufferingOf({ name, failing, upstream_failing: upstream }: DependencyDoc['caller']): string {
  if (failing) return `a pod of ${name} is not ready`;
  if (upstream > 0)
    return `${upstream === 1 ? 'a workload that calls' : `${upstream} workloads that call`} ${name} ${upstream === 1 ? 'writes' : 'write'} errors`;
  return `an alert names ${name}`;
}
