import type { KubeObject } from '../domain/kubernetes/object.ts';

/** When a person or tool last wrote the spec, where managedFields tell: writes of the status do not count. */
export function lastWritten({ metadata }: KubeObject): string | undefined {
  return metadata.managedFields
    ?.filter(({ subresource, time }) => subresource === undefined && time !== undefined)
    .map(({ time }) => time)
    .sort()
    .at(-1);
}
