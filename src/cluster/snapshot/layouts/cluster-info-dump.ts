import { type Kind, resourceType } from '../../../domain/kubernetes/resource-type.ts';
import { kindNamed } from '../parse/kind-names.ts';
import { ATTACHMENTS } from './attachments.ts';
import { type Layout, objectFile, type Place, sharedLog } from './place.ts';

/**
 * `kubectl cluster-info dump --output-directory`, extended by more kinds and by logs-previous.txt: nodes.json, shop/pods.json,
 * shop/checkout-1/logs.txt. `root` ends in a slash, or is empty.
 */
export function clusterInfoDump(root: string): Layout {
  return {
    name: 'kubectl cluster-info dump',
    place: (path) => (path.startsWith(root) ? placeOf(path.slice(root.length).split('/')) : undefined),
    fileOf: (kind, namespace) => dumpFile(kind, namespace),
    logFileOf: ({ namespace, pod, previous }) => `${namespace}/${pod}/logs${previous ? '-previous' : ''}.txt`,
  };
}

/** The file of a kind in this layout: `shop/pods.json`, `nodes.json`. */
export function dumpFile(kind: Kind, namespace: string | undefined): string {
  const { plural, namespaced } = resourceType(kind);
  if (!namespaced) return `${plural}.json`;
  return `${namespace ?? 'NAMESPACE'}/${plural}.json`;
}

function placeOf(parts: readonly string[]): Place | undefined {
  const name = parts.at(-1) ?? '';
  if (parts.length === 1 && ATTACHMENTS.has(name)) return undefined;
  const log = sharedLog(parts);
  if (log !== undefined) return log;
  const file = objectFile(name);
  if (file === undefined) return undefined;
  const kind = parts.length <= 2 ? kindNamed(file[0]) : undefined;
  const namespace = parts.length === 2 && (kind === undefined || resourceType(kind).namespaced) ? parts[0] : undefined;
  return { type: 'objects', kind, namespace, folderIsWhole: false };
}
