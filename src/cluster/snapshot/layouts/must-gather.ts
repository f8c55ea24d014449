import { type Kind, resourceType } from '../../../domain/kubernetes/resource-type.ts';
import { kindNamed } from '../parse/kind-names.ts';
import { type Layout, objectFile, type Place } from './place.ts';

const NAMESPACED = /(?:^|\/)namespaces\/([^/]+)\/(.+)$/;
const CLUSTER = /(?:^|\/)cluster-scoped-resources\/([^/]+)\/(.+)$/;
/** Kinds that are always collected entirely, although each object has a file of its own. */
const COLLECTED_ENTIRELY: ReadonlySet<Kind> = new Set(['Node', 'PersistentVolume', 'StorageClass']);

export function isMustGather(paths: readonly string[]): boolean {
  return paths.some((path) => CLUSTER.test(path) || /(?:^|\/)namespaces\/[^/]+\/(?:core|apps)\/[^/]+\.ya?ml$/.test(path));
}

/** `oc adm must-gather` and `oc adm inspect`: namespaces/<ns>/<group>/<plural>.yaml, cluster-scoped-resources/<group>/<plural>/<name>.yaml. */
export const MUST_GATHER: Layout = {
  name: 'must-gather',
  place: (path) => {
    const cluster = CLUSTER.exec(path);
    if (cluster !== null) return clusterPlace(cluster[1] ?? '', (cluster[2] ?? '').split('/'));
    const namespaced = NAMESPACED.exec(path);
    return namespaced === null ? undefined : namespacePlace(namespaced[1] ?? '', (namespaced[2] ?? '').split('/'));
  },
  fileOf: (kind, namespace) => {
    const { plural, namespaced, group } = resourceType(kind);
    const folder = group === '' ? 'core' : group;
    return namespaced ? `namespaces/${namespace ?? 'NAMESPACE'}/${folder}/${plural}.yaml` : `cluster-scoped-resources/${folder}/${plural}`;
  },
  logFileOf: ({ namespace, pod, container, previous }) =>
    `namespaces/${namespace}/pods/${pod}/${container}/${container}/logs/${previous ? 'previous' : 'current'}.log`,
};

function clusterPlace(group: string, parts: readonly string[]): Place | undefined {
  const [first = '', second = ''] = parts;
  if (parts.length === 1) return listPlace(group, first, undefined);
  const kind = kindIn(group, first);
  if (parts.length !== 2 || kind === undefined || objectFile(second) === undefined) return undefined;
  return { type: 'objects', kind, namespace: undefined, folderIsWhole: COLLECTED_ENTIRELY.has(kind) };
}

function namespacePlace(namespace: string, parts: readonly string[]): Place | undefined {
  const [first = '', second = '', third = ''] = parts;
  if (first === 'pods') return podPlace(namespace, parts);
  if (parts.length === 1) return first === `${namespace}.yaml` ? { type: 'objects', kind: 'Namespace', namespace: undefined, folderIsWhole: false } : undefined;
  if (parts.length === 2) return listPlace(first, second, namespace);
  const kind = kindIn(first, second);
  if (parts.length !== 3 || kind === undefined || objectFile(third) === undefined) return undefined;
  return { type: 'objects', kind, namespace, folderIsWhole: false };
}

/** pods/<pod>/<container>/<container>/logs/current.log; pods/<pod>/<pod>.yaml repeats what core/pods.yaml holds. */
function podPlace(namespace: string, parts: readonly string[]): Place | undefined {
  const [, pod = '', container = ''] = parts;
  const log = /^(current|previous)\.log$/.exec(parts.at(-1) ?? '');
  if (log !== null && parts.length >= 5) return { type: 'log', namespace, pod, container, previous: log[1] === 'previous' };
  return parts.length === 3 && container === `${pod}.yaml` ? { type: 'objects', kind: 'Pod', namespace, folderIsWhole: false } : undefined;
}

function listPlace(group: string, name: string, namespace: string | undefined): Place | undefined {
  const file = objectFile(name);
  const kind = file === undefined ? undefined : kindIn(group, file[0]);
  return kind === undefined ? undefined : { type: 'objects', kind, namespace, folderIsWhole: false };
}

function kindIn(group: string, plural: string): Kind | undefined {
  const kind = kindNamed(plural);
  return kind !== undefined && resourceType(kind).group === (group === 'core' ? '' : group) ? kind : undefined;
}
