import type { KubeEvent } from '../../../src/domain/kubernetes/event.ts';
import type { KubeObject } from '../../../src/domain/kubernetes/object.ts';
import type { Pod } from '../../../src/domain/kubernetes/pod.ts';
import type { Workload } from '../../../src/domain/kubernetes/workload.ts';
import { type Random, seededRandom } from '../seeded-random.ts';

export interface Noise {
  /** Of any kind; those of other namespaces hold whole workloads that fail. */
  readonly objects: readonly KubeObject[];
  readonly logLines: readonly string[];
}

export interface NoiseOptions {
  readonly seed: string;
  readonly namespace: string;
  readonly asOf: string;
  readonly nodes: readonly string[];
}

/** 500 observations in all. */
const COUNTS = { ordinary: 120, old: 80, elsewhere: 120, nodes: 20, failing: 60, logLines: 100 };
const OTHERS = ['noise-reports', 'noise-search', 'noise-media'];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const ORDINARY: readonly (readonly [string, string])[] = [
  ['Pulled', 'Container image "registry.local/worker:2.4" already present on machine'],
  ['Created', 'Created container: worker'],
  ['Started', 'Started container worker'],
  ['SuccessfulCreate', 'Created pod: nightly-export'],
  ['Completed', 'Job completed'],
  ['Killing', 'Stopping container worker'],
];
const TROUBLE: readonly (readonly [string, string])[] = [
  ['BackOff', 'Back-off restarting failed container worker in pod'],
  ['Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503'],
  ['FailedScheduling', '0/3 nodes are available: 3 Insufficient cpu.'],
  ['FailedMount', 'MountVolume.SetUp failed for volume "cache" : configmap "cache-settings" not found'],
  ['Failed', 'Failed to pull image "registry.local/worker:9": not found'],
  ['Evicted', 'The node was low on resource: ephemeral-storage.'],
];
const LOG_LINES = [
  'INFO  GET /healthz 200 1ms',
  'INFO  request completed status=200 duration=12ms',
  'DEBUG cache hit ratio 0.97',
  'INFO  0 errors since start',
  'WARN  configuration key "legacy.mode" is deprecated and has no effect',
  'INFO  scheduled task refresh finished in 35 ms',
];

/** What goes on in a cluster beside an incident: ordinary events, old warnings about what is gone, and troubles elsewhere. */
export function noiseFor({ seed, namespace, asOf, nodes }: NoiseOptions): Noise {
  const random = seededRandom(seed);
  const now = Date.parse(asOf);
  const ago = (least: number, most: number): string => new Date(now - least - random.below(most - least)).toISOString().replace(/\.\d+Z$/, 'Z');
  const event = (about: EventAbout, at: string): KubeEvent => eventOf(about, at, random);
  const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
  const gone = (): string => `nightly-export-${random.below(90_000) + 10_000}-${random.below(900) + 100}`;
  return {
    objects: [
      ...OTHERS.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, uid: `ns-${name}` }, status: { phase: 'Active' } })),
      ...times(COUNTS.ordinary, () => event({ namespace, name: gone(), type: 'Normal', text: random.pick(ORDINARY) }, ago(MINUTE, HOUR))),
      ...times(COUNTS.old, () => event({ namespace, name: gone(), type: 'Warning', text: random.pick(TROUBLE) }, ago(3 * HOUR, 20 * HOUR))),
      ...times(COUNTS.elsewhere, () => event({ namespace: random.pick(OTHERS), name: gone(), type: 'Warning', text: random.pick(TROUBLE) }, ago(MINUTE, HOUR))),
      ...times(COUNTS.nodes, () =>
        event(
          { kind: 'Node', namespace: 'default', name: random.pick(nodes), type: 'Normal', text: ['Starting', 'Starting kubelet.'] },
          ago(40 * HOUR, 90 * HOUR),
        ),
      ),
      ...times(COUNTS.failing, (index) => failingWorkload(`worker-${index}`, random.pick(OTHERS), ago(MINUTE, HOUR), random)).flat(),
    ],
    logLines: times(COUNTS.logLines, () => random.pick(LOG_LINES)),
  };
}

interface EventAbout {
  readonly kind?: string;
  readonly namespace: string;
  readonly name: string;
  readonly type: 'Normal' | 'Warning';
  readonly text: readonly [string, string];
}

function eventOf({ kind = 'Pod', namespace, name, type, text: [reason, message] }: EventAbout, at: string, random: Random): KubeEvent {
  const place = kind === 'Node' ? {} : { namespace };
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${random.below(2 ** 31).toString(16)}${random.below(2 ** 31).toString(16)}`, namespace, creationTimestamp: at },
    type,
    reason,
    message,
    count: 1 + random.below(5),
    firstTimestamp: at,
    lastTimestamp: at,
    involvedObject: { kind, name, ...place },
    source: { component: 'kubelet' },
  };
}

const WAITING: readonly (readonly [string, string])[] = [
  ['ImagePullBackOff', 'Back-off pulling image "registry.local/worker:9"'],
  ['CrashLoopBackOff', 'back-off 5m0s restarting failed container=worker'],
  ['CreateContainerConfigError', 'configmap "cache-settings" not found'],
];

function failingWorkload(name: string, namespace: string, at: string, random: Random): KubeObject[] {
  const [reason, message] = random.pick(WAITING);
  const labels = { app: name };
  const image = 'registry.local/worker:9';
  const template = { metadata: { labels }, spec: { containers: [{ name: 'worker', image }] } };
  const metadata = { name, namespace, uid: `${namespace}-${name}`, labels, creationTimestamp: at };
  const ownedBy = (kind: string, owner: string) => ({ ownerReferences: [{ kind, name: owner, uid: `${namespace}-${owner}`, controller: true }] });
  const spec = { replicas: 1, selector: { matchLabels: labels }, template };
  const deployment: Workload = { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec, status: { replicas: 1, unavailableReplicas: 1 } };
  const set = `${name}-6f7c`;
  const owned = { ...metadata, name: set, uid: `${namespace}-${set}`, ...ownedBy('Deployment', name) };
  const replicaSet: Workload = { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: owned, spec, status: { replicas: 1 } };
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, name: `${set}-x1`, uid: `${namespace}-${set}-x1`, ...ownedBy('ReplicaSet', set) },
    spec: template.spec,
    status: {
      phase: 'Pending',
      conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady', lastTransitionTime: at }],
      containerStatuses: [{ name: 'worker', image, ready: false, restartCount: 4, state: { waiting: { reason, message } } }],
    },
  };
  return [deployment, replicaSet, pod];
}
