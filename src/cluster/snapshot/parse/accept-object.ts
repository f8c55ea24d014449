import { isRecord } from '../../../domain/is-record.ts';
import type { KubeObject } from '../../../domain/kubernetes/object.ts';
import type { Kind } from '../../../domain/kubernetes/resource-type.ts';
import { secretWithoutValues } from '../../secret-without-values.ts';
import { coreEvent } from './core-event.ts';

/** Makes a KubeObject of parsed JSON: undefined when it has no name. Changes and returns `raw`, except for a Secret. */
export function acceptObject(kind: Kind, raw: Record<string, unknown>, namespace: string | undefined): KubeObject | undefined {
  const { metadata } = raw;
  if (!isRecord(metadata) || typeof metadata['name'] !== 'string' || metadata['name'] === '') return undefined;
  for (const part of ['spec', 'status']) if (raw[part] !== undefined && !isRecord(raw[part])) delete raw[part];
  for (const part of ['labels', 'annotations']) if (metadata[part] !== undefined && !isRecord(metadata[part])) delete metadata[part];
  if (!Array.isArray(metadata['ownerReferences'])) delete metadata['ownerReferences'];
  if (namespace !== undefined) metadata['namespace'] ??= namespace;
  raw['kind'] = kind;
  if (kind === 'Secret') return secretWithoutValues(raw);
  return (kind === 'Event' ? coreEvent(raw) : raw) as unknown as KubeObject;
}
