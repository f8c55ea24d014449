import { resourceType } from '../../../domain/kubernetes/resource-type.ts';
import { ATTACHMENTS } from './attachments.ts';
import { type Layout, objectFile, type Place, sharedLog } from './place.ts';

/** Any folder of `kubectl get -o yaml|json` output: the content says what a file holds. */
export const LOOSE_FOLDER: Layout = {
  name: 'folder of kubectl output',
  place: (path): Place | undefined => {
    const parts = path.split('/');
    const name = parts.at(-1) ?? '';
    if (ATTACHMENTS.has(name)) return undefined;
    const log = sharedLog(parts);
    if (log !== undefined) return log;
    return objectFile(name) === undefined ? undefined : { type: 'objects', kind: undefined, namespace: undefined, folderIsWhole: false };
  },
  fileOf: (kind, namespace) => {
    const { plural, namespaced } = resourceType(kind);
    return `the output of "kubectl get ${plural}${namespaced ? ` -n ${namespace ?? 'NAMESPACE'}` : ''} -o yaml"`;
  },
  logFileOf: ({ namespace, pod, previous }) => `${namespace}/${pod}/logs${previous ? '-previous' : ''}.txt`,
};
