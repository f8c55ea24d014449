import { ago } from '../facts/infrastructure-scene.ts';

type Fields = Readonly<Record<string, unknown>>;
interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid?: string };
}

interface WorkloadFields {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly image?: string;
  readonly ready?: boolean;
  readonly replicas?: number;
  /** 0: the pod is left out. */
  readonly pods?: number;
  readonly suffix?: string;
  readonly nodeName?: string | null;
  readonly phase?: string;
  readonly state?: Fields;
  readonly lastState?: Fields;
  readonly restarts?: number;
  readonly limits?: Fields;
  readonly request?: string;
  readonly created?: number;
  readonly deletion?: string;
  readonly conditions?: readonly Fields[];
  /** A Secret that is mounted. */
  readonly secret?: string;
  /** With a readiness probe on port 8080. */
  readonly probed?: boolean;
  /** A ConfigMap that the environment is taken from. */
  readonly config?: string;
}

/** A Deployment, its ReplicaSet and one pod: all is well unless told otherwise. */
export function parts(name: string, fields: WorkloadFields = {}): { deployment: Named; set: Named; pod: Named } {
  const { namespace = 'shop', labels = { app: name }, ready = true, replicas = 1, pods = 1, suffix = 'aaaaa' } = fields;
  const set = `${name}-6d4cf56db6`;
  const spec = podSpec(name, fields);
  const template = { metadata: { labels }, spec };
  const status = { replicas: pods, readyReplicas: ready ? pods : 0, updatedReplicas: pods, availableReplicas: ready ? pods : 0, observedGeneration: 1 };
  const available = { type: 'Available', status: ready && pods > 0 ? 'True' : 'False', lastTransitionTime: ago(900) };
  const owner = { kind: 'Deployment', name, controller: true };
  const deployment = {
    kind: 'Deployment',
    metadata: { namespace, name, uid: `d-${namespace}-${name}`, generation: 1, creationTimestamp: ago(86_400) },
    spec: { replicas, selector: { matchLabels: labels }, template },
    status: { ...status, conditions: fields.conditions ?? [available] },
  };
  const replicaSet = {
    kind: 'ReplicaSet',
    metadata: { namespace, name: set, uid: `rs-${namespace}-${name}`, creationTimestamp: ago(86_400), ownerReferences: [owner] },
    spec: { replicas, selector: { matchLabels: labels }, template },
    status: { replicas: pods, readyReplicas: ready ? pods : 0 },
  };
  return { deployment, set: replicaSet, pod: podOf(`${set}-${suffix}`, { set, labels, spec }, fields) };
}

/** All of it; without the pod where there is none. */
export function workload(name: string, fields: WorkloadFields = {}): Named[] {
  const { deployment, set, pod } = parts(name, fields);
  return fields.pods === 0 ? [deployment, set] : [deployment, set, pod];
}

const PROBED = { ports: [{ containerPort: 8080 }], readinessProbe: { httpGet: { port: 8080, path: '/' }, periodSeconds: 10, timeoutSeconds: 1 } };

function podSpec(
  name: string,
  { env = {}, image = `${name}:1`, nodeName = 'n1', limits = {}, request, secret, config, probed = false }: WorkloadFields,
): Fields {
  const resources = { limits, ...(request === undefined ? {} : { requests: { cpu: request } }) };
  const container = {
    name,
    image,
    env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
    resources,
    ...(config ? { envFrom: [{ configMapRef: { name: config } }] } : {}),
    ...(probed ? PROBED : {}),
  };
  const mounted = secret === undefined ? {} : { volumes: [{ name: 'tls', secret: { secretName: secret } }] };
  const mounts = secret === undefined ? {} : { volumeMounts: [{ name: 'tls', mountPath: '/tls' }] };
  return { ...(nodeName === null ? {} : { nodeName }), restartPolicy: 'Always', containers: [{ ...container, ...mounts }], ...mounted };
}

function podOf(name: string, { set, labels, spec }: { set: string; labels: Fields; spec: Fields }, fields: WorkloadFields): Named {
  const {
    namespace = 'shop',
    ready = true,
    phase = 'Running',
    state = { running: { startedAt: ago(3000) } },
    lastState,
    restarts = 0,
    created = 3600,
    deletion,
  } = fields;
  const [container] = spec['containers'] as [{ name: string }];
  const condition = { status: ready && phase === 'Running' ? 'True' : 'False', lastTransitionTime: ago(ready ? 2900 : 900) };
  const status = { name: container.name, ready, started: ready, restartCount: restarts, state, ...(lastState ? { lastState } : {}) };
  return {
    kind: 'Pod',
    metadata: {
      namespace,
      name,
      uid: `p-${namespace}-${name}`,
      labels,
      creationTimestamp: ago(created),
      ownerReferences: [{ kind: 'ReplicaSet', name: set, controller: true }],
      ...(deletion === undefined ? {} : { deletionTimestamp: deletion, deletionGracePeriodSeconds: 30 }),
    },
    spec,
    status: {
      phase,
      startTime: ago(created),
      conditions:
        phase === 'Pending'
          ? []
          : [
              { type: 'Ready', ...condition },
              { type: 'ContainersReady', ...condition },
            ],
      ...(phase === 'Pending' && fields.state === undefined ? {} : { containerStatuses: [status] }),
    },
  } as Named;
}

export const notReady = { ready: false } as const;

/** A container that waits for an image that its registry does not give. */
export function pulling(image: string, why = `failed to resolve reference "${image}": ${image}: not found`) {
  const message = `Back-off pulling image "${image}": ErrImagePull: failed to pull and unpack image "${image}": ${why}`;
  return { image, ready: false, phase: 'Pending', state: { waiting: { reason: 'ImagePullBackOff', message } } } as const;
}

/** A container in back-off whose last run ended so. */
export function crashed(message: string, end: Fields = { reason: 'Error', exitCode: 1 }, more: { readonly limits?: Fields } = {}) {
  return {
    ...more,
    ready: false,
    restarts: 5,
    state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 2m40s restarting failed container' } },
    lastState: { terminated: { ...end, message, startedAt: ago(60), finishedAt: ago(40) } },
  } as const;
}

export function service(name: string, port: number, selector: Fields = { app: name }, namespace = 'shop') {
  const metadata = { namespace, name, creationTimestamp: ago(86_400) };
  return { kind: 'Service', metadata, spec: { selector, ports: [{ port, targetPort: port }], clusterIP: `10.96.${name.length}.${port % 250}` } };
}

export function endpoints(name: string, ready: number, notYet = 0, namespace = 'shop') {
  const of = (count: number, isReady: boolean) => Array.from({ length: count }, () => ({ conditions: { ready: isReady } }));
  const metadata = { namespace, name: `${name}-x`, labels: { 'kubernetes.io/service-name': name } };
  return { kind: 'EndpointSlice', metadata, endpoints: [...of(ready, true), ...of(notYet, false)] };
}

export function ingress(name: string, namespace = 'shop') {
  const backend = { service: { name, port: { number: 80 } } };
  const rules = [{ host: `${name}.example`, http: { paths: [{ path: '/', backend }] } }];
  return {
    kind: 'Ingress',
    metadata: { namespace, name, creationTimestamp: ago(86_400), annotations: { 'kubernetes.io/ingress.class': 'any' } },
    spec: { rules },
  };
}

export function node(name: string, ready: Fields = { type: 'Ready', status: 'True', reason: 'KubeletReady', lastTransitionTime: ago(86_400) }) {
  const allocatable = { cpu: '4', memory: '8Gi', pods: '110' };
  const labels = { 'kubernetes.io/hostname': name };
  return {
    kind: 'Node',
    metadata: { name, labels, creationTimestamp: ago(90_000) },
    spec: {},
    status: { allocatable, capacity: allocatable, conditions: [ready] },
  };
}

/** A claim that waits, and a pod that needs it. */
export function claim(name: string, storageClassName: string) {
  const metadata = { namespace: 'shop', name: `data-${name}`, uid: `c-${name}`, creationTimestamp: ago(1200) };
  const message = '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.';
  const unbound = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, lastTransitionTime: ago(1200) };
  const pod = {
    kind: 'Pod',
    metadata: { namespace: 'shop', name, uid: `p-${name}`, creationTimestamp: ago(1200) },
    spec: { containers: [{ name: 'app' }], volumes: [{ name: 'data', persistentVolumeClaim: { claimName: `data-${name}` } }] },
    status: { phase: 'Pending', conditions: [unbound] },
  };
  return [{ kind: 'PersistentVolumeClaim', metadata, spec: { storageClassName, accessModes: ['ReadWriteOnce'] }, status: { phase: 'Pending' } }, pod];
}

export function event(object: object, reason: string, message: string, type = 'Warning', age = 60) {
  const { kind, metadata } = object as Named;
  const { name, namespace = 'default', uid } = metadata;
  return {
    kind: 'Event',
    metadata: { namespace, name: `${name}.${reason}.${age}` },
    type,
    reason,
    message,
    count: 5,
    firstTimestamp: ago(age + 600),
    lastTimestamp: ago(age),
    involvedObject: { kind, namespace, name, ...(uid === undefined ? {} : { uid }) },
  };
}
