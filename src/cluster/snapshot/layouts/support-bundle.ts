import { resourceType } from '../../../domain/kubernetes/resource-type.ts';
import { kindNamed } from '../parse/kind-names.ts';
import { type Layout, objectFile, type Place } from './place.ts';

const ROOT = /(?:^|\/)cluster-resources\/(.+)$/;

export function isSupportBundle(paths: readonly string[]): boolean {
  return paths.some((path) => ROOT.test(path));
}

/** troubleshoot.sh: cluster-resources/<plural>/<namespace>.json, cluster-resources/nodes.json, cluster-resources/pods/logs/<namespace>/<pod>/<container>.log. */
export const SUPPORT_BUNDLE: Layout = {
  name: 'support bundle',
  place: (path) => {
    const inside = ROOT.exec(path)?.[1];
    return inside === undefined ? undefined : (logPlace(inside) ?? objectPlace(inside.split('/')));
  },
  fileOf: (kind, namespace) => {
    const { plural, namespaced } = resourceType(kind);
    return namespaced ? `cluster-resources/${plural}/${namespace ?? 'NAMESPACE'}.json` : `cluster-resources/${plural}.json`;
  },
  logFileOf: ({ namespace, pod, container, previous }) => `cluster-resources/pods/logs/${namespace}/${pod}/${container}${previous ? '-previous' : ''}.log`,
};

function logPlace(inside: string): Place | undefined {
  const match = /^pods\/logs\/([^/]+)\/([^/]+)\/(.+?)(-previous)?\.log$/.exec(inside);
  if (match === null) return undefined;
  const [, namespace = '', pod = '', container = '', previous] = match;
  return { type: 'log', namespace, pod, container, previous: previous !== undefined };
}

function objectPlace(parts: readonly string[]): Place | undefined {
  const [folder = '', name] = parts;
  if (parts.length === 1) return clusterPlace(folder);
  const kind = kindNamed(folder);
  const file = objectFile(name ?? '');
  if (parts.length !== 2 || kind === undefined || file === undefined) return undefined;
  return { type: 'objects', kind, namespace: file[0], folderIsWhole: false };
}

function clusterPlace(name: string): Place | undefined {
  const stem = objectFile(name)?.[0];
  if (stem === undefined) return undefined;
  const failed = /^(.+)-errors$/.exec(stem)?.[1];
  const kind = kindNamed(failed ?? stem);
  if (kind === undefined) return undefined;
  return failed === undefined ? { type: 'objects', kind, namespace: undefined, folderIsWhole: false } : { type: 'errors', kind };
}
