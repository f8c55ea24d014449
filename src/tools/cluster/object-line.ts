import type { KubeObject } from '../../domain/kubernetes/object.ts';

type Fields = Readonly<Record<string, unknown>>;

/** An object in one line, as `kubectl get` shows it: its name and what tells whether it is well. */
export function objectLine(object: KubeObject): string {
  const { spec, status } = object as { spec?: Fields; status?: Fields };
  const parts = PARTS[object.kind]?.(spec ?? {}, status ?? {}) ?? conditionParts(status ?? {});
  const { namespace, name } = object.metadata;
  return [namespace === undefined ? name : `${namespace}/${name}`, ...parts.filter((part) => part !== '')].join('  ');
}

const PARTS: Readonly<Record<string, (spec: Fields, status: Fields) => string[]>> = {
  Pod: (spec, status) => {
    const containers = list(status['containerStatuses']);
    const ready = containers.filter((each) => each['ready'] === true).length;
    const restarts = containers.reduce((sum, each) => sum + Number(each['restartCount'] ?? 0), 0);
    const waits = containers.map((each) => text(fields(fields(each['state'])['waiting'])['reason'])).filter((reason) => reason !== '');
    return [
      text(status['phase']),
      `ready ${ready}/${list(spec['containers']).length}`,
      `restarts ${restarts}`,
      ...waits,
      text(status['reason']),
      spec['nodeName'] === undefined ? 'no node' : `on ${text(spec['nodeName'])}`,
    ];
  },
  Deployment: replicas,
  StatefulSet: replicas,
  ReplicaSet: replicas,
  DaemonSet: (_, status) => [`ready ${status['numberReady'] ?? 0}/${status['desiredNumberScheduled'] ?? 0}`],
  Service: (spec) => [
    text(spec['type'] ?? 'ClusterIP'),
    list(spec['ports'])
      .map(({ port, targetPort }) => `${port}->${targetPort ?? port}`)
      .join(','),
    `selector ${JSON.stringify(spec['selector'] ?? {})}`,
  ],
  Node: (spec, status) => [
    ...conditionParts(status),
    spec['unschedulable'] === true ? 'cordoned' : '',
    list(spec['taints'])
      .map(({ key, effect }) => `taint ${key}:${effect}`)
      .join(' '),
  ],
  PersistentVolumeClaim: (spec, status) => [text(status['phase']), `class ${spec['storageClassName'] ?? '(none)'}`],
};

function replicas(spec: Fields, status: Fields): string[] {
  return [`ready ${status['readyReplicas'] ?? 0}/${spec['replicas'] ?? 1}`, ...conditionParts(status)];
}

function conditionParts(status: Fields): string[] {
  return list(status['conditions']).map(
    ({ type, status: value, reason }) => `${type}=${value}${value === 'True' || reason === undefined ? '' : ` (${reason})`}`,
  );
}

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}
