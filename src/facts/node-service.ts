import type { Fact, FactText } from '../domain/fact.ts';
import type { NodeServiceDoc } from '../domain/facts/node-service.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { type ObjectRef, objectRef } from '../domain/object-ref.ts';
import type { NodeService } from '../domain/telemetry.ts';
import type { FactContext } from './context.ts';
import { isDown, isRestarting, nodeServiceRole } from './node-role.ts';
import { objectFact } from './object-fact.ts';
import { originOfText } from './texts.ts';
import { workloadsOf } from './workloads-of.ts';

/** Facts of what the nodes' init systems say; only units that matter to Kubernetes. */
export function* nodeServiceFacts(context: FactContext): Iterable<Fact> {
  const services = context.inventory.telemetry.nodeServices.filter(({ service }) => nodeServiceRole(service) !== 'other');
  const waiting = services.some(isDown) ? silentPods(context) : [];
  for (const service of services) yield nodeServiceFact(context, service, services, waiting);
}

function nodeServiceFact(context: FactContext, unit: NodeService, all: readonly NodeService[], waiting: readonly Pod[]): Fact {
  const node = objectRef('Node', undefined, unit.node);
  const role = nodeServiceRole(unit.service);
  const peers = all.filter(({ service }) => nodeServiceRole(service) === role);
  const doc: NodeServiceDoc = {
    node: unit.node,
    service: unit.service,
    role,
    active: unit.active,
    sub: unit.sub,
    since: unit.since,
    down: isDown(unit),
    restarting: isRestarting(unit),
    replicas: peers.length,
    replicas_up: peers.filter((peer) => !isDown(peer)).length,
    last_line: tellingLine(unit.output),
    waiting_pods: waiting.length,
  };
  // systemd prints local time with an ambiguous zone ("CST"); only an ISO time can be compared.
  const since = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(unit.since ?? '') ? unit.since : null;
  const state = stateText(unit, node, since);
  return objectFact({
    subject: 'NodeService',
    object: node,
    part: unit.service,
    doc,
    texts: [state],
    relations: { node, component: objectRef('ControlPlane', undefined, componentName(unit.service)) },
    groups: { waiting_workloads: role === 'scheduler' ? workloadsOf(context, waiting) : [] },
    since,
    origins: {
      ...Object.fromEntries(['active', 'sub', 'down', 'role', 'restarting', 'replicas_up'].map((key) => [key, originOfText(state)])),
      last_line: { object: node, fieldPath: `${unit.service}.output`, source: 'node-service', excerpt: doc.last_line ?? '' },
    },
  });
}

function stateText(unit: NodeService, node: ObjectRef, since: string | null): FactText {
  const text = `${unit.service} is ${unit.active} (${unit.sub})${unit.since === null ? '' : ` since ${unit.since}`}`;
  return {
    source: 'node-service',
    reason: isDown(unit) ? 'ServiceDown' : 'ServiceRunning',
    text,
    at: since,
    age_s: null,
    count: 1,
    stale: false,
    evidence: { source: 'node-service', object: node, field_path: null, excerpt: text, observed_at: since },
  };
}

/** `kube-scheduler.service` and `snap.kube-scheduler.daemon` are both kube-scheduler. */
function componentName(service: string): string {
  return service
    .replace(/^snap\./, '')
    .replace(/\.(service|daemon)$/, '')
    .replace(/^.*(kube-(?:scheduler|controller-manager|apiserver)).*$/, '$1');
}

function tellingLine(output: string): string | null {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const telling = lines.findLast((line) => /\b(error|fail(ed|ure)?|fatal|panic|x509|denied|refused|killed|code=)\b/i.test(line)) ?? lines.at(-1);
  return telling === undefined ? null : telling.slice(0, 300);
}

function silentPods(context: FactContext): Pod[] {
  return context.inventory
    .list<Pod>('Pod')
    .filter(
      (pod) =>
        pod.spec?.nodeName === undefined &&
        pod.metadata.deletionTimestamp === undefined &&
        pod.status?.phase === 'Pending' &&
        !pod.status.conditions?.some(({ type }) => type === 'PodScheduled'),
    );
}
