import type { KubeObject } from '../domain/kubernetes/object.ts';
import type { Lookup } from '../domain/lookup.ts';
import type { Moment } from '../domain/moment.ts';
import type { ClusterReader, Listing, ListOptions } from './reader.ts';
import { wrappedReader } from './wrapped-reader.ts';

/** A cluster whose events of an earlier moment are known too: those that are gone since are told beside those that are there. */
export function readerWithMoment(reader: ClusterReader, moment: Moment): ClusterReader {
  return wrappedReader(reader, {
    list: async <T extends KubeObject>(...[kind, options, signal]: Parameters<ClusterReader['list']>): Promise<Lookup<Listing<T>>> => {
      const lookup = await reader.list<T>(kind, options, signal);
      return kind === 'Event' ? withEarlier(lookup, moment, options) : lookup;
    },
  });
}

function withEarlier<T extends KubeObject>(lookup: Lookup<Listing<T>>, { taken_at, events }: Moment, { namespace, project }: ListOptions): Lookup<Listing<T>> {
  const seen = new Set(lookup.status === 'found' ? lookup.value.items.map(identity) : []);
  const gone = events
    .filter((event) => (namespace === undefined || event.metadata.namespace === namespace) && !seen.has(identity(event)))
    .map((event) => (project === undefined ? event : project(event)) as T);
  if (lookup.status === 'found') return { ...lookup, value: { ...lookup.value, items: [...lookup.value.items, ...gone] } };
  // Nothing could be read now: what was seen then is a part of what there is.
  if (gone.length === 0 || lookup.status === 'not-found') return lookup;
  return { status: 'found', value: { items: gone, truncated: true, bytes: 0, problems: [] }, readAt: taken_at };
}

function identity({ metadata: { uid, namespace, name } }: KubeObject): string {
  return uid ?? `${namespace}/${name}`;
}
