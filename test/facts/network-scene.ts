import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Fact, Subject } from '../../src/domain/fact.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { KubeObject } from '../../src/domain/kubernetes/object.ts';
import type { LogEndpoint, LogExcerpt } from '../../src/domain/log-excerpt.ts';
import { refLabel } from '../../src/domain/object-ref.ts';
import { NO_TELEMETRY, type Telemetry } from '../../src/domain/telemetry.ts';
import { inventoryOf } from '../../src/evidence/inventory-of.ts';
import type { FactContext, FactSource } from '../../src/facts/context.ts';
import { dependencyFacts } from '../../src/facts/dependency.ts';
import { ingressFacts } from '../../src/facts/ingress.ts';
import { networkPolicyFacts } from '../../src/facts/network-policy.ts';
import { serviceFacts } from '../../src/facts/service.ts';
import { loadRules } from '../../src/rules/load/load-rules.ts';
import { compileRules } from '../../src/rules/rule-set.ts';
import { buildGraph } from '../../src/topology/build-graph.ts';
import type { KnowledgeGraph } from '../../src/topology/knowledge/knowledge-graph.ts';
import { loadKnowledgeGraph } from '../../src/topology/knowledge/load-knowledge-graph.ts';

const NOW = '2026-01-01T12:00:00Z';
const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');

export const SHIPPED: KnowledgeGraph = loadKnowledgeGraph(read('knowledge_graph.yaml'), 'knowledge_graph.yaml');
const files = ['services', 'ingress', 'dns', 'dependencies'].map((name) => ({ path: `rules/${name}.yaml`, text: read(`rules/${name}.yaml`) }));
const rules = compileRules(
  loadRules(files)
    .rules.map(({ rule }) => rule)
    .filter(({ subject }) => subject !== 'Container'),
);
const SOURCES: readonly FactSource[] = [serviceFacts, ingressFacts, networkPolicyFacts, dependencyFacts];

export interface Scene {
  readonly logs?: readonly LogExcerpt[];
  readonly telemetry?: Partial<Telemetry>;
  readonly notCollected?: Parameters<typeof inventoryOf>[1] extends infer O ? (O extends { notCollected?: infer K } ? K : never) : never;
  readonly knowledge?: KnowledgeGraph;
}

function contextOf(objects: readonly object[], { logs = [], telemetry, notCollected = [], knowledge = SHIPPED }: Scene = {}): FactContext {
  const inventory = inventoryOf(objects as readonly KubeObject[], { asOf: NOW, logs, notCollected, telemetry: { ...NO_TELEMETRY, ...telemetry } });
  return { inventory, graph: buildGraph(inventory, knowledge), knowledge, now: Date.parse(NOW) };
}

export function factsOf(subject: Subject, objects: readonly object[], scene: Scene = {}): Fact[] {
  const context = contextOf(objects, scene);
  return SOURCES.flatMap((source) => [...source(context)]).filter((fact) => fact.subject === subject);
}

export function findingsOf(objects: readonly object[], scene: Scene = {}): Finding[] {
  const context = contextOf(objects, scene);
  return rules.evaluate(
    SOURCES.flatMap((source) => [...source(context)]),
    () => 'ev-1',
    (failure) => {
      throw new Error(`${failure.rule_id} on ${failure.fact_id}: ${failure.message}`);
    },
  );
}

/** "cause-id on Kind ns/name", with "(symptom)" or "(observation)" before those that are no causes. */
export function verdicts(objects: readonly object[], scene: Scene = {}): string[] {
  return findingsOf(objects, scene).map(({ role, cause_id, object }) => `${role === 'cause' ? '' : `(${role}) `}${cause_id} on ${refLabel(object)}`);
}

export function mechanisms(objects: readonly object[], scene: Scene = {}): string[] {
  return findingsOf(objects, scene)
    .filter(({ role }) => role === 'cause')
    .map(({ mechanism }) => mechanism);
}

/** A Deployment with its ReplicaSet and one pod: ready unless told otherwise. `spec` is that of the pod; `labels` default to app. */
export function workload(name: string, { spec = {}, ready = true, labels = { app: name }, replicas = 1, namespace = 'shop' }: WorkloadFields = {}): object[] {
  const podSpec = { containers: [{ name, image: `${name}:1` }], nodeName: 'n1', ...spec };
  const template = { metadata: { labels }, spec: podSpec };
  const replicaSet = `${name}-6d4cf56db6`;
  const containerStatuses = podSpec.containers.map((container) => ({ name: container.name, ready, restartCount: 0, state: { running: {} } }));
  return [
    { kind: 'Deployment', metadata: { namespace, name }, spec: { replicas, selector: { matchLabels: labels }, template } },
    {
      kind: 'ReplicaSet',
      metadata: { namespace, name: replicaSet, ownerReferences: [{ kind: 'Deployment', name, controller: true }] },
      spec: { replicas, template },
    },
    ...(replicas === 0
      ? []
      : [
          {
            kind: 'Pod',
            metadata: { namespace, name: `${replicaSet}-aaaaa`, labels, ownerReferences: [{ kind: 'ReplicaSet', name: replicaSet, controller: true }] },
            spec: podSpec,
            status: {
              phase: 'Running',
              conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: '2026-01-01T11:50:00Z' }],
              containerStatuses,
            },
          },
        ]),
  ];
}

interface WorkloadFields {
  readonly spec?: { readonly containers?: readonly ({ readonly name: string } & Readonly<Record<string, unknown>>)[] } & Readonly<Record<string, unknown>>;
  readonly ready?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly replicas?: number;
  readonly namespace?: string;
}

export function service(name: string, fields: Readonly<Record<string, unknown>> = {}, namespace = 'shop') {
  return {
    kind: 'Service',
    metadata: { namespace, name, creationTimestamp: '2026-01-01T10:00:00Z' },
    spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }], clusterIP: '10.0.0.9', ...fields },
  };
}

/** An EndpointSlice with so many ready and not ready addresses. */
export function endpoints(name: string, ready: number, notReady = 0, namespace = 'shop') {
  return {
    kind: 'EndpointSlice',
    metadata: { namespace, name: `${name}-x`, labels: { 'kubernetes.io/service-name': name } },
    endpoints: [...Array(ready).fill({ conditions: { ready: true } }), ...Array(notReady).fill({ conditions: { ready: false } })],
  };
}

/** The log of a workload's pod, with one error about a host. */
export function failedCall(name: string, endpoint: Partial<LogEndpoint> & { readonly host: string }, fields: Partial<LogExcerpt> = {}): LogExcerpt {
  const example = `cannot reach ${endpoint.host}:${endpoint.port ?? ''}: ${endpoint.error ?? 'refused'}`;
  return log(name, { endpoints: [{ port: null, error: 'refused', count: 5, lastLine: 90, recovered: false, example, ...endpoint }], ...fields });
}

export function log(name: string, fields: Partial<LogExcerpt> = {}): LogExcerpt {
  const none = { fatal: null, deepestCause: null, causes: [], templates: [], endpoints: [], tail: [], errors: [] };
  const place = {
    namespace: 'shop',
    pod: `${name}-6d4cf56db6-aaaaa`,
    container: name,
    previous: false,
    lines: 100,
    bytes: 1000,
    truncated: false,
    readAt: NOW,
  };
  return { ...place, ...none, ...fields };
}
