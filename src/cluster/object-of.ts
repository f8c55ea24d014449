import { isRecord } from '../domain/is-record.ts';
import type { KubeObject } from '../domain/kubernetes/object.ts';
import { type Kind, resourceType } from '../domain/kubernetes/resource-type.ts';
import { secretWithoutValues } from './secret-without-values.ts';

/** What the API server sent, as a reader promises it; else why it is none. Items of a list lack kind and apiVersion. */
export function asObject(item: unknown, kind: Kind): KubeObject | string {
  if (!isRecord(item)) return 'it is no object';
  const { metadata, spec, status } = item;
  if (!isRecord(metadata) || typeof metadata['name'] !== 'string' || metadata['name'] === '') return 'it has no name';
  const misshapen = Object.entries({ spec, status }).find(([, part]) => part !== undefined && part !== null && !isRecord(part));
  if (misshapen !== undefined) return `its ${misshapen[0]} is no object`;
  const { group, version } = resourceType(kind);
  const object = { ...item, kind, apiVersion: group === '' ? version : `${group}/${version}` };
  return (kind === 'Secret' ? secretWithoutValues(object) : object) as unknown as KubeObject;
}
