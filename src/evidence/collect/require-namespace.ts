import type { ClusterReader } from '../../cluster/reader.ts';
import { nearNames } from '../../domain/near-names.ts';
import { coded } from '../../errors/coded-error.ts';

/** Throws where a namespace that was asked for by name does not exist, or where a dump holds nothing of it. What may not be read is believed. */
export async function requireNamespace(reader: ClusterReader, name: string, signal: AbortSignal): Promise<void> {
  const held = reader.namespaces;
  if (held !== undefined && !held.includes(name)) throw coded('NAMESPACE_NOT_COLLECTED', { name, held, near: nearNames(name, held) });
  const lookup = await reader.get('Namespace', undefined, name, signal);
  if (lookup.status !== 'not-found') return;
  throw coded('NAMESPACE_UNKNOWN', { name, near: nearNames(name, (await namespaceNames(reader, signal)) ?? []) });
}

/** Those that exist, and those that a dump holds; undefined: they may not be listed. */
export async function namespaceNames(reader: ClusterReader, signal: AbortSignal): Promise<ReadonlySet<string> | undefined> {
  const lookup = await reader.list('Namespace', { metadataOnly: true }, signal);
  const listed = lookup.status === 'found' ? lookup.value.items.map(({ metadata }) => metadata.name) : undefined;
  return listed === undefined && reader.namespaces === undefined ? undefined : new Set([...(listed ?? []), ...(reader.namespaces ?? [])]);
}
