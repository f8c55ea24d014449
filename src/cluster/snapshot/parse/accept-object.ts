import { isRecord } from '../../../domain/is-record.ts';
import type { KubeObject } from '../../../domain/kubernetes/object.ts';
import type { Kind } from '../../../domain/kubernetes/resource-type.ts';
import { coreEvent } from './core-event.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Makes a KubeObject of parsed JSON: undefined when it has no name. Changes and returns `raw`, except for a Secret. */
export function acceptObject(kind: Kind, raw: Record<string, unknown>, namespace: string | undefined): KubeObject | undefined {
  const { metadata } = raw;
  if (!isRecord(metadata) || typeof metadata['name'] !== 'string' || metadata['name'] === '') return undefined;
  for (const part of ['spec', 'status']) if (raw[part] !== undefined && !isRecord(raw[part])) delete raw[part];
  for (const part of ['labels', 'annotations']) if (metadata[part] !== undefined && !isRecord(metadata[part])) delete metadata[part];
  if (!Array.isArray(metadata['ownerReferences'])) delete metadata['ownerReferences'];
  if (namespace !== undefined) metadata['namespace'] ??= namespace;
  raw['kind'] = kind;
  if (kind === 'Secret') return withoutValues(raw, metadata) as unknown as KubeObject;
  return (kind === 'Event' ? coreEvent(raw) : raw) as unknown as KubeObject;
}

/** A Secret keeps its metadata, its type and the names of its keys; the values end here. */
function withoutValues(raw: Record<string, unknown>, metadata: Record<string, unknown>): Record<string, unknown> {
  const { annotations } = metadata;
  if (isRecord(annotations)) delete annotations[LAST_APPLIED];
  const keys = [raw['data'], raw['stringData']].flatMap((data) => (isRecord(data) ? Object.keys(data) : []));
  const data = Object.fromEntries(keys.map((key) => [key, '']));
  return { apiVersion: raw['apiVersion'], kind: 'Secret', metadata, type: raw['type'], data };
}
