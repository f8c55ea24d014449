import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ContainerDoc } from '../../src/domain/facts/container.ts';
import type { WorkloadDoc } from '../../src/domain/facts/workload.ts';
import type { LogExcerpt } from '../../src/domain/log-excerpt.ts';
import { refLabel } from '../../src/domain/object-ref.ts';
import type { InventoryOfOptions } from '../../src/evidence/inventory-of.ts';
import { loadRules } from '../../src/rules/load/load-rules.ts';
import { compileRules } from '../../src/rules/rule-set.ts';
import { allFacts } from './all-facts.ts';
import { ago, contextOf, factsOf, NOW } from './infrastructure-scene.ts';

export { ago };

type Fields = Readonly<Record<string, unknown>>;

const ROOT = resolve(import.meta.dirname, '../..');
const OWN = ['memory', 'container-start', 'probes', 'image-pull', 'config', 'application-logs', 'workloads', 'autoscaling'];
const files = globSync(`rules/{${OWN.join(',')}}.yaml`, { cwd: ROOT }).map((path) => ({ path, text: readFileSync(resolve(ROOT, path), 'utf8') }));
const shipped = compileRules(loadRules(files).rules.map(({ rule }) => rule));

/** What the shipped rules say of containers and workloads: "cause-id on Kind ns/name", symptoms in brackets, without what is superseded. */
export function findings(objects: readonly object[], options: InventoryOfOptions = {}): string[] {
  const all = shipped.evaluate(
    allFacts(contextOf(objects, options)),
    () => 'ev-1',
    (failure) => {
      throw new Error(`${failure.rule_id} on ${failure.fact_id}: ${failure.message}`);
    },
  );
  const superseded = new Set(all.flatMap(({ supersedes }) => supersedes));
  const told = all.filter(({ cause_id, role }) => role !== 'observation' && !superseded.has(cause_id));
  return told.map(({ cause_id, object, role }) => (role === 'symptom' ? `(${cause_id} on ${refLabel(object)})` : `${cause_id} on ${refLabel(object)}`));
}

/** Only what may be a root cause. */
export function causes(objects: readonly object[], options: InventoryOfOptions = {}): string[] {
  return findings(objects, options).filter((line) => !line.startsWith('('));
}

/** The document of the one container named `app`. */
export function containerDoc(objects: readonly object[], options: InventoryOfOptions = {}, name = 'app'): ContainerDoc {
  return factsOf('Container', objects, options).find(({ container }) => container === name)?.doc as ContainerDoc;
}

export function workloadDoc(objects: readonly object[], options: InventoryOfOptions = {}): WorkloadDoc {
  return factsOf('Workload', objects, options)[0]?.doc as WorkloadDoc;
}

interface PodParts {
  readonly name?: string;
  readonly container?: Fields;
  readonly status?: Fields;
  readonly spec?: Fields;
  readonly podStatus?: Fields;
  readonly metadata?: Fields;
  readonly ready?: boolean;
  readonly since?: number;
}

/** A pod as the kubelet reports it, of Deployment shop/checkout; `status` is that of its container `app`, `since` the age of its Ready condition. */
export function pod({
  name = 'checkout-6d4cf56db6-x2v8k',
  container = {},
  status = {},
  spec = {},
  podStatus = {},
  metadata = {},
  ready = false,
  since = 300,
}: PodParts = {}) {
  const condition = (type: string) => ({ type, status: ready ? 'True' : 'False', lastTransitionTime: ago(since) });
  return {
    kind: 'Pod',
    metadata: {
      namespace: 'shop',
      name,
      uid: `uid-${name}`,
      creationTimestamp: ago(3600),
      labels: { app: 'checkout' },
      ownerReferences: [{ kind: 'ReplicaSet', name: 'checkout-6d4cf56db6', controller: true }],
      ...metadata,
    },
    spec: {
      nodeName: 'n1',
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      containers: [{ name: 'app', image: 'registry.example.com/shop/checkout:1.4', ...container }],
      ...spec,
    },
    status: {
      phase: 'Running',
      conditions: [condition('Ready'), condition('ContainersReady')],
      containerStatuses: [{ name: 'app', ready, started: ready, restartCount: 0, ...status }],
      ...podStatus,
    },
  };
}

/** The Deployment and ReplicaSet above `pod`. */
export function owners(fields: { readonly spec?: Fields; readonly status?: Fields; readonly template?: Fields; readonly metadata?: Fields } = {}) {
  const template = { metadata: { labels: { app: 'checkout' } }, spec: { containers: [{ name: 'app' }], ...fields.template } };
  const spec = { replicas: 1, selector: { matchLabels: { app: 'checkout' } }, template };
  return [
    {
      kind: 'Deployment',
      metadata: { namespace: 'shop', name: 'checkout', uid: 'uid-checkout', generation: 1, creationTimestamp: ago(86_400), ...fields.metadata },
      spec: { ...spec, ...fields.spec },
      status: { observedGeneration: 1, replicas: 1, readyReplicas: 1, updatedReplicas: 1, availableReplicas: 1, ...fields.status },
    },
    {
      kind: 'ReplicaSet',
      metadata: {
        namespace: 'shop',
        name: 'checkout-6d4cf56db6',
        uid: 'uid-rs',
        creationTimestamp: ago(86_400),
        annotations: { 'deployment.kubernetes.io/revision': '1' },
        ownerReferences: [{ kind: 'Deployment', name: 'checkout', controller: true }],
      },
      spec,
      status: { replicas: 1, readyReplicas: 1 },
    },
  ];
}

/** An event of the kubelet about a pod, `age` seconds old. */
export function event(reason: string, message: string, { age = 60, count = 1, about = {} }: { age?: number; count?: number; about?: Fields } = {}) {
  return {
    kind: 'Event',
    metadata: { namespace: 'shop', name: `${reason}.${age}.${message.length}` },
    type: 'Warning',
    reason,
    message,
    count,
    firstTimestamp: ago(age + 60 * (count - 1)),
    lastTimestamp: ago(age),
    involvedObject: { kind: 'Pod', namespace: 'shop', name: 'checkout-6d4cf56db6-x2v8k', uid: 'uid-checkout-6d4cf56db6-x2v8k', ...about },
  };
}

export function terminated(reason: string, exitCode: number, { age = 30, ran = 20, message }: { age?: number; ran?: number; message?: string } = {}) {
  return { terminated: { reason, exitCode, startedAt: ago(age + ran), finishedAt: ago(age), ...(message === undefined ? {} : { message }) } };
}

export const backOff = { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 2m40s restarting failed container=app' } };
export const running = (age: number) => ({ running: { startedAt: ago(age) } });

/** A mined log of the container `app` whose last lines are errors. */
export function log(lines: readonly string[], fields: Partial<LogExcerpt> = {}): LogExcerpt {
  const numbered = lines.map((text, index) => ({ number: index + 1, text }));
  return {
    namespace: 'shop',
    pod: 'checkout-6d4cf56db6-x2v8k',
    container: 'app',
    previous: false,
    lines: lines.length,
    bytes: 100,
    truncated: false,
    readAt: NOW,
    fatal: null,
    deepestCause: null,
    causes: [],
    templates: [],
    endpoints: [],
    tail: numbered,
    errors: [],
    ...fields,
  };
}
