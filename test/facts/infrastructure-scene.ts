import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Fact, Subject } from '../../src/domain/fact.ts';
import type { KubeObject } from '../../src/domain/kubernetes/object.ts';
import { refLabel } from '../../src/domain/object-ref.ts';
import { type InventoryOfOptions, inventoryOf } from '../../src/evidence/inventory-of.ts';
import type { FactContext } from '../../src/facts/context.ts';
import { loadRules } from '../../src/rules/load/load-rules.ts';
import { compileRules } from '../../src/rules/rule-set.ts';
import { buildGraph } from '../../src/topology/build-graph.ts';
import { NO_KNOWLEDGE } from '../../src/topology/knowledge/knowledge-graph.ts';
import { allFacts } from './all-facts.ts';

export const NOW = '2026-01-01T12:00:00Z';

type Fields = Readonly<Record<string, unknown>>;

/** ISO time so many seconds before the evidence was taken. */
export function ago(seconds: number): string {
  return new Date(Date.parse(NOW) - seconds * 1000).toISOString();
}

export function contextOf(objects: readonly object[], options: InventoryOfOptions = {}): FactContext {
  const inventory = inventoryOf(objects as readonly KubeObject[], { asOf: NOW, ...options });
  return { inventory, graph: buildGraph(inventory, NO_KNOWLEDGE), knowledge: NO_KNOWLEDGE, now: Date.parse(NOW) };
}

export function factsOf(subject: Subject, objects: readonly object[], options: InventoryOfOptions = {}): Fact[] {
  return allFacts(contextOf(objects, options)).filter((fact) => fact.subject === subject);
}

const ROOT = resolve(import.meta.dirname, '../..');
const OWN = ['admission', 'control-plane', 'eviction', 'mounts', 'nodes', 'performance', 'quota', 'sandbox', 'scheduling', 'storage', 'node-loss', 'snapshots'];
const files = globSync(`rules/{${OWN.join(',')}}.yaml`, { cwd: ROOT }).map((path) => ({ path, text: readFileSync(resolve(ROOT, path), 'utf8') }));
const shipped = compileRules(loadRules(files).rules.map(({ rule }) => rule));

/** What the shipped rules say of these objects: "cause-id on Kind ns/name: statement", least exact ones left out as they are in a run. */
export function verdicts(objects: readonly object[], options: InventoryOfOptions = {}): string[] {
  const findings = shipped.evaluate(
    allFacts(contextOf(objects, options)),
    () => 'ev-1',
    (failure) => {
      throw new Error(`${failure.rule_id} on ${failure.fact_id}: ${failure.message}`);
    },
  );
  const superseded = new Set(findings.flatMap(({ supersedes }) => supersedes));
  return findings
    .filter(({ cause_id, role }) => role !== 'observation' && !superseded.has(cause_id))
    .map(({ cause_id, object, mechanism, role }) => `${role === 'symptom' ? '(symptom) ' : ''}${cause_id} on ${refLabel(object)}: ${mechanism}`);
}

/** Only "cause-id on Kind ns/name". */
export function causes(objects: readonly object[], options: InventoryOfOptions = {}): string[] {
  return verdicts(objects, options)
    .filter((line) => !line.startsWith('(symptom)'))
    .map((line) => line.split(': ')[0] ?? '');
}

export function node(name: string, fields: { labels?: Fields; spec?: Fields; status?: Fields; allocatable?: Fields; conditions?: readonly Fields[] } = {}) {
  const allocatable = { cpu: '4', memory: '8Gi', pods: '110', ...fields.allocatable };
  const conditions = fields.conditions ?? [{ type: 'Ready', status: 'True', reason: 'KubeletReady', lastTransitionTime: ago(86_400) }];
  return {
    kind: 'Node',
    metadata: { name, creationTimestamp: ago(90_000), labels: { 'kubernetes.io/hostname': name, ...fields.labels } },
    spec: { ...fields.spec },
    status: { allocatable, capacity: allocatable, conditions, ...fields.status },
  };
}

export const cordoned = { unschedulable: true, taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }] };

/** A Deployment, its ReplicaSet, and one pod of it with the given spec and status. */
export function workload(name: string, pod: { spec?: Fields; status?: Fields; suffix?: string; age?: number; metadata?: Fields; replicas?: number } = {}) {
  const namespace = 'shop';
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'app:1' }], ...pod.spec } };
  const spec = { replicas: pod.replicas ?? 1, selector: { matchLabels: labels }, template };
  return [
    { kind: 'Deployment', metadata: { namespace, name, uid: `d-${name}`, creationTimestamp: ago(9000) }, spec, status: { replicas: 1 } },
    replicaSet(name, { spec }),
    podOf(name, pod.suffix ?? 'aaaaa', pod),
  ];
}

export function replicaSet(name: string, fields: Fields = {}) {
  return {
    kind: 'ReplicaSet',
    metadata: {
      namespace: 'shop',
      name: `${name}-6d4cf56db6`,
      uid: `rs-${name}`,
      creationTimestamp: ago(9000),
      ownerReferences: [{ kind: 'Deployment', name, uid: `d-${name}`, controller: true }],
    },
    status: { replicas: 1 },
    ...fields,
  };
}

export function podOf(name: string, suffix: string, pod: { spec?: Fields; status?: Fields; age?: number; metadata?: Fields } = {}) {
  return {
    kind: 'Pod',
    metadata: {
      namespace: 'shop',
      name: `${name}-6d4cf56db6-${suffix}`,
      uid: `p-${name}-${suffix}`,
      labels: { app: name },
      creationTimestamp: ago(pod.age ?? 600),
      ownerReferences: [{ kind: 'ReplicaSet', name: `${name}-6d4cf56db6`, uid: `rs-${name}`, controller: true }],
      ...pod.metadata,
    },
    spec: { containers: [{ name: 'app', image: 'app:1' }], ...pod.spec },
    status: { phase: 'Pending', ...pod.status },
  };
}

export function requests(amounts: Fields) {
  return { containers: [{ name: 'app', image: 'app:1', resources: { requests: amounts } }] };
}

export const running = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: ago(500) }] };

export function event(
  object: { kind: string; metadata: { name: string; namespace?: string; uid?: string } },
  reason: string,
  message: string,
  fields: Fields = {},
) {
  const { name, namespace, uid } = object.metadata;
  return {
    kind: 'Event',
    metadata: { namespace: namespace ?? 'default', name: `${name}.${reason}.${Math.abs(hash(message))}` },
    type: 'Warning',
    reason,
    message,
    count: 1,
    lastTimestamp: ago(60),
    involvedObject: { kind: object.kind, name, ...(namespace === undefined ? {} : { namespace }), ...(uid === undefined ? {} : { uid }) },
    ...fields,
  };
}

/** A pending pod of a workload with what the scheduler says of it. */
export function unschedulable(name: string, message: string, pod: Parameters<typeof workload>[1] = {}) {
  const objects = workload(name, pod);
  return [...objects, event(objects[2] as Parameters<typeof event>[0], 'FailedScheduling', message)];
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) | 0, 7);
}
