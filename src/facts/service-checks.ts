import type { FactText } from '../domain/fact.ts';
import type { ServiceDoc } from '../domain/facts/service.ts';
import type { Service } from '../domain/kubernetes/network.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import { type ObjectRef, sameObject } from '../domain/object-ref.ts';
import type { ConnectivityCheck } from '../domain/telemetry.ts';
import { ageSeconds, type FactContext } from './context.ts';
import type { FailedCall, Network } from './network.ts';

/** Connection attempts to a Service from outside of it: checks that somebody ran, and what callers wrote. */
export interface Attempts {
  readonly reachable: ServiceDoc['reachable'];
  readonly failed: readonly FailedCall[];
  readonly texts: readonly FactText[];
  /** Nobody reached the port, and at least one tried. */
  fails(port: number): boolean;
}

export function attempts(context: FactContext, network: Network, service: Service, behind: readonly ObjectRef[]): Attempts {
  const { namespace, name } = service.metadata;
  const self = refOf(service);
  const checks = context.inventory.telemetry.connectivity.filter((check) => check.namespace === namespace && check.service === name);
  // Who names no host is placed on the workload that it is known to use.
  const meant = (target: FailedCall['target']): boolean =>
    target.kind === 'service' ? sameObject(target.ref, self) : target.kind === 'workload' && behind.some((workload) => sameObject(workload, target.ref));
  const failed = network.failedCalls.filter(({ ongoing, target }) => ongoing && meant(target));
  const refused = failed.filter(({ endpoint }) => ['refused', 'timeout', 'unreachable', 'unavailable', 'reset'].includes(endpoint.error));
  return {
    reachable: reachability(checks),
    failed,
    texts: [...checks.flatMap((check) => checkTexts(check, service)), ...failed.map((call) => callText(context, call))],
    fails(port) {
      const asked = checks.filter((check) => check.port === port || check.port === null);
      if (asked.length > 0) return reachability(asked) === 'no';
      // Callers of a headless Service may use any port of its pods.
      const isAny = service.spec?.clusterIP !== 'None';
      return refused.some(({ endpoint }) => endpoint.port === port || (isAny && endpoint.port === null));
    },
  };
}

function reachability(checks: readonly ConnectivityCheck[]): ServiceDoc['reachable'] {
  const answers = checks.flatMap((check) => (check.checks.length > 0 ? check.checks.map(({ reachable }) => reachable) : [check.reachable]));
  if (answers.length === 0) return null;
  if (answers.every((answer) => answer)) return 'yes';
  return answers.some((answer) => answer) ? 'from-some-nodes' : 'no';
}

function checkTexts(check: ConnectivityCheck, service: Service): FactText[] {
  if (check.reachable && check.checks.every(({ reachable }) => reachable)) return [];
  const object = refOf(service);
  const from = check.checks.filter(({ reachable }) => !reachable).map(({ fromNode }) => fromNode);
  const text = `${check.service}:${check.port ?? ''} cannot be reached${from.length > 0 ? ` from ${from.join(', ')}` : ''}: ${check.output.trim().split('\n').at(-1) ?? ''}`;
  const evidence = { source: 'connectivity' as const, object, field_path: null, excerpt: text };
  return [{ source: 'connectivity', reason: 'unreachable', text, at: null, age_s: null, count: 1, stale: false, evidence }];
}

/** What a caller said about it, cited from where it was heard. */
export function callText(context: FactContext, { endpoint, said, ongoing }: FailedCall): FactText {
  return {
    source: said.source,
    reason: endpoint.error,
    text: endpoint.example,
    at: said.at,
    age_s: ageSeconds(context, said.at),
    count: endpoint.count,
    stale: !ongoing,
    evidence: said.evidence,
  };
}
