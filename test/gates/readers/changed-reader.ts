import type { ClusterReader, Listing, ListOptions, LogOptions, LogText } from '../../../src/cluster/reader.ts';
import { selectItems } from '../../../src/cluster/snapshot/select-items.ts';
import { wrappedReader } from '../../../src/cluster/wrapped-reader.ts';
import type { KubeObject } from '../../../src/domain/kubernetes/object.ts';
import type { Kind } from '../../../src/domain/kubernetes/resource-type.ts';
import type { Lookup } from '../../../src/domain/lookup.ts';

export interface Change {
  /** Of all objects of a kind in a namespace, what is to be seen. */
  readonly items?: (items: readonly KubeObject[], kind: Kind, namespace: string | undefined) => readonly KubeObject[];
  readonly log?: (text: string, options: LogOptions) => string;
}

/** A recording of which something was changed, before anything selects from it. */
export function changedReader(reader: ClusterReader, { items: change = (items) => items, log = (text) => text }: Change): ClusterReader {
  return wrappedReader(reader, {
    async list<T extends KubeObject>(kind: Kind, options: ListOptions, signal: AbortSignal): Promise<Lookup<Listing<T>>> {
      const { namespace } = options;
      const lookup = await reader.list(kind, namespace === undefined ? {} : { namespace }, signal);
      if (lookup.status !== 'found') return lookup;
      const { items, truncated } = selectItems(change(lookup.value.items, kind, namespace), options);
      return { ...lookup, value: { ...lookup.value, items: items as readonly T[], truncated: truncated || lookup.value.truncated } };
    },
    async get<T extends KubeObject>(kind: Kind, namespace: string | undefined, name: string, signal: AbortSignal): Promise<Lookup<T>> {
      const lookup = await reader.get<T>(kind, namespace, name, signal);
      if (lookup.status !== 'found') return lookup;
      const value = change([lookup.value], kind, namespace).find(({ metadata }) => metadata.name === name);
      return value === undefined ? { status: 'not-found', readAt: lookup.readAt } : { ...lookup, value: value as T };
    },
    async logs(options: LogOptions, signal: AbortSignal): Promise<Lookup<LogText>> {
      const lookup = await reader.logs(options, signal);
      return lookup.status === 'found' ? { ...lookup, value: { ...lookup.value, text: log(lookup.value.text, options) } } : lookup;
    },
  });
}
