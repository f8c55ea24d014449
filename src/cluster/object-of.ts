import { isRecord } from '../domain/is-record.ts';
import type { KubeObject } from '../domain/kubernetes/object.ts';
import { type Kind, resourceType } from '../domain/kubernetes/resource-type.ts';

/** kubectl apply leaves a copy of the whole object here, of a Secret with its values. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** What the API server sent, as a reader promises it; else why it is none. Items of a list lack kind and apiVersion. */
export function asObject(item: unknown, kind: Kind): KubeObject | string {
  if (!isRecord(item)) return 'it is no object';
  const { metadata, spec, status } = item;
  if (!isRecord(metadata) || typeof metadata['name'] !== 'string' || metadata['name'] === '') return 'it has no name';
  const misshapen = Object.entries({ spec, status }).find(([, part]) => part !== undefined && part !== null && !isRecord(part));
  if (misshapen !== undefined) return `its ${misshapen[0]} is no object`;
  const { group, version } = resourceType(kind);
  const object = { ...item, kind, apiVersion: group === '' ? version : `${group}/${version}` };
  return (kind === 'Secret' ? { ...object, metadata: withoutValues(metadata), data: undefined, stringData: undefined } : object) as unknown as KubeObject;
}

function withoutValues(metadata: Readonly<Record<string, unknown>>): object {
  const { annotations } = metadata;
  if (!isRecord(annotations) || annotations[LAST_APPLIED] === undefined) return metadata;
  const { [LAST_APPLIED]: _, ...others } = annotations;
  return { ...metadata, annotations: others };
}
