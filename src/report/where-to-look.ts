import type { Evidence } from '../domain/evidence.ts';
import { kubectlTarget, namespaceFlag, shellWord } from '../domain/kubectl.ts';

/**
 * A kubectl command that shows the same again; undefined where kubectl cannot. One that is longer than `width` shows the whole
 * object instead of the field.
 */
export function commandFor({ source, object, field_path: path, container }: Evidence, width: number): string | undefined {
  const target = kubectlTarget(object);
  if (target === undefined) return undefined;
  switch (source) {
    case 'object': {
      const exact = `kubectl get ${target} -o ${jsonPath(path) ?? 'yaml'}`;
      return exact.length <= width ? exact : `kubectl get ${target} -o yaml`;
    }
    case 'lookup':
      return `kubectl get ${target}`;
    case 'event':
      return `kubectl get events${namespaceFlag(object.namespace) || ' -A'} --field-selector ${shellWord(`involvedObject.name=${object.name}`)}`;
    case 'log':
      return object.kind === 'Pod' ? logs(object.name, object.namespace, container, path) : undefined;
    default:
      return undefined;
  }
}

function logs(pod: string, namespace: string | undefined, container: string | undefined, path: string | null): string {
  const of = container === undefined ? '' : ` -c ${shellWord(container)}`;
  return `kubectl logs ${shellWord(pod)}${namespaceFlag(namespace)}${of}${path?.includes('previous') ? ' --previous' : ''}`;
}

/** `status.conditions[type=Ready].message` as kubectl wants it; undefined for a path that it could not follow. */
function jsonPath(path: string | null): string | undefined {
  if (path === null || !/^[a-z][A-Za-z]*(?:\.[A-Za-z][A-Za-z0-9]*|\[\d+\]|\[[A-Za-z]+=[A-Za-z0-9._-]+\])*$/.test(path)) return undefined;
  return `jsonpath='{.${path.replace(/\[([A-Za-z]+)=([^\]]+)\]/g, '[?(@.$1=="$2")]')}}'`;
}
